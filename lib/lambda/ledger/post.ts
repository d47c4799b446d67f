import { isDeepStrictEqual } from "node:util";
import type { Queryable } from "../database/connection";
import { type Posting, postings } from "./chart";
import type { Change } from "./change";
import { PoisonError } from "./poison";

/** One statement, so that an entry and its postings are there together or not at all. */
const insertEntry = `
  WITH entry AS (
    INSERT INTO ledger.entries (payment_id, version, kind, currency, occurred_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (payment_id, version) DO NOTHING
    RETURNING payment_id, version, currency
  ), posting AS (
    INSERT INTO ledger.postings (payment_id, version, account, amount, currency)
    SELECT entry.payment_id, entry.version, line.account, line.amount, entry.currency
    FROM entry, unnest($6::text[], $7::bigint[]) AS line (account, amount)
  )
  SELECT payment_id FROM entry`;

const selectEntry = `
  SELECT entries.kind, entries.currency, postings.account, postings.amount::text AS amount
  FROM ledger.entries LEFT JOIN ledger.postings USING (payment_id, version)
  WHERE payment_id = $1 AND version = $2
  ORDER BY postings.account`;

interface EntryRow {
  readonly kind: string;
  readonly currency: string;
  /** Null for an entry without postings. */
  readonly account: string | null;
  readonly amount: string | null;
}

/**
 * Posts a change as one entry, once: a second time changes nothing.
 *
 * @throws {@link PoisonError} if the ledger has another entry for this version of the payment.
 */
export async function post(client: Queryable, change: Change): Promise<void> {
  const { kind, after, before, occurredAt } = change;
  const { transactionId, version, currency } = after;
  const lines = postings(before, after);
  const inserted = await client.query(insertEntry, [
    transactionId,
    version,
    kind,
    currency,
    occurredAt,
    lines.map(({ account }) => account),
    lines.map(({ amount }) => amount),
  ]);
  if (inserted.rowCount === 1) return;

  const { rows } = await client.query<EntryRow>(selectEntry, [transactionId, version]);
  if (!isDeepStrictEqual(rows, asRows(kind, currency, lines)))
    throw new PoisonError(
      `The ledger has another entry for version ${String(version)} of ${transactionId}`,
    );
}

/** The rows that the entry reads back as. */
function asRows(kind: string, currency: string, lines: readonly Posting[]): EntryRow[] {
  if (lines.length === 0) return [{ kind, currency, account: null, amount: null }];
  return lines.map(({ account, amount }) => ({ kind, currency, account, amount: String(amount) }));
}
