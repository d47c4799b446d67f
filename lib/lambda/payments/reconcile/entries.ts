import * as z from "zod/mini";
import type { Queryable } from "../../database/connection";
import { isoTime } from "./ledger";

/** One change of a payment that was posted. */
export interface Entry {
  readonly id: string;
  readonly version: number;
  readonly occurredAt: Date;
  /** The object that holds its audit document, if that is not the change's own. */
  readonly document: string | null;
}

/** A place in the order in which entries were posted. */
export const entryPosition = z.object({
  postedAt: z.iso.datetime(),
  id: z.string(),
  version: z.int().check(z.minimum(0)),
});

/** A place in the order in which entries were posted. */
export type EntryPosition = Readonly<z.infer<typeof entryPosition>>;

/** The place before everything that was posted at a time or later. */
export const startingAt = (postedAt: string): EntryPosition => ({ postedAt, id: "", version: 0 });

/** The place before all entries. */
export const beforeAllEntries = startingAt("1970-01-01T00:00:00Z");

const columns = `payment_id AS id, version, occurred_at AS "occurredAt", document`;

// the first condition lets the index on posted_at be used
const selectPosted = `
  SELECT ${columns}, ${isoTime("posted_at")} AS "postedAt"
  FROM ledger.entries
  WHERE posted_at >= $1::timestamptz AND posted_at < $4::timestamptz
    AND (posted_at, payment_id, version) > ($1::timestamptz, $2, $3)
    AND kind <> 'payout'
  ORDER BY posted_at, payment_id, version
  LIMIT $5`;

/** A page of entries, and where the next one starts. */
export interface EntryPage {
  readonly entries: readonly Entry[];
  /** Undefined when there are no more. */
  readonly next: EntryPosition | undefined;
}

/** Entries of payments that were posted after a place and before a time, in order, at most so many. */
export async function postedEntries(
  client: Queryable,
  after: EntryPosition,
  before: string,
  limit: number,
): Promise<EntryPage> {
  const { rows } = await client.query<Entry & { postedAt: string }>(selectPosted, [
    after.postedAt,
    after.id,
    after.version,
    before,
    limit,
  ]);
  const last = rows.length < limit ? undefined : rows.at(-1);
  return {
    entries: rows,
    next: last && { postedAt: last.postedAt, id: last.id, version: last.version },
  };
}

const selectOfPayments = `
  SELECT ${columns} FROM ledger.entries WHERE payment_id = ANY ($1::text[])`;

/** All entries of some payments. */
export async function entriesOf(
  client: Queryable,
  ids: readonly string[],
): Promise<readonly Entry[]> {
  return (await client.query<Entry>(selectOfPayments, [ids])).rows;
}

/** The payments that some entries are of. */
export const idsOf = (entries: readonly Entry[]): readonly string[] => [
  ...new Set(entries.map(({ id }) => id)),
];
