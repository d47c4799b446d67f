import { decodeCursor, encodeCursor } from "../../http/cursor";
import type { OrderPosition } from "./order-store";

/** The cursor of a position in a user's orders. */
export function encodeOrderCursor({ orderId, createdAt }: OrderPosition, userId: string): string {
  return encodeCursor(`${String(createdAt)} ${orderId}`, queryOf(userId));
}

/** The position in a cursor; undefined for one that was changed or is another user's. */
export function decodeOrderCursor(cursor: string, userId: string): OrderPosition | undefined {
  const place = decodeCursor(cursor, queryOf(userId)) ?? "";
  const [, createdAt, orderId] = /^(\d{1,15}) (ord_[0-9a-f]{32})$/.exec(place) ?? [];
  return orderId === undefined ? undefined : { orderId, createdAt: Number(createdAt) };
}

/** What the page is of, in its canonical form. */
function queryOf(userId: string): string {
  return JSON.stringify({ userId });
}
