import type { Payment } from "../domain/payment";
import { type PaymentAction, transition } from "../domain/transition";

/** What happened to a payment, as the ledger calls it. */
export type EntryKind = "created" | "authorized" | "captured" | "refunded" | "canceled" | "failed";

/** What happened between two states of a payment; undefined if the rules of payments forbid it. */
export function moveBetween(before: Payment | undefined, after: Payment): EntryKind | undefined {
  if (before === undefined)
    return after.status === "PENDING" && after.version === 1 ? "created" : undefined;
  const move = candidate(before, after);
  if (move === undefined) return undefined;
  const outcome = transition(before, move.action);
  if (outcome.result !== "moved") return undefined;
  return sameMoney(outcome.payment, after) ? move.kind : undefined;
}

interface Move {
  readonly kind: EntryKind;
  readonly action: PaymentAction;
}

/** The only action that can have led to the state, by its name and its amount. */
function candidate(before: Payment, after: Payment): Move | undefined {
  const { capturedAmount = 0, refundedAmount = 0 } = after;
  switch (after.status) {
    case "PENDING":
      return undefined;
    case "AUTHORIZED":
      return { kind: "authorized", action: { kind: "authorize", outcome: "APPROVED" } };
    case "FAILED":
      return { kind: "failed", action: { kind: "authorize", outcome: "DECLINED" } };
    case "CANCELED":
      return { kind: "canceled", action: { kind: "cancel" } };
    case "CAPTURED":
    case "REFUNDED": {
      if (before.status === "AUTHORIZED") return moneyMove("captured", "capture", capturedAmount);
      return moneyMove("refunded", "refund", refundedAmount - (before.refundedAmount ?? 0));
    }
  }
}

function moneyMove(
  kind: EntryKind,
  action: "capture" | "refund",
  amount: number,
): Move | undefined {
  return amount > 0 ? { kind, action: { kind: action, amount } } : undefined;
}

function sameMoney(one: Payment, other: Payment): boolean {
  return (
    one.transactionId === other.transactionId &&
    one.timestamp === other.timestamp &&
    one.userId === other.userId &&
    one.amount === other.amount &&
    one.currency === other.currency &&
    one.status === other.status &&
    one.version === other.version &&
    one.capturedAmount === other.capturedAmount &&
    one.refundedAmount === other.refundedAmount
  );
}
