import type {
  KeyedResponse,
  SaveResult,
  StoredResponse,
  WriteResult,
} from "../../http/idempotency/response-store";
import type { KeyedRequest } from "../../http/idempotency/request";
import type { OrderItem, OrderStatus, StoredOrder } from "../domain/order";
import type { Product } from "../domain/product";

/** A new order. */
export interface Placement extends KeyedResponse {
  readonly order: StoredOrder;
  /** Its products as they were read; placing it fails where one has been changed since, or has too little in stock. */
  readonly products: readonly Product[];
}

/** A change of an order. */
export interface OrderChange {
  /** As it becomes; what is stored must be of the version before. */
  readonly order: StoredOrder;
  /** What is added to the stock again; a product that is gone has none. By default nothing. */
  readonly returned?: readonly OrderItem[];
  /** The response to the request that changes it, stored with the change; by default there is none. */
  readonly answered?: KeyedResponse;
}

/** A place in a list of orders. */
export interface OrderPosition {
  readonly orderId: string;
  readonly createdAt: number;
}

/** A page of a list. */
export interface OrderList<Item> {
  readonly orders: readonly Item[];
  /** Behind which the next page starts; undefined on the last. */
  readonly next: OrderPosition | undefined;
}

/** Orders, and the stock that they take. */
export interface OrderStore {
  /** The response that is stored under a key, unless it has expired. */
  findResponse(request: KeyedRequest): Promise<StoredResponse | undefined>;
  /** Stores a refusal, unless there is a response under its key. */
  refuse(refusal: KeyedResponse): Promise<SaveResult>;
  /** Products as they are now, for sale or not; of ids that no product has, none. At most 20. */
  products(productIds: readonly string[]): Promise<readonly Product[]>;
  /** Stores an order and its response and takes its products from the stock: all of it or nothing. */
  place(placement: Placement): Promise<WriteResult>;
  /** The order as it is now. */
  find(orderId: string): Promise<StoredOrder | undefined>;
  /** Stores a change with the stock that it returns and its response: all of it or nothing. */
  change(change: OrderChange): Promise<WriteResult>;
  /** A user's orders, newest first. */
  listOf(
    userId: string,
    limit: number,
    after: OrderPosition | undefined,
  ): Promise<OrderList<StoredOrder>>;
  /** The orders of a status that were placed until a time (epoch milliseconds), oldest first, a page at a time. */
  placedUntil(
    time: number,
    status: OrderStatus,
    after: OrderPosition | undefined,
  ): Promise<OrderList<OrderPosition>>;
}
