import { storefrontProblem } from "../api/problem";
import type { StoredOrder } from "../domain/order";
import type { OrderStore } from "../store/order-store";

/**
 * An order of a user as it is now.
 *
 * @throws the problem `order-not-found`, for another user's order too: that there is one is not to be known.
 */
export async function ownOrder(
  store: Pick<OrderStore, "find">,
  orderId: string,
  userId: string,
): Promise<StoredOrder> {
  const order = await store.find(orderId);
  if (order?.userId === userId) return order;
  throw storefrontProblem("order-not-found", {
    detail: `You have no order with the id ${orderId}`,
  });
}
