import type { StoredOrder, UnpaidEnd } from "./order";
import type { Payment } from "./payment";

/** An order whose payment is about to be asked for: from now on one may exist. */
export function startedToPay(order: StoredOrder): StoredOrder {
  return changed(order, { status: "PAYING" });
}

/** An order whose payment is known, as it was then. */
export function linked(order: StoredOrder, payment: Payment): StoredOrder {
  return changed(order, link(payment));
}

/** An order whose payment is captured: REFUNDED if all of it went back since, else PAID. */
export function paid(order: StoredOrder, payment: Payment): StoredOrder {
  return changed(order, {
    status: payment.status === "REFUNDED" ? "REFUNDED" : "PAID",
    ending: undefined,
    refundedAmount: payment.refundedAmount,
    ...link(payment),
  });
}

/** An order that ends as soon as its payment is canceled; nobody can begin to pay it any more. */
export function aboutToEnd(order: StoredOrder, end: UnpaidEnd): StoredOrder {
  return changed(order, { ending: end });
}

/**
 * An order that has ended unpaid; its stock is to be returned.
 *
 * @param payment - That which was canceled or has failed; undefined where there never was one.
 */
export function ended(order: StoredOrder, end: UnpaidEnd, payment?: Payment): StoredOrder {
  return changed(order, { status: end, ending: undefined, ...(payment && link(payment)) });
}

function link({ transactionId, version }: Payment) {
  return { paymentId: transactionId, paymentVersion: version };
}

function changed(order: StoredOrder, change: Partial<StoredOrder>): StoredOrder {
  return { ...order, ...change, version: order.version + 1 };
}
