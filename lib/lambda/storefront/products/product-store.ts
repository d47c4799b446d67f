import type {
  KeyedResponse,
  SaveResult,
  StoredResponse,
  WriteResult,
} from "../../http/idempotency/response-store";
import type { KeyedRequest } from "../../http/idempotency/request";
import type { Product, ProductSummary } from "../domain/product";

/** A write of a product and its response: both are stored, or neither. */
export interface ProductWrite extends KeyedResponse {
  /** The product as it shall be. */
  readonly product: Product;
}

/** A place in a list of products. */
export type ProductPosition = Pick<Product, "productId" | "name">;

/** Products of a category. */
export interface ProductQuery {
  readonly category: string;
  /** What the names begin with; empty for all. */
  readonly prefix: string;
  /** Whether products that are not for sale are left out. */
  readonly publishedOnly: boolean;
  /** At most so many. */
  readonly limit: number;
  readonly after: ProductPosition | undefined;
}

/** A page of a list, in the order of the names. */
export interface ProductList {
  /** May be fewer than the limit, even none, though there are more. */
  readonly products: readonly ProductSummary[];
  /** Behind which the next page starts, maybe a product that is left out; undefined on the last. */
  readonly next: ProductPosition | undefined;
}

/** Stores products. */
export interface ProductStore {
  /** The response that is stored under a key, unless it has expired. */
  findResponse(request: KeyedRequest): Promise<StoredResponse | undefined>;
  /** Stores a refusal, unless there is a response under its key. */
  refuse(refusal: KeyedResponse): Promise<SaveResult>;
  /** Stores a new product. */
  create(write: ProductWrite): Promise<WriteResult>;
  /** Stores the next version of a product, unless it has one; the stock stays as it is stored. */
  change(write: ProductWrite): Promise<WriteResult>;
  /**
   * Stores another stock of a product that is still of the same version.
   *
   * @param before - The stock that it must still have.
   */
  changeStock(write: ProductWrite, before: number): Promise<WriteResult>;
  /** The product as it is now. */
  find(productId: string): Promise<Product | undefined>;
  list(query: ProductQuery): Promise<ProductList>;
}
