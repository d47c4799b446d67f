import { type DifferenceKind, compare } from "./compare";
import { undocumented } from "./documents";
import { type Entry, entriesOf, idsOf } from "./entries";
import { ledgerTime, readLedger } from "./ledger";
import { pagesOf } from "./pages";
import type { Run } from "./run";
import { readPayments } from "./table";

/** Suspects that are checked together. */
const pageSize = 1_000;

/** Milliseconds until the suspects are checked again; doubled each time. */
const firstWait = 1_000;

/** A suspect as it was last read. */
interface Seen {
  readonly id: string;
  /** The table's version when it was first read. */
  readonly firstVersion: number | undefined;
  readonly version: number | undefined;
  /** What the ledger had posted. */
  readonly posted: string;
  readonly kinds: readonly DifferenceKind[];
}

/**
 * Checks all suspects of a run, together, until they agree or the grace period is over; then one is a
 * difference if the table's version has not changed since the first check, and pending if it has. Those
 * that agree are no longer suspects; the others stay in the database for the next run.
 */
export async function settle(run: Run): Promise<void> {
  const { suspects, clock, grace, findings } = run;
  const graceEnd = clock.now() + grace;
  const lookedAt = await ledgerTime(run.database);
  const open = await settleAmounts(run, graceEnd);
  const withDocuments = [...suspects.toSettle.entries()]
    .filter(([, suspicion]) => suspicion === "documents")
    .map(([id]) => id);
  const withoutDocuments = await settleDocuments(run, withDocuments, graceEnd);

  const agreed = [...suspects.toSettle.keys()].filter(
    (id) => !open.has(id) && !withoutDocuments.has(id),
  );
  for (const ids of pagesOf(agreed, pageSize)) await suspects.clear(ids, lookedAt);
  findings.pending += suspects.left;
}

/** Compares table and ledger; returns the suspects that are not known to agree. */
async function settleAmounts(run: Run, graceEnd: number): Promise<ReadonlySet<string>> {
  const { suspects, clock, findings } = run;
  let open: readonly Seen[] = [];
  const late: string[] = [];
  for (const ids of pagesOf([...suspects.toSettle.keys()], pageSize))
    if (clock.now() < clock.endBy) open = [...open, ...(await check(run, ids, new Map()))];
    else late.push(...ids);

  for (let wait = firstWait; open.length > 0; wait *= 2) {
    const left = timeToWait(run, graceEnd);
    if (left <= 0) break;
    await clock.sleep(Math.min(wait, left));
    open = await recheck(run, open, wait >= left);
  }
  const isOver = clock.now() >= graceEnd;
  const moving = open.filter((seen) => !isOver || seen.firstVersion !== seen.version);
  const differing = open.filter((seen) => !moving.includes(seen));
  for (const { id, kinds } of differing)
    for (const kind of kinds) findings.add({ paymentId: id, kind });
  findings.pending += moving.length + late.length;
  return new Set([...open.map(({ id }) => id), ...late]);
}

/** Milliseconds until the grace period or the run's time is over. */
const timeToWait = ({ clock }: Run, graceEnd: number) =>
  Math.min(graceEnd, clock.endBy) - clock.now();

/**
 * Checks those again of which something was posted since, and at the end all. Queries of the ledger are
 * cheap; the table has to be queried for each payment.
 */
async function recheck(run: Run, open: readonly Seen[], all: boolean): Promise<readonly Seen[]> {
  const still: Seen[] = [];
  for (const page of pagesOf(open, pageSize)) {
    const before = new Map(page.map((seen) => [seen.id, seen]));
    const ledger = await readLedger(run.database, [...before.keys()]);
    const moved = all ? page : page.filter(({ id, posted }) => posted !== postedOf(ledger.get(id)));
    const ids = new Set(moved.map(({ id }) => id));
    still.push(...page.filter(({ id }) => !ids.has(id)), ...(await check(run, [...ids], before)));
  }
  return still;
}

/** Those that do not agree. The table is read first: the ledger can only be ahead for a moment. */
async function check(
  run: Run,
  ids: readonly string[],
  before: ReadonlyMap<string, Seen>,
): Promise<readonly Seen[]> {
  const table = await readPayments(run.dynamo, ids, "as they are now");
  const ledger = await readLedger(run.database, ids);
  return ids
    .map((id) => {
      const version = table.get(id)?.payment?.version;
      const known = before.get(id);
      return {
        id,
        firstVersion: known === undefined ? version : known.firstVersion,
        version,
        posted: postedOf(ledger.get(id)),
        kinds: compare(table.get(id), ledger.get(id)),
      };
    })
    .filter(({ kinds }) => kinds.length > 0);
}

const postedOf = (ledger: { version: number; entries: number } | undefined) =>
  ledger === undefined ? "" : `${String(ledger.version)}/${String(ledger.entries)}`;

/**
 * Looks for documents, twice if some are missing before the grace period is over; returns the suspects that are
 * not known to have all of theirs.
 */
async function settleDocuments(
  run: Run,
  ids: readonly string[],
  graceEnd: number,
): Promise<ReadonlySet<string>> {
  const { clock, findings } = run;
  let { missing, late } = await documentsOf(run, ids);
  const left = timeToWait(run, graceEnd);
  if (missing.length > 0 && left > 0) {
    await clock.sleep(left);
    const again = await documentsOf(run, idsOf(missing));
    missing = again.missing;
    late = [...late, ...again.late];
  }
  const isOver = clock.now() >= graceEnd;
  if (isOver)
    for (const { id, version } of missing)
      findings.add({ paymentId: id, kind: "undocumented", version });
  const withoutDocuments = idsOf(missing);
  findings.pending += late.length + (isOver ? 0 : withoutDocuments.length);
  return new Set([...withoutDocuments, ...late]);
}

/** Which changes of payments have no document, and which payments there was no time to check. */
async function documentsOf({ database, s3, clock }: Run, ids: readonly string[]) {
  const missing: Entry[] = [];
  const late: string[] = [];
  for (const page of pagesOf(ids, pageSize))
    if (clock.now() < clock.endBy)
      missing.push(...(await undocumented(s3, await entriesOf(database, page))));
    else late.push(...page);
  return { missing, late };
}
