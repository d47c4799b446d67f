import type { Queryable } from "../database/connection";

/** What the ledger says of a payment. */
export interface LedgerPayment {
  /** The latest that was posted. */
  readonly version: number;
  /** How many versions were posted. */
  readonly entries: number;
  /** Whether something of it was posted before the time that was asked for. */
  readonly postedBefore: boolean;
  /** Sum of the postings by account and currency, without those that sum to zero. */
  readonly balances: readonly LedgerBalance[];
}

/** What a payment's postings in an account sum to. */
export interface LedgerBalance {
  readonly account: string;
  readonly currency: string;
  /** Minor units. */
  readonly amount: number;
}

const selectPayments = `
  SELECT payment_id AS id, max(version) AS version, count(*)::int AS entries,
    min(posted_at) < $2::timestamptz AS posted_before
  FROM ledger.entries
  WHERE payment_id = ANY ($1::text[])
  GROUP BY payment_id`;

const selectBalances = `
  SELECT payment_id AS id, account, currency, sum(amount)::text AS amount
  FROM ledger.postings
  WHERE payment_id = ANY ($1::text[])
  GROUP BY payment_id, account, currency
  HAVING sum(amount) <> 0`;

/** What the ledger says of some payments; those that it does not know are left out. */
export async function readLedger(
  client: Queryable,
  ids: readonly string[],
  before: string,
): Promise<ReadonlyMap<string, LedgerPayment>> {
  const payments = await client.query<PaymentRow>(selectPayments, [ids, before]);
  const found = new Map(
    payments.rows.map(({ id, version, entries, posted_before }) => [
      id,
      { version, entries, postedBefore: posted_before, balances: new Array<LedgerBalance>() },
    ]),
  );
  const balances = await client.query<BalanceRow>(selectBalances, [[...found.keys()]]);
  for (const { id, account, currency, amount } of balances.rows)
    found.get(id)?.balances.push({ account, currency, amount: Number(amount) });
  return found;
}

interface PaymentRow {
  readonly id: string;
  readonly version: number;
  readonly entries: number;
  readonly posted_before: boolean;
}

interface BalanceRow {
  readonly id: string;
  readonly account: string;
  readonly currency: string;
  /** A sum of bigint is numeric, which comes as text. */
  readonly amount: string;
}

/** The database's clock, exact to the microsecond. */
export async function ledgerTime(client: Queryable): Promise<string> {
  const { rows } = await client.query<{ now: string }>("SELECT clock_timestamp()::text AS now");
  return rows.map(({ now }) => now).join();
}

const selectIds = `
  SELECT DISTINCT payment_id AS id
  FROM ledger.entries
  WHERE payment_id > $1 AND posted_at < $2::timestamptz
  ORDER BY payment_id
  LIMIT $3`;

/** Payments in a page; the least that makes the round trips count for little. */
const pageSize = 1_000;

/** The payments of which something was posted before a time, a page at a time, by id. */
export async function* ledgerIdPages(
  client: Queryable,
  before: string,
): AsyncGenerator<readonly string[]> {
  let last = "";
  for (;;) {
    const { rows } = await client.query<{ id: string }>(selectIds, [last, before, pageSize]);
    const ids = rows.map(({ id }) => id);
    const end = ids.at(-1);
    if (end === undefined) return;
    yield ids;
    last = end;
  }
}
