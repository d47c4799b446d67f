import * as cursors from "../../http/cursor";
import type { OrderPosition } from "./order-store";

/**
 * The cursor of a position.
 *
 * @param query - What the page is of, in its canonical form.
 */
export function encodeCursor({ orderId, createdAt }: OrderPosition, query: string): string {
  return cursors.encodeCursor(`${String(createdAt)} ${orderId}`, query);
}

/** The position in a cursor; undefined for one that was changed or came from another query. */
export function decodeCursor(cursor: string, query: string): OrderPosition | undefined {
  const place = cursors.decodeCursor(cursor, query) ?? "";
  const [, createdAt, orderId] = /^(\d{1,15}) (ord_[0-9a-f]{32})$/.exec(place) ?? [];
  return orderId === undefined ? undefined : { orderId, createdAt: Number(createdAt) };
}
