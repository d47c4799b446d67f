import { setImmediate } from "node:timers/promises";
import type {
  KeyedResponse,
  SaveResult,
  StoredResponse,
  WriteResult,
} from "../../../../lib/lambda/http/idempotency/response-store";
import type { KeyedRequest } from "../../../../lib/lambda/http/idempotency/request";
import type { OrderStatus, StoredOrder } from "../../../../lib/lambda/storefront/domain/order";
import type { Product } from "../../../../lib/lambda/storefront/domain/product";
import type {
  OrderChange,
  OrderList,
  OrderPosition,
  OrderSlice,
  OrderSlicePage,
  OrderStore,
  Placement,
} from "../../../../lib/lambda/storefront/store/order-store";

/** An order store in memory. Every call is atomic, and others may come between two. */
export class MemoryOrderStore implements OrderStore {
  readonly stock = new Map<string, Product>();
  readonly orders = new Map<string, StoredOrder>();
  readonly responses = new Map<string, StoredResponse>();
  /** Every version of every order that was ever stored. */
  readonly history: StoredOrder[] = [];
  /** Ids of items that are no orders. */
  readonly malformed = new Set<string>();
  /** How many entries a page of {@link placedUntil} and {@link slice} has. */
  pageSize = 2;
  /** Runs before each call; may throw instead of it. */
  before: (call: keyof OrderStore) => void | Promise<void> = async () => {
    await setImmediate();
  };
  /** Runs behind each write; may fail, as where its response is lost. */
  after: () => void = () => undefined;

  async findResponse({ keyHash }: KeyedRequest): Promise<StoredResponse | undefined> {
    await this.before("findResponse");
    return this.responses.get(keyHash);
  }

  async refuse(refusal: KeyedResponse): Promise<SaveResult> {
    await this.before("refuse");
    const response = this.responses.get(refusal.request.keyHash);
    if (response !== undefined) return { result: "duplicate", response };
    this.keep(refusal);
    this.after();
    return { result: "written" };
  }

  async products(productIds: readonly string[]): Promise<readonly Product[]> {
    await this.before("products");
    return productIds.flatMap((id) => this.stock.get(id) ?? []);
  }

  async place({ order, products, ...answered }: Placement): Promise<WriteResult> {
    await this.before("place");
    const response = this.responses.get(answered.request.keyHash);
    if (response !== undefined) return { result: "duplicate", response };
    const taken = order.items.map(({ productId, quantity }) => {
      const product = this.stock.get(productId);
      const seen = products.find((one) => one.productId === productId);
      const isAsSeen = product?.version === seen?.version;
      return product !== undefined && isAsSeen && product.stock >= quantity
        ? { ...product, stock: product.stock - quantity }
        : undefined;
    });
    if (taken.includes(undefined)) return { result: "changed" };
    for (const product of taken)
      if (product !== undefined) this.stock.set(product.productId, product);
    this.set(order);
    this.keep(answered);
    this.after();
    return { result: "written" };
  }

  async find(orderId: string): Promise<StoredOrder | undefined> {
    await this.before("find");
    return this.orders.get(orderId);
  }

  async change({ order, returned = [], answered }: OrderChange): Promise<WriteResult> {
    await this.before("change");
    const response = answered && this.responses.get(answered.request.keyHash);
    if (response !== undefined) return { result: "duplicate", response };
    if (this.orders.get(order.orderId)?.version !== order.version - 1) return { result: "changed" };
    for (const { productId, quantity } of returned) {
      const product = this.stock.get(productId);
      if (product !== undefined)
        this.stock.set(productId, { ...product, stock: product.stock + quantity });
    }
    this.set(order);
    if (answered !== undefined) this.keep(answered);
    this.after();
    return { result: "written" };
  }

  async listOf(
    userId: string,
    limit: number,
    after: OrderPosition | undefined,
  ): Promise<OrderList<StoredOrder>> {
    await this.before("listOf");
    const all = [...this.orders.values()]
      .filter((order) => order.userId === userId)
      .sort((a, b) => b.createdAt - a.createdAt);
    return page(all, limit, after);
  }

  async placedUntil(
    time: number,
    status: OrderStatus,
    after: OrderPosition | undefined,
    since = 0,
  ): Promise<OrderList<OrderPosition>> {
    await this.before("placedUntil");
    const all = [...this.orders.values()]
      .filter((order) => order.status === status)
      .filter(({ createdAt }) => createdAt >= since && createdAt <= time)
      .sort(byAge)
      // the one that a page ended with may have another status by now
      .filter((order) => after === undefined || byAge(order, after) > 0);
    return page(all, this.pageSize, undefined);
  }

  /** Orders by the end of their id, whose digits must be random or counted. */
  async slice({ index, of }: OrderSlice, after = ""): Promise<OrderSlicePage> {
    await this.before("slice");
    const all = [...this.orders.keys(), ...this.malformed]
      .filter((id) => Number.parseInt(id.slice(-8), 16) % of === index)
      .sort()
      .filter((id) => id > after);
    const ids = all.slice(0, this.pageSize);
    return {
      orders: ids.map((orderId) => ({ orderId, order: this.orders.get(orderId) })),
      next: all.length > ids.length ? ids.at(-1) : undefined,
    };
  }

  private set(order: StoredOrder): void {
    this.orders.set(order.orderId, order);
    this.history.push(order);
  }

  private keep({ request: { keyHash, requestHash }, response }: KeyedResponse): void {
    this.responses.set(keyHash, { requestHash, ...response });
  }
}

/** Oldest first. */
function byAge(a: OrderPosition, b: OrderPosition): number {
  return a.createdAt - b.createdAt || a.orderId.localeCompare(b.orderId);
}

function page<Item extends OrderPosition>(
  all: readonly Item[],
  limit: number,
  after: OrderPosition | undefined,
): OrderList<Item> {
  const start = all.findIndex(({ orderId }) => orderId === after?.orderId) + 1;
  const orders = all.slice(start, start + limit);
  return { orders, next: start + limit < all.length ? orders.at(-1) : undefined };
}
