import type { Payment } from "../domain/payment";
import { balances } from "../ledger/chart";
import type { LedgerPayment } from "./ledger";
import type { TablePayment } from "./table";

/** A way in which table, ledger and audit bucket disagree about a payment. */
export type DifferenceKind =
  /** The table has an item that is no payment, or several with one id. */
  | "unreadable"
  /** The ledger does not know the payment. */
  | "missing-in-ledger"
  /** The ledger knows a payment that the table does not have. */
  | "missing-in-table"
  /** The latest version that was posted is not the table's. */
  | "version-differs"
  /** A version before the latest was not posted. */
  | "version-not-posted"
  /** An account does not hold what the payment's status and amounts say. */
  | "amounts-differ"
  /** The payment's postings do not sum to zero. */
  | "sum-not-zero"
  /** A change was posted, but the audit bucket has no document of it. */
  | "undocumented";

/** How table and ledger disagree about a payment; not at all if this is empty. */
export function compare(
  inTable: TablePayment | undefined,
  ledger: LedgerPayment | undefined,
): readonly DifferenceKind[] {
  if (inTable === undefined) return ledger === undefined ? [] : ["missing-in-table"];
  const { payment } = inTable;
  if (payment === undefined) return ["unreadable"];
  if (ledger === undefined) return ["missing-in-ledger"];
  const found: DifferenceKind[] = [];
  if (ledger.version !== payment.version) found.push("version-differs");
  if (ledger.entries !== ledger.version) found.push("version-not-posted");
  if (!holdsExpected(payment, ledger)) found.push("amounts-differ");
  if (ledger.balances.reduce((sum, { amount }) => sum + amount, 0n) !== 0n)
    found.push("sum-not-zero");
  return found;
}

function holdsExpected(payment: Payment, ledger: LedgerPayment): boolean {
  const expected = balances(payment);
  return (
    ledger.balances.length === expected.size &&
    ledger.balances.every(
      ({ account, currency, amount }) =>
        currency === payment.currency && amount === BigInt(expected.get(account) ?? 0),
    )
  );
}
