import type { StoredOrder } from "../domain/order";
import type { Payment } from "../domain/payment";
import { settle } from "../domain/settlement";
import type { DifferenceReason } from "../domain/settlement";

/**
 * Why an order does not agree with its payment, or with itself. Beside those of a settlement:
 *
 * | Reason | Meaning |
 * |---|---|
 * | `malformed-order` | What has the order's id is no order. |
 * | `wrong-total` | The total is not that of its items. |
 * | `overdue` | It waits for its payment an hour after it should have expired. |
 * | `no-payment` | It is PAID or REFUNDED and names no payment. |
 * | `payment-not-found` | There is no payment of the id that it names. |
 * | `older-payment` | It has been settled with a version that the payment does not have. |
 * | `not-captured` | It is PAID or REFUNDED, and its payment is not captured. |
 * | `other-refund` | The payment's refund is not the order's. |
 */
export type OrderDifferenceReason =
  | DifferenceReason
  | "malformed-order"
  | "wrong-total"
  | "overdue"
  | "no-payment"
  | "payment-not-found"
  | "older-payment"
  | "not-captured"
  | "other-refund";

/**
 * Compares an order with its payment.
 *
 * @param payment - As it was after the order was read.
 * @returns `settle` where the payment makes something else of the order, which has not heard of it yet.
 */
export function compare(
  order: StoredOrder,
  payment: Payment,
): "agree" | "settle" | OrderDifferenceReason {
  const settlement = settle(order, payment);
  if (settlement.result === "different") return settlement.reason;
  if (settlement.result === "changed") return "settle";
  if (payment.version < (order.paymentVersion ?? 0)) return "older-payment";
  switch (order.status) {
    case "PENDING":
    case "PAYING":
      return "agree";
    case "PAID":
      return comparePaid(order, payment, "CAPTURED");
    case "REFUNDED":
      return comparePaid(order, payment, "REFUNDED");
    case "CANCELED":
    case "EXPIRED":
      return payment.status === "CANCELED" || payment.status === "FAILED" ? "agree" : "order-ended";
  }
}

function comparePaid(
  { total, refundedAmount = 0 }: StoredOrder,
  payment: Payment,
  status: Payment["status"],
): "agree" | OrderDifferenceReason {
  if (payment.status !== "CAPTURED" && payment.status !== "REFUNDED") return "not-captured";
  if (payment.capturedAmount !== total) return "partly-captured";
  const isRefundTheSame =
    payment.status === status && (payment.refundedAmount ?? 0) === refundedAmount;
  return isRefundTheSame ? "agree" : "other-refund";
}
