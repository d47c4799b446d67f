import { isDeepStrictEqual } from "node:util";
import type { Queryable } from "../../database/connection";
import { type Posting, postings } from "./chart";
import type { Change } from "./change";
import { batchKey, nameOf } from "./document";
import { PoisonError, isPoison } from "./poison";

/** A change that is in the ledger. */
export interface Entry {
  readonly change: Change;
  /** Key of the audit object that the entry names; undefined for one that has an object of its own. */
  readonly document: string | undefined;
}

/** The result of posting some changes. */
export interface Posted {
  /** In the ledger, now or from an earlier invocation. */
  readonly entries: readonly Entry[];
  /** Those that can never be posted, and why. */
  readonly refused: ReadonlyMap<Change, Error>;
}

/**
 * One statement, so that entries and their postings are written together or not at all. In one order,
 * so that two invocations never deadlock. A conflict of any kind means that the entry exists: the table
 * has two unique indexes, and either may be the first to report one when another invocation inserts the
 * same.
 */
const insertEntries = `
  WITH entry AS (
    INSERT INTO ledger.entries (payment_id, version, kind, currency, occurred_at, document)
    SELECT payment_id, version, kind, currency, occurred_at, document
    FROM unnest($1::text[], $2::integer[], $3::text[], $4::text[], $5::timestamptz[], $6::text[])
      AS change (payment_id, version, kind, currency, occurred_at, document)
    ORDER BY payment_id COLLATE "C", version
    ON CONFLICT DO NOTHING
    RETURNING payment_id, version, currency
  ), posting AS (
    INSERT INTO ledger.postings (payment_id, version, account, amount, currency)
    SELECT payment_id, version, line.account, line.amount, entry.currency
    FROM entry
      JOIN unnest($7::text[], $8::integer[], $9::text[], $10::bigint[])
        AS line (payment_id, version, account, amount)
      USING (payment_id, version)
    ORDER BY line.account COLLATE "C", payment_id, version
  )
  SELECT payment_id || '/' || version AS name FROM entry`;

const selectEntries = `
  SELECT payment_id || '/' || version AS name, kind, currency, document,
    ARRAY(
      SELECT account || ' ' || amount
      FROM ledger.postings
      WHERE postings.payment_id = entries.payment_id AND postings.version = entries.version
    ) AS lines
  FROM ledger.entries
    JOIN unnest($1::text[], $2::integer[]) AS wanted (payment_id, version)
    USING (payment_id, version)`;

interface EntryRow {
  readonly name: string;
  readonly kind: string;
  readonly currency: string;
  readonly document: string | null;
  /** Account and amount of each posting, in any order. */
  readonly lines: readonly string[];
}

/**
 * Posts changes of which no two are the same, each as one entry, once: a second time changes nothing.
 * All in one statement; only where that fails by the possible fault of one of them, in halves (bisecting),
 * so that it is found and the others are posted, in their order.
 *
 * @param perDocument - how many changes share an audit object.
 */
export async function postAll(
  client: Queryable,
  changes: readonly Change[],
  perDocument: number,
): Promise<Posted> {
  try {
    return await postTogether(client, changes, perDocument);
  } catch (error) {
    if (!isPoison(error)) throw error;
    if (changes.length === 1)
      return { entries: [], refused: new Map(changes.map((change) => [change, error])) };
    const middle = Math.ceil(changes.length / 2);
    const first = await postAll(client, changes.slice(0, middle), perDocument);
    const second = await postAll(client, changes.slice(middle), perDocument);
    return {
      entries: [...first.entries, ...second.entries],
      refused: new Map([...first.refused, ...second.refused]),
    };
  }
}

/** The rows that a change is to have. */
interface Row {
  readonly change: Change;
  readonly name: string;
  readonly document: string | undefined;
  readonly lines: readonly Posting[];
}

async function postTogether(
  client: Queryable,
  changes: readonly Change[],
  perDocument: number,
): Promise<Posted> {
  const rows = rowsOf(changes, perDocument);
  const inserted = await insert(client, rows);
  const existing = await read(
    client,
    rows.filter(({ name }) => !inserted.has(name)),
  );
  const entries: Entry[] = [];
  const refused = new Map<Change, Error>();
  for (const row of rows) {
    const { change, name, document } = row;
    const found = existing.get(name);
    if (inserted.has(name)) entries.push({ change, document });
    else if (found !== undefined && isDeepStrictEqual(contentOf(found), expected(row)))
      entries.push({ change, document: found.document ?? undefined });
    else refused.set(change, otherEntry(change));
  }
  return { entries, refused };
}

function rowsOf(changes: readonly Change[], perDocument: number): readonly Row[] {
  const rows: Row[] = [];
  for (let start = 0; start < changes.length; start += perDocument) {
    const sharing = changes.slice(start, start + perDocument);
    const document = sharing.length > 1 ? batchKey(sharing) : undefined;
    for (const change of sharing) {
      const lines = postings(change.before, change.after);
      rows.push({ change, name: nameOf(change), document, lines });
    }
  }
  return rows;
}

/** Inserts the entries that do not exist; returns their names. */
async function insert(client: Queryable, rows: readonly Row[]): Promise<ReadonlySet<string>> {
  const lines = rows.flatMap(({ change: { after }, lines }) =>
    lines.map((line) => ({ ...line, id: after.transactionId, version: after.version })),
  );
  const inserted = await client.query<{ name: string }>(insertEntries, [
    rows.map(({ change }) => change.after.transactionId),
    rows.map(({ change }) => change.after.version),
    rows.map(({ change }) => change.kind),
    rows.map(({ change }) => change.after.currency),
    rows.map(({ change }) => change.occurredAt),
    rows.map(({ document }) => document ?? null),
    lines.map(({ id }) => id),
    lines.map(({ version }) => version),
    lines.map(({ account }) => account),
    lines.map(({ amount }) => amount),
  ]);
  return new Set(inserted.rows.map(({ name }) => name));
}

/** The existing entries, by name. */
async function read(
  client: Queryable,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, EntryRow>> {
  if (rows.length === 0) return new Map();
  const found = await client.query<EntryRow>(selectEntries, [
    rows.map(({ change }) => change.after.transactionId),
    rows.map(({ change }) => change.after.version),
  ]);
  return new Map(found.rows.map((row) => [row.name, row]));
}

function contentOf({ kind, currency, lines }: EntryRow) {
  return { kind, currency, lines: [...lines].sort() };
}

function expected({ change, lines }: Row): ReturnType<typeof contentOf> {
  const texts = lines.map(({ account, amount }) => `${account} ${String(amount)}`);
  return { kind: change.kind, currency: change.after.currency, lines: texts.sort() };
}

function otherEntry({ after }: Change): PoisonError {
  return new PoisonError(
    `The ledger has another entry for version ${String(after.version)} of ${after.transactionId}`,
  );
}
