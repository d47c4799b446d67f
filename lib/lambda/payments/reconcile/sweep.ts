import * as z from "zod/mini";
import { undocumented } from "./documents";
import { beforeAllEntries, entryPosition, idsOf, postedEntries } from "./entries";
import { ledgerIds, ledgerTime } from "./ledger";
import { type Run, compareWithLedger, noteMissing } from "./run";
import { readPayments, segmentPage, tablePosition } from "./table";

const count = z.int().check(z.minimum(0));
const countsSchema = z.object({
  /** Payments of the table. */
  table: count,
  /** Payments of the ledger. */
  ledger: count,
  /** Changes whose documents were listed. */
  documents: count,
});

/** How many of each kind a sweep has compared. */
export type Counts = Readonly<z.infer<typeof countsSchema>>;

/** The progress of a sweep: what it needs to be continued at any time. */
export const sweepSchema = z.object({
  /** Epoch milliseconds. */
  startedAt: count,
  /** What is posted from this time on is the next sweep's. */
  before: z.iso.datetime(),
  /** The table, in parts that are read side by side; each after which item it continues. */
  table: z
    .array(z.object({ after: z.optional(tablePosition), isDone: z.boolean() }))
    .check(z.minLength(1), z.maxLength(100)),
  /** After which payment of the ledger. */
  ledger: z.object({ after: z.string(), isDone: z.boolean() }),
  documents: z.object({ after: entryPosition, isDone: z.boolean() }),
  counts: countsSchema,
  /** What the sweep before this one compared; undefined for the first. */
  previous: z.optional(countsSchema),
});

/** The progress of a sweep. */
export type Sweep = Readonly<z.infer<typeof sweepSchema>>;

/** Parts of the table that are read at the same time. */
const segments = 4;

/** A sweep that has compared nothing yet. */
export async function newSweep(run: Run, previous?: Counts): Promise<Sweep> {
  return {
    startedAt: run.clock.now(),
    before: await ledgerTime(run.database),
    table: Array.from({ length: segments }, () => ({ isDone: false })),
    ledger: { after: "", isDone: false },
    documents: { after: beforeAllEntries, isDone: false },
    counts: { table: 0, ledger: 0, documents: 0 },
    ...(previous && { previous }),
  };
}

/** The parts of a sweep, each on its own. */
export const sweepParts = ["table", "ledger", "documents"] as const;

/** One of {@link sweepParts}. */
export type SweepPart = (typeof sweepParts)[number];

/** Whether a sweep has completed a part. */
export function isDone(sweep: Sweep, part: SweepPart): boolean {
  return part === "table" ? sweep.table.every((segment) => segment.isDone) : sweep[part].isDone;
}

/** Compares the next page of a part of a sweep, which no run interrupts. */
export function sweepPage(run: Run, sweep: Sweep, part: SweepPart): Promise<Sweep> {
  switch (part) {
    case "table":
      return tablePage(run, sweep);
    case "ledger":
      return ledgerPage(run, sweep);
    case "documents":
      return documentsPage(run, sweep);
  }
}

/** A page of each remaining part of the table, compared with the ledger. */
async function tablePage(run: Run, sweep: Sweep): Promise<Sweep> {
  const pages = await Promise.all(
    sweep.table.map(async (state, segment) => {
      if (state.isDone) return { state, payments: [] };
      const of = sweep.table.length;
      const { payments, next } = await segmentPage(run.dynamo, {
        segment,
        of,
        after: state.after,
      });
      return { state: next ? { after: next, isDone: false } : { isDone: true }, payments };
    }),
  );
  // one after the other: there is one connection to the database
  for (const { payments } of pages) await compareWithLedger(run, payments);
  return counted(
    { ...sweep, table: pages.map(({ state }) => state) },
    "table",
    pages.reduce((sum, { payments }) => sum + payments.length, 0),
  );
}

/** Payments of the ledger in a page. */
const idsPerPage = 1_000;

/** Payments of the ledger, in order, that the table should have. */
async function ledgerPage(run: Run, sweep: Sweep): Promise<Sweep> {
  const ids = await ledgerIds(run.database, sweep.ledger.after, idsPerPage);
  await noteMissing(run, ids, await readPayments(run.dynamo, ids, "as of a moment ago"));
  const ledger = {
    after: ids.at(-1) ?? sweep.ledger.after,
    isDone: ids.length < idsPerPage,
  };
  return counted({ ...sweep, ledger }, "ledger", ids.length);
}

/** Entries in a page. */
const entriesPerPage = 5_000;

/** Entries, in the order in which they were posted, whose documents the audit bucket should have. */
async function documentsPage(run: Run, sweep: Sweep): Promise<Sweep> {
  const { documents, before } = sweep;
  const { after } = documents;
  const { entries, next } = await postedEntries(run.database, after, before, entriesPerPage);
  await run.suspects.note(idsOf(await undocumented(run.s3, entries)), "documents");
  return counted(
    { ...sweep, documents: { after: next ?? after, isDone: next === undefined } },
    "documents",
    entries.length,
  );
}

function counted(sweep: Sweep, part: SweepPart, more: number): Sweep {
  return { ...sweep, counts: { ...sweep.counts, [part]: sweep.counts[part] + more } };
}
