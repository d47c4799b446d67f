import type { OrderItem, StoredOrder } from "./order";
import { paymentStatuses } from "./payment";
import type { Payment } from "./payment";
import { ended, linked, paid } from "./transitions";

/**
 * Why a payment that names an order does not change it. It is for somebody to look at:
 *
 * | Reason | Meaning |
 * |---|---|
 * | `unknown-order` | No order has that id. |
 * | `other-payment` | The order has another payment, or the payment names another order. |
 * | `other-user`, `other-amount`, `other-currency` | They are not the order's. |
 * | `not-asked-for` | Nobody has begun to pay the order. |
 * | `order-ended` | The order was canceled or has expired without this payment. |
 * | `partly-captured` | Less than the order's total was captured. |
 * | `unexpected-status` | No payment can become this from what it was when the order was paid. |
 */
export type DifferenceReason =
  | "unknown-order"
  | "other-payment"
  | "other-user"
  | "other-amount"
  | "other-currency"
  | "not-asked-for"
  | "order-ended"
  | "partly-captured"
  | "unexpected-status";

/**
 * The statuses in which a payment may change its order, or be found not to agree with it. Before it is AUTHORIZED it is
 * PENDING, and what the shop hears of it then is the same.
 */
export const settlingStatuses = paymentStatuses.filter((status) => status !== "AUTHORIZED");

/** A payment and an order that do not agree. */
export interface Different {
  readonly result: "different";
  readonly reason: DifferenceReason;
}

/** What follows for an order from its payment. */
export type Settlement =
  | {
      readonly result: "changed";
      readonly order: StoredOrder;
      /** What goes back into the stock; none unless the order ends. */
      readonly returned: readonly OrderItem[];
    }
  /** The order is as the payment makes it, or the payment has become something newer since. */
  | { readonly result: "same" }
  | Different;

/**
 * Makes an order what its payment makes of it: linked to it, PAID and REFUNDED, or ended with its stock returned.
 * In whatever order and however often the versions of a payment arrive, the result is that of the newest.
 */
export function settle(order: StoredOrder, payment: Payment): Settlement {
  const reason = strangeness(order, payment);
  if (reason !== undefined) return different(reason);
  if (payment.version <= (order.paymentVersion ?? 0)) return { result: "same" };
  switch (order.status) {
    case "PENDING":
      return different("not-asked-for");
    case "PAYING":
      return settlePaying(order, payment);
    case "PAID":
      return isCaptured(payment) ? captured(order, payment) : different("unexpected-status");
    case "REFUNDED":
      return different("unexpected-status");
    case "CANCELED":
    case "EXPIRED":
      return different("order-ended");
  }
}

/** A difference for a reason. */
export function different(reason: DifferenceReason): Different {
  return { result: "different", reason };
}

/** Why a payment is not the order's. Its metadata may be anybody's, so all that an order's payment has must agree. */
function strangeness(order: StoredOrder, payment: Payment): DifferenceReason | undefined {
  const { orderId, paymentId = payment.transactionId, userId, total, currency } = order;
  if (payment.transactionId !== paymentId || payment.orderId !== orderId) return "other-payment";
  if (payment.userId !== userId) return "other-user";
  if (payment.currency !== currency) return "other-currency";
  return payment.amount === total ? undefined : "other-amount";
}

function settlePaying(order: StoredOrder, payment: Payment): Settlement {
  if (isCaptured(payment)) return captured(order, payment);
  if (payment.status === "CANCELED" || payment.status === "FAILED")
    return changed(ended(order, order.ending ?? "CANCELED", payment), order.items);
  return order.paymentId === undefined ? changed(linked(order, payment)) : { result: "same" };
}

function isCaptured({ status }: Payment): boolean {
  return status === "CAPTURED" || status === "REFUNDED";
}

function captured(order: StoredOrder, payment: Payment): Settlement {
  return payment.capturedAmount === order.total
    ? changed(paid(order, payment))
    : different("partly-captured");
}

function changed(order: StoredOrder, returned: readonly OrderItem[] = []): Settlement {
  return { result: "changed", order, returned };
}
