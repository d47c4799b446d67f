import type { Payment } from "../domain/payment";

/** One line of an entry: minor units, debits above zero and credits below. */
export interface Posting {
  readonly account: string;
  readonly amount: number;
}

/**
 * What a payment amounts to in each account, as it now stands. The chart of accounts:
 *
 * | Account | While | Holds |
 * |---|---|---|
 * | `customer:{userId}:held` | AUTHORIZED | + amount: reserved on the customer's means of payment |
 * | `merchant:pending` | AUTHORIZED | − amount: what the merchants may hope for |
 * | `customer:{userId}:paid` | CAPTURED, REFUNDED | + captured − refunded: what the customer has paid |
 * | `merchant:payable` | CAPTURED, REFUNDED | − (captured − refunded): what is owed to the merchants |
 * | `merchant:paid-out` | of payouts only | − what left `merchant:payable`: what the merchants were paid |
 *
 * PENDING, CANCELED and FAILED amount to nothing. The accounts of a payment always sum to zero, those
 * of customers are never below zero and those of merchants, being debts, never above.
 */
export function balances(payment: Payment): ReadonlyMap<string, number> {
  const { userId, amount, capturedAmount = 0, refundedAmount = 0 } = payment;
  switch (payment.status) {
    case "AUTHORIZED":
      return pair(`customer:${userId}:held`, "merchant:pending", amount);
    case "CAPTURED":
    case "REFUNDED":
      return pair(`customer:${userId}:paid`, "merchant:payable", capturedAmount - refundedAmount);
    case "PENDING":
    case "CANCELED":
    case "FAILED":
      return new Map();
  }
}

/** The postings that lead from a payment as it was to the payment as it is, by account. */
export function postings(before: Payment | undefined, after: Payment): readonly Posting[] {
  const old = before === undefined ? new Map<string, number>() : balances(before);
  const now = balances(after);
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((account) => ({ account, amount: (now.get(account) ?? 0) - (old.get(account) ?? 0) }))
    .filter(({ amount }) => amount !== 0)
    .sort((one, other) => (one.account < other.account ? -1 : 1));
}

function pair(debit: string, credit: string, amount: number): ReadonlyMap<string, number> {
  if (amount === 0) return new Map();
  return new Map([
    [debit, amount],
    [credit, -amount],
  ]);
}
