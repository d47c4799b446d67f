import { retryWithBackoff } from "../../http/idempotency/replay";
import type { StoredOrder } from "../domain/order";
import type { Payment } from "../domain/payment";
import { different, settle } from "../domain/settlement";
import type { Different } from "../domain/settlement";
import type { OrderStore } from "./order-store";

/** How an order and its payment agree. */
export type Settled = { readonly result: "settled"; readonly order: StoredOrder } | Different;

/**
 * Makes an order what its payment makes of it, now or before: any number of times, whoever else does so.
 *
 * @returns the order as it is then, or why it and the payment do not agree.
 * @throws the problem `request-in-progress` where others keep changing the order.
 */
export function settlePayment(
  store: Pick<OrderStore, "find" | "change">,
  orderId: string,
  payment: Payment,
): Promise<Settled> {
  return retryWithBackoff("order", async (): Promise<Settled | undefined> => {
    const before = await store.find(orderId);
    if (before === undefined) return different("unknown-order");
    const settlement = settle(before, payment);
    if (settlement.result === "different") return settlement;
    if (settlement.result === "same") return { result: "settled", order: before };
    const { order, returned } = settlement;
    const { result } = await store.change({ order, returned });
    return result === "written" ? { result: "settled", order } : undefined;
  });
}
