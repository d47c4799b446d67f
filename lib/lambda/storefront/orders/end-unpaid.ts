import type { StoredOrder, UnpaidEnd } from "../domain/order";
import { aboutToEnd, ended } from "../domain/transitions";
import type { Payments } from "../payments/payments";
import type { OrderStore } from "../store/order-store";
import { settlePayment } from "../store/settle-payment";
import type { Settled } from "../store/settle-payment";

/** What ending an order works with. */
export interface EndingDependencies {
  readonly store: Pick<OrderStore, "find" | "change">;
  readonly payments: Payments;
}

/**
 * Ends an order that is not paid, and returns its stock. Where a payment may exist, the payments decide: it ends if they
 * cancel that, and is PAID if they have captured it. Interrupted anywhere, it may be done again.
 *
 * @param end - Not where it is to end otherwise already: then so.
 * @returns the order as it is then, ended or not; undefined where somebody else has changed it meanwhile.
 * @throws the problem `unavailable` where the payments do not answer; nobody can start to pay the order any more.
 */
export async function endUnpaid(
  { store, payments }: EndingDependencies,
  order: StoredOrder,
  end: UnpaidEnd,
): Promise<Settled | undefined> {
  if (order.status === "PENDING") {
    const after = ended(order, end);
    const { result } = await store.change({ order: after, returned: order.items });
    return result === "written" ? { result: "settled", order: after } : undefined;
  }
  if (order.status !== "PAYING") return { result: "settled", order };

  if (order.ending === undefined) {
    const { result } = await store.change({ order: aboutToEnd(order, end) });
    if (result !== "written") return undefined;
  }
  const { orderId, paymentId = (await payments.create(order)).transactionId } = order;
  const canceled = await payments.cancel(order, paymentId);
  const payment = canceled === "wrong-status" ? await payments.read(paymentId) : canceled;
  return settlePayment(store, orderId, payment);
}
