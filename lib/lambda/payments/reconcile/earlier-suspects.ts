import { compare } from "./compare";
import { undocumented } from "./documents";
import { entriesOf } from "./entries";
import { ledgerTime, readLedger } from "./ledger";
import type { Run } from "./run";
import { maxSuspects } from "./suspects";
import { readPayments } from "./table";

/** Suspects in a page. */
const pageSize = 1_000;

/** Suspects of earlier runs that one run settles; the rest of the capacity is for its own. */
const maxEarlier = maxSuspects / 2;

/** What part of its time a run gives to the suspects of earlier runs. */
const timeShare = 1 / 3;

/**
 * Checks the suspects of earlier runs and those that the ledger function recorded: those that agree are
 * cleared, the others are settled with those of this run. What exceeds its capacity or time is left to the
 * next run, which begins with it.
 *
 * @param after - Where an earlier run stopped.
 * @returns where the next run is to begin.
 */
export async function recheckSuspects(run: Run, after: string): Promise<string> {
  const { clock, suspects } = run;
  const start = clock.now();
  const until = start + (clock.workUntil - start) * timeShare;
  let last = after;
  let isFromFirst = after === "";
  while (clock.now() < until && suspects.toSettle.size < maxEarlier) {
    const ids = await suspects.following(last, pageSize);
    await check(run, ids);
    last = ids.at(-1) ?? "";
    if (ids.length < pageSize) {
      if (isFromFirst) return "";
      last = "";
      isFromFirst = true;
    }
  }
  return last;
}

async function check({ dynamo, database, s3, suspects, findings }: Run, ids: readonly string[]) {
  const lookedAt = await ledgerTime(database);
  const table = await readPayments(dynamo, ids, "as they are now");
  const ledger = await readLedger(database, ids);
  const agreeing = ids.filter((id) => compare(table.get(id), ledger.get(id)).length === 0);
  const withoutDocuments = new Set(
    (await undocumented(s3, await entriesOf(database, agreeing))).map(({ id }) => id),
  );
  const right = new Set(agreeing.filter((id) => !withoutDocuments.has(id)));
  findings.checked += ids.length;
  await suspects.clear([...right], lookedAt);
  suspects.remember(
    ids.filter((id) => !right.has(id)),
    "documents",
  );
}
