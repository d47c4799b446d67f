import { invalidRequest } from "../../http/problem";
import type { Order } from "../domain/order";
import { decodeCursor, encodeCursor } from "../store/order-cursor";
import type { OrderStore } from "../store/order-store";
import { visible } from "./responses";

/** Orders as their user sees them. */
export interface OrderPage {
  readonly orders: readonly Order[];
  /** Absent on the last page. */
  readonly nextCursor: string | undefined;
}

/**
 * A page of a user's orders, newest first.
 *
 * @param query - How many at once, and the cursor of the page before.
 * @throws the problem `invalid-request` where the cursor is not of this user's orders.
 */
export async function orderPage(
  store: Pick<OrderStore, "listOf">,
  userId: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<OrderPage> {
  const from = JSON.stringify({ userId });
  const after = cursor === undefined ? undefined : decodeCursor(cursor, from);
  if (cursor !== undefined && after === undefined)
    throw invalidRequest([
      { field: "cursor", message: "must be the nextCursor of an answer to the same query" },
    ]);
  const { orders, next } = await store.listOf(userId, limit, after);
  return { orders: orders.map(visible), nextCursor: next && encodeCursor(next, from) };
}
