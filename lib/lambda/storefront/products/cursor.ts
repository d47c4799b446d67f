import * as cursors from "../../http/cursor";
import type { ProductList, ProductPosition } from "./product-store";

/** After which product a page goes on, as a cursor says it. */
export interface CursorPosition extends Pick<ProductPosition, "productId"> {
  /** Absent where the page before does not show the product: its name is nobody's to read. */
  readonly name: string | undefined;
}

/**
 * The cursor of the page behind a list, if there may be one. The name is in it, so that a product that is renamed
 * between two pages moves no other from one to the other.
 *
 * @param query - What the page is of, in its canonical form.
 */
export function nextCursor({ products, next }: ProductList, query: string): string | undefined {
  if (next === undefined) return undefined;
  const isShown = products.at(-1)?.productId === next.productId;
  const place = isShown ? `${next.productId} ${next.name}` : next.productId;
  return cursors.encodeCursor(place, query);
}

/** The position in a cursor; undefined for one that was changed or came from another query. */
export function decodeCursor(cursor: string, query: string): CursorPosition | undefined {
  const place = cursors.decodeCursor(cursor, query) ?? "";
  // as long as a name may be, in characters: an index takes no key of more than 1024 bytes
  const [, productId, name] = /^(item_[0-9a-f]{32})(?: (.{1,200}))?$/su.exec(place) ?? [];
  return productId === undefined ? undefined : { productId, name };
}
