/** How many there are of a product at most: more than any shop has, and its sum with a change stays exact. */
export const maxStock = 1_000_000_000;

/** What a price and a name are of. */
export interface Product {
  /** `item_` and 32 hexadecimal digits. */
  readonly productId: string;
  readonly name: string;
  readonly description?: string | undefined;
  /** What customers browse by: `coffee`. */
  readonly category: string;
  /** Minor units of the currency. */
  readonly price: number;
  /** ISO 4217. */
  readonly currency: string;
  /** How many there are to be ordered; never below zero. */
  readonly stock: number;
  /** Whether customers see it and may order it. */
  readonly published: boolean;
  /** 1 when created, one more with every change but those of stock. */
  readonly version: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** When it was changed last, but for its stock, in epoch milliseconds. */
  readonly updatedAt: number;
}

/** What lists of products have of each; no stock, for orders change that all the time. */
export type ProductSummary = Pick<
  Product,
  "productId" | "name" | "category" | "price" | "currency" | "published"
>;
