import type { S3Client } from "@aws-sdk/client-s3";
import type { Queryable } from "../../database/connection";
import { writeDocuments } from "./audit";
import { type Change, changeOf } from "./change";
import { setAside } from "./dead-letter";
import { nameOf } from "./document";
import { inParallel } from "./parallel";
import { isPoison } from "./poison";
import { postAll } from "./post";
import { noteSuspects, paymentsOf } from "./suspects";

/** What became of one record. */
export type Outcome =
  /** Its change is in the ledger and in the audit bucket, now or from an earlier run. */
  | { readonly kind: "posted" }
  /** It concerns no payment. */
  | { readonly kind: "ignored" }
  /** It can never be posted and was set aside. */
  | { readonly kind: "deadLettered"; readonly letter: string; readonly reason: string };

/** What taking changes needs, and whom it tells. */
export interface TakeOptions {
  readonly s3: S3Client;
  readonly withDatabase: <T>(work: (client: Queryable) => Promise<T>) => Promise<T>;
  /** How many changes of a batch share an audit object. */
  readonly changesPerDocument: number;
  readonly logger: { error: (message: string, more: Record<string, unknown>) => void };
}

/**
 * Posts the changes that some records of the table's stream tell of, documents them when they are
 * posted, and sets aside what can never be. All changes are posted by one statement and documented
 * side by side. A failure that may pass is thrown: what was done then changes nothing when the records
 * come again.
 *
 * @returns what became of each record, in their order.
 */
export async function takeRecords(
  records: readonly unknown[],
  options: TakeOptions,
): Promise<readonly Outcome[]> {
  const readings = records.map(read);
  const changes = readings.flatMap(({ change }) => change ?? []);
  const refused = new Map<Change, Error>();
  for (const round of rounds(changes))
    for (const [change, error] of await take(round, options)) refused.set(change, error);

  const outcomes = readings.map(({ change }): Outcome => ({
    kind: change === undefined ? "ignored" : "posted",
  }));
  const poison = readings.flatMap(({ change, error }, at) => {
    const found = error ?? (change && refused.get(change));
    return found === undefined ? [] : [{ at, record: records[at], reason: found.message }];
  });
  await inParallel(poison, async ({ at, record, reason }) => {
    const letter = await setAside(options.s3, record, reason);
    outcomes[at] = { kind: "deadLettered", letter, reason };
    options.logger.error("Set a record aside", { key: letter, reason });
  });
  await suspect(paymentsOf(poison.map(({ record }) => record)), options);
  return outcomes;
}

/** What a record tells of, or why it is poison; neither for one that concerns no payment. */
function read(record: unknown): { readonly change?: Change | undefined; readonly error?: Error } {
  try {
    return { change: changeOf(record) };
  } catch (error) {
    if (isPoison(error)) return { error };
    throw error;
  }
}

/** The changes in rounds, in none of which one comes twice. A stream may repeat itself. */
function rounds(changes: readonly Change[]): readonly (readonly Change[])[] {
  const made: Change[][] = [];
  const times = new Map<string, number>();
  for (const change of changes) {
    const name = nameOf(change);
    const round = times.get(name) ?? 0;
    times.set(name, round + 1);
    (made[round] ??= []).push(change);
  }
  return made;
}

/** Posts and documents; returns what can never be. */
async function take(
  changes: readonly Change[],
  { s3, withDatabase, changesPerDocument }: TakeOptions,
): Promise<Iterable<readonly [Change, Error]>> {
  const { entries, refused } = await withDatabase((client) =>
    postAll(client, changes, changesPerDocument),
  );
  return [...refused, ...(await writeDocuments(s3, entries))];
}

/** Their letters are written: that the database is away now is no reason to take everything again. */
async function suspect(
  ids: readonly string[],
  { withDatabase, logger }: TakeOptions,
): Promise<void> {
  if (ids.length === 0) return;
  try {
    await withDatabase((client) => noteSuspects(client, ids));
  } catch (error) {
    logger.error("Could not note payments for the reconciliation", { ids, error });
  }
}
