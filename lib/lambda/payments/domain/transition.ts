import type { Payment, PaymentStatus } from "./payment";

/** How much to move: minor units, or all that there is, which nobody gets by leaving something out. */
export type AmountToMove = number | "all";

/**
 * What can be done to a payment. No processor is called from here: the caller, who calls one, passes
 * the outcome of the authorization.
 */
export type PaymentAction =
  | { readonly kind: "authorize"; readonly outcome: "APPROVED" | "DECLINED" }
  | { readonly kind: "capture"; readonly amount: AmountToMove }
  | { readonly kind: "cancel" }
  | { readonly kind: "refund"; readonly amount: AmountToMove };

/** The statuses that each action may start from. */
export const startsFrom: Readonly<Record<PaymentAction["kind"], readonly PaymentStatus[]>> = {
  authorize: ["PENDING"],
  capture: ["AUTHORIZED"],
  cancel: ["PENDING", "AUTHORIZED"],
  refund: ["CAPTURED"],
};

/** The payment after an action, or why there is none. */
export type Transition =
  | { readonly result: "moved"; readonly payment: Payment }
  | { readonly result: "wrong-status" }
  | { readonly result: "amount-exceeded"; readonly limit: number };

/**
 * Applies an action: PENDING → AUTHORIZED or FAILED; AUTHORIZED → CAPTURED, once, of the whole amount
 * or a part (the rest is released); CAPTURED → REFUNDED when all that was captured is refunded, in one
 * step or several; PENDING or AUTHORIZED → CANCELED.
 */
export function transition(payment: Payment, action: PaymentAction): Transition {
  if (!startsFrom[action.kind].includes(payment.status)) return { result: "wrong-status" };
  switch (action.kind) {
    case "authorize":
      return moved(payment, { status: action.outcome === "APPROVED" ? "AUTHORIZED" : "FAILED" });
    case "cancel":
      return moved(payment, { status: "CANCELED" });
    case "capture":
      return capture(payment, action.amount);
    case "refund":
      return refund(payment, action.amount);
  }
}

function capture(payment: Payment, part: AmountToMove): Transition {
  const amount = part === "all" ? payment.amount : part;
  if (amount > payment.amount) return { result: "amount-exceeded", limit: payment.amount };
  return moved(payment, { status: "CAPTURED", capturedAmount: amount });
}

function refund(payment: Payment, part: AmountToMove): Transition {
  const { capturedAmount = 0, refundedAmount = 0 } = payment;
  const limit = capturedAmount - refundedAmount;
  const amount = part === "all" ? limit : part;
  if (amount > limit) return { result: "amount-exceeded", limit };
  return moved(payment, {
    status: amount === limit ? "REFUNDED" : "CAPTURED",
    refundedAmount: refundedAmount + amount,
  });
}

function moved(payment: Payment, change: Partial<Payment>): Transition {
  return { result: "moved", payment: { ...payment, ...change, version: payment.version + 1 } };
}
