import { foreignCursor } from "../../http/cursor";
import type { Order } from "../domain/order";
import { decodeOrderCursor, encodeOrderCursor } from "../store/order-cursor";
import type { OrderStore } from "../store/order-store";
import { visible } from "./responses";

/** Which page. */
interface PageQuery {
  /** At most so many orders. */
  readonly limit: number;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** A page of a user's orders, as the user sees them. */
interface OrderPage {
  readonly data: readonly Order[];
  readonly nextCursor: string | undefined;
}

/**
 * A page of a user's orders, newest first.
 *
 * @throws the problem `invalid-request` where the cursor is none of this user's.
 */
export async function orderPage(
  store: Pick<OrderStore, "listOf">,
  userId: string,
  { limit, cursor }: PageQuery,
): Promise<OrderPage> {
  const after = cursor === undefined ? undefined : decodeOrderCursor(cursor, userId);
  if (cursor !== undefined && after === undefined) throw foreignCursor();
  const { orders, next } = await store.listOf(userId, limit, after);
  return { data: orders.map(visible), nextCursor: next && encodeOrderCursor(next, userId) };
}
