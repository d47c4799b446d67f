import type { StoredOrder } from "../domain/order";
import { totalOf } from "../domain/order";
import type { Payment } from "../domain/payment";
import type { Payments } from "../payments/payments";
import type { OrderChange, OrderStore } from "../store/order-store";
import { settlePayment } from "../store/settle-payment";
import { compare } from "./compare";
import type { OrderDifferenceReason } from "./compare";
import type { Findings } from "./findings";
import { lateMinutes } from "./plan";

/** What comparing an order works with. */
export interface CheckDependencies {
  readonly store: Pick<OrderStore, "find" | "change">;
  readonly payments: Pick<Payments, "find">;
  readonly findings: Findings;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Compares an order with its payment. One that has not heard of it is settled with it; what differs then is reported.
 * Others may change both meanwhile: what differs is looked at a second time.
 *
 * @param seen - The order as it was read, maybe a moment ago.
 * @throws the problem `unavailable` where the payments do not answer.
 */
export async function checkOrder(
  dependencies: CheckDependencies,
  seen: StoredOrder,
): Promise<void> {
  const { store, findings } = dependencies;
  findings.checked++;
  if ((await verdictOn(dependencies, seen)) === "agree") return;
  const order = await store.find(seen.orderId);
  if (order === undefined) return;
  const { orderId, paymentId } = order;
  const verdict = await verdictOn(dependencies, order);
  if (verdict !== "agree") findings.add({ orderId, paymentId, reason: verdict });
}

/** What is wrong with an order, once it is settled with its payment. */
async function verdictOn(
  dependencies: CheckDependencies,
  order: StoredOrder,
): Promise<"agree" | OrderDifferenceReason> {
  const { status, paymentId, total, items } = order;
  if (totalOf(items) !== total) return "wrong-total";
  const isUnpaid = status === "PENDING" || status === "PAYING";
  const isOverdue = isUnpaid && dependencies.now() > order.expiresAt + lateMinutes * 60_000;
  if (paymentId === undefined) {
    if (status === "PAID" || status === "REFUNDED") return "no-payment";
    return isOverdue ? "overdue" : "agree";
  }
  const payment = await dependencies.payments.find(paymentId);
  if (payment === undefined) return "payment-not-found";
  const compared = compare(order, payment);
  if (compared === "settle") return settled(dependencies, order.orderId, payment);
  return compared === "agree" && isOverdue ? "overdue" : compared;
}

/** Settles an order with its payment, unless somebody else does so at this moment. */
async function settled(
  { store, findings }: CheckDependencies,
  orderId: string,
  payment: Payment,
): Promise<"agree" | OrderDifferenceReason> {
  const change = async (wanted: OrderChange) => {
    const write = await store.change(wanted);
    if (write.result === "written") findings.healed++;
    return write;
  };
  const settlement = await settlePayment(
    { find: (id) => store.find(id), change },
    orderId,
    payment,
  );
  return settlement.result === "different" ? settlement.reason : "agree";
}
