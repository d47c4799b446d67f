import type { Queryable } from "../../database/connection";
import { pagesOf } from "./pages";

/** A payment as the ledger has it. */
export interface LedgerPayment {
  /** The latest that was posted. */
  readonly version: number;
  /** How many versions were posted. */
  readonly entries: number;
  /** Sum of the postings by account and currency, without those that sum to zero. */
  readonly balances: readonly LedgerBalance[];
}

/** The sum of a payment's postings in an account. */
export interface LedgerBalance {
  readonly account: string;
  readonly currency: string;
  /** Minor units; a sum has no bounds. */
  readonly amount: bigint;
}

const selectPayments = `
  SELECT payment_id AS id, max(version) AS version, count(*)::int AS entries
  FROM ledger.entries
  WHERE payment_id = ANY ($1::text[])
  GROUP BY payment_id`;

const selectBalances = `
  SELECT payment_id AS id, account, currency, sum(amount)::text AS amount
  FROM ledger.postings
  WHERE payment_id = ANY ($1::text[])
  GROUP BY payment_id, account, currency
  HAVING sum(amount) <> 0`;

/** Payments in a statement: few enough for its timeout even where nothing is cached. */
const pageSize = 1_000;

/** Payments as the ledger has them; those that it does not have are left out. */
export async function readLedger(
  client: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, LedgerPayment>> {
  const found = new Map<string, LedgerPayment & { readonly balances: LedgerBalance[] }>();
  for (const page of pagesOf(ids, pageSize)) {
    const payments = await client.query<PaymentRow>(selectPayments, [page]);
    for (const { id, version, entries } of payments.rows)
      found.set(id, { version, entries, balances: [] });
    const balances = await client.query<BalanceRow>(selectBalances, [page]);
    for (const { id, account, currency, amount } of balances.rows)
      found.get(id)?.balances.push({ account, currency, amount: BigInt(amount) });
  }
  return found;
}

interface PaymentRow {
  readonly id: string;
  readonly version: number;
  readonly entries: number;
}

interface BalanceRow {
  readonly id: string;
  readonly account: string;
  readonly currency: string;
  /** A sum of bigint is numeric, which comes as text. */
  readonly amount: string;
}

const selectIds = `
  SELECT DISTINCT payment_id AS id
  FROM ledger.entries
  WHERE payment_id > $1 AND kind <> 'payout'
  ORDER BY payment_id
  LIMIT $2`;

/** The payments of the ledger that follow an id, in order, at most so many. */
export async function ledgerIds(
  client: Queryable,
  after: string,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>(selectIds, [after, limit]);
  return rows.map(({ id }) => id);
}

/** How SQL writes a time for this code: ISO 8601, exact to the microsecond. */
export const isoTime = (expression: string) =>
  `to_char((${expression}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const selectTime = `SELECT ${isoTime("clock_timestamp() - make_interval(secs => $1)")} AS time`;

/** The database's clock, or what it was some seconds ago. */
export async function ledgerTime(client: Queryable, secondsAgo = 0): Promise<string> {
  const { rows } = await client.query<{ time: string }>(selectTime, [secondsAgo]);
  return rows.map(({ time }) => time).join();
}
