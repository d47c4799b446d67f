import type { Authorization } from "../../../../../lib/lambda/http/caller";
import { orderEndpoints } from "../../../../../lib/lambda/storefront/orders/endpoints";
import type { Product } from "../../../../../lib/lambda/storefront/domain/product";
import type { ApiResult, Options } from "../../harness";
import { StorefrontHarness, problemOf } from "../harness";
import { MemoryOrderStore } from "../memory-order-store";

/** When the first order is placed; each further one a millisecond later. */
export const start = 1_700_000_000_000;

/** The id of a product or, of another kind, an order. */
export const idOf = (n: number, kind = "item") => `${kind}_${n.toString(16).padStart(32, "0")}`;

/** A product for sale. */
export const product = (n: number, change: Partial<Product> = {}): Product => ({
  productId: idOf(n),
  name: `Coffee ${String(n)}`,
  category: "coffee",
  price: 1250,
  currency: "EUR",
  stock: 10,
  published: true,
  version: 1,
  createdAt: start,
  updatedAt: start,
  ...change,
});

const noPayments = () => Promise.reject(new Error("nothing is paid here"));

/** The endpoints of orders over a store in memory, without payments. */
export class OrdersHarness extends StorefrontHarness {
  constructor(
    readonly store = new MemoryOrderStore(),
    authorization: Authorization = "COGNITO_USER_POOLS",
  ) {
    let time = start;
    let ids = 0;
    const endpoints = orderEndpoints({
      store,
      payments: { create: noPayments, cancel: noPayments, find: noPayments, read: noPayments },
      authorization,
      now: () => time++,
      newId: () => idOf(++ids, "ord"),
      expiryMinutes: 30,
    });
    super(endpoints, authorization);
  }

  /** Offers products. */
  offer(...products: readonly Product[]): void {
    for (const one of products) this.store.stock.set(one.productId, one);
  }

  /** Changes a product as an administrator does. */
  edit(n: number, change: Partial<Product>): void {
    const before = this.store.stock.get(idOf(n)) ?? product(n);
    this.offer({ ...before, ...change, version: before.version + 1 });
  }

  /** Places an order. */
  place(items: unknown, options: Options = {}): Promise<ApiResult> {
    return this.post("/orders", { body: { items }, ...options });
  }

  /** Places an order; sends the same again where others are at work or something went wrong. */
  async persist(items: unknown, options: Options & { readonly key: string }): Promise<ApiResult> {
    for (;;) {
      const response = await this.place(items, options);
      if (response.status === 201) return response;
      const { kind, status } = problemOf(response);
      if (kind !== "request-in-progress" && status < 500) return response;
    }
  }

  /** How many there are of a product. */
  stockOf(n: number): number | undefined {
    return this.store.stock.get(idOf(n))?.stock;
  }
}
