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

/** One of several parts of all orders, which are about as large as each other; together they are all. */
export interface OrderSlice {
  /** 0 to less than {@link of}. */
  readonly index: number;
  /** How many slices there are: 1 to 1,000,000, the most that DynamoDB scans a table in. */
  readonly of: number;
}

/** An order as a slice has it. */
export interface FoundOrder {
  readonly orderId: string;
  /** Undefined for an item that is no order, though it has the id of one. */
  readonly order: StoredOrder | undefined;
}

/** A page of a slice. */
export interface OrderSlicePage {
  readonly orders: readonly FoundOrder[];
  /** The id of the order behind which the next page starts; undefined on the last. */
  readonly next: string | undefined;
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
  /**
   * The orders of a status that were placed until a time (epoch milliseconds), oldest first, a page at a time.
   *
   * @param since - The time (epoch milliseconds) from which on; by default from the beginning.
   */
  placedUntil(
    time: number,
    status: OrderStatus,
    after: OrderPosition | undefined,
    since?: number,
  ): Promise<OrderList<OrderPosition>>;
  /** A slice of all orders, in no order, a page at a time; each as of a moment ago. */
  slice(slice: OrderSlice, after: string | undefined): Promise<OrderSlicePage>;
}
