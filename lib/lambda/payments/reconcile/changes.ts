import * as z from "zod/mini";
import { paymentStatuses } from "../domain/payment";
import { storedStatus } from "../store/status-shard";
import { undocumented } from "./documents";
import { type Entry, entryPosition, idsOf, postedEntries, startingAt } from "./entries";
import { ledgerTime } from "./ledger";
import { type Run, compareWithLedger, hasTime, noteMissing } from "./run";
import { createdPage, readPayments, tablePosition } from "./table";

/** A walk through the index of statuses: all payments that were created in a span of time. */
const createdSchema = z.object({
  /** Epoch milliseconds. */
  since: z.int().check(z.minimum(0)),
  /** A walk that is in progress; undefined before one begins. */
  walk: z.optional(
    z.object({
      until: z.int(),
      /** How many shards it queries. */
      shards: z.int(),
      /** Which of its queries it is at. */
      query: z.int().check(z.minimum(0)),
      after: z.optional(tablePosition),
    }),
  ),
});

/** The progress of the comparison of what changed. */
export const changesSchema = z.object({
  created: createdSchema,
  /** After which entry the comparison of what was posted goes on. */
  posted: entryPosition,
});

/** The progress of the comparison of what changed. */
export type Changes = Readonly<z.infer<typeof changesSchema>>;

type Created = Changes["created"];

/**
 * How far each walk goes back before the start of the one before, in milliseconds: an index of the
 * table is behind it by a moment, and a payment or an entry is stamped before it can be seen.
 */
const overlap = 300_000;

/** Entries in a page. */
const pageSize = 5_000;

/** Where a first run begins: the rolling sweep covers what is older. */
export async function firstChanges({ clock, settings, database }: Run): Promise<Changes> {
  const span = settings.everyMinutes * 60_000 + overlap;
  return {
    created: { since: clock.now() - span },
    posted: startingAt(await ledgerTime(database, span / 1_000)),
  };
}

/**
 * Compares what changed since the last run, from both sides: payments that were created, which the
 * ledger may not know, and payments of which something was posted, which the table may have lost and the
 * audit bucket not documented. A walk that an earlier run did not finish is continued and followed by
 * another, up to now.
 *
 * @param save - Called with the progress after each page.
 * @returns whether it was completed in time.
 */
export async function compareChanges(
  run: Run,
  from: Changes,
  save: (changes: Changes) => Promise<void>,
): Promise<boolean> {
  const seen = new Set<string>();
  const wasInProgress = from.created.walk !== undefined;
  let changes = from;
  const saveChange = async (change: Partial<Changes>) => {
    changes = { ...changes, ...change };
    await save(changes);
  };
  for (let walks = wasInProgress ? 2 : 1; walks > 0; walks--)
    if (!(await walkCreated(run, changes.created, seen, (created) => saveChange({ created }))))
      return false;
  return walkPosted(run, changes.posted, seen, (posted) => saveChange({ posted }));
}

/** How many payments are remembered, to be read once; the rest may be read twice. */
const maxSeen = 100_000;

/**
 * Status by status in the order in which payments move, so that one that changes meanwhile is found, if
 * twice.
 */
async function walkCreated(
  run: Run,
  from: Created,
  seen: Set<string>,
  save: (created: Created) => Promise<void>,
): Promise<boolean> {
  const { clock, dynamo, settings } = run;
  const { statusShards: shards } = settings;
  const { since } = from;
  const queries = paymentStatuses.flatMap((status) =>
    Array.from({ length: shards }, (_, shard) => storedStatus(status, shard)),
  );
  // one over another number of shards is started again
  let walk =
    from.walk?.shards === shards
      ? from.walk
      : { until: from.walk?.until ?? clock.now(), shards, query: 0 };

  for (let status = queries[walk.query]; status !== undefined; status = queries[walk.query]) {
    if (!hasTime(run)) return false;
    const { until, query, after } = walk;
    const { payments, next } = await createdPage(dynamo, { status, since, until, after });
    if (payments.length > 0) await compareWithLedger(run, payments);
    for (const { transactionId } of payments) if (seen.size < maxSeen) seen.add(transactionId);
    walk = next === undefined ? { until, shards, query: query + 1 } : { ...walk, after: next };
    // an empty result costs nothing to query again
    if (payments.length > 0) await save({ since, walk });
  }
  await save({ since: walk.until - overlap });
  return true;
}

async function walkPosted(
  run: Run,
  from: Changes["posted"],
  seen: ReadonlySet<string>,
  save: (posted: Changes["posted"]) => Promise<void>,
): Promise<boolean> {
  const { database } = run;
  const until = await ledgerTime(database);
  for (let after: typeof from | undefined = from; after !== undefined;) {
    if (!hasTime(run)) return false;
    const { entries, next } = await postedEntries(database, after, until, pageSize);
    await compareEntries(run, entries, seen);
    await save(next ?? startingAt(new Date(Date.parse(until) - overlap).toISOString()));
    after = next;
  }
  return true;
}

async function compareEntries(
  run: Run,
  entries: readonly Entry[],
  seen: ReadonlySet<string>,
): Promise<void> {
  const ids = idsOf(entries).filter((id) => !seen.has(id));
  const table = await readPayments(run.dynamo, ids, "as of a moment ago");
  await compareWithLedger(run, [...table.values()]);
  await noteMissing(run, ids, table);
  const withoutDocument = await undocumented(run.s3, entries);
  await run.suspects.note(idsOf(withoutDocument), "documents");
}
