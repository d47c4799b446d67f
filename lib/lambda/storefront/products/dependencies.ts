import type { Authorization } from "../../http/caller";
import type { ProductStore } from "./product-store";

/** What the operations work with; tests substitute it. */
export interface Dependencies {
  readonly store: ProductStore;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** The id of a new product. */
  readonly newId: () => string;
  /** Who is authorized by the gateway, and so how administrators are known. */
  readonly authorization: Authorization;
}
