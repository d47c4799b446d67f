import type { Logger } from "@aws-lambda-powertools/logger";
import type { S3Client } from "@aws-sdk/client-s3";
import type { Queryable } from "../../database/connection";
import { writeDocuments } from "./audit";
import { type Change, changeOf } from "./change";
import { writeDeadLetter } from "./dead-letter";
import { nameOf } from "./document";
import { inParallel } from "../../aws/in-parallel";
import { isPoison } from "./poison";
import { postAll } from "./post";
import { insertSuspects, paymentsOf } from "./suspects";

/** The outcome of one record. */
export type Outcome =
  /** Its change is in the ledger and in the audit bucket, now or from an earlier invocation. */
  | { readonly kind: "posted" }
  /** It concerns no payment. */
  | { readonly kind: "ignored" }
  /** It can never be posted and was dead-lettered. */
  | { readonly kind: "deadLettered"; readonly letter: string; readonly reason: string };

/** What processing records needs. */
export interface ProcessOptions {
  readonly s3: S3Client;
  readonly withDatabase: <T>(work: (client: Queryable) => Promise<T>) => Promise<T>;
  /** How many changes of a batch share an audit object. */
  readonly changesPerDocument: number;
  readonly logger: Pick<Logger, "debug" | "error">;
}

/**
 * Posts the changes in records of the table's stream, documents them when they are posted, and
 * dead-letters what can never be. All changes are posted by one statement and documented in parallel. A
 * failure that may be transient is thrown: what is done already changes nothing when the records are
 * delivered again.
 *
 * @returns the outcome of each record, in their order.
 */
export async function processRecords(
  records: readonly unknown[],
  options: ProcessOptions,
): Promise<readonly Outcome[]> {
  const parsed = records.map(parse);
  const changes = parsed.flatMap(({ change }) => change ?? []);
  options.logger.debug("Changes to post", { changes: changes.map(nameOf) });
  const refused = new Map<Change, Error>();
  for (const round of rounds(changes))
    for (const [change, error] of await postAndDocument(round, options)) refused.set(change, error);

  const outcomes = parsed.map(({ change }): Outcome => ({
    kind: change === undefined ? "ignored" : "posted",
  }));
  const poison = parsed.flatMap(({ change, error }, at) => {
    const found = error ?? (change && refused.get(change));
    return found === undefined ? [] : [{ at, record: records[at], reason: found.message }];
  });
  await inParallel(poison, async ({ at, record, reason }) => {
    const letter = await writeDeadLetter(options.s3, record, reason);
    outcomes[at] = { kind: "deadLettered", letter, reason };
    options.logger.error("Set a record aside", { key: letter, reason });
  });
  await recordSuspects(paymentsOf(poison.map(({ record }) => record)), options);
  return outcomes;
}

/** The change in a record, or why it is poison; neither for one that concerns no payment. */
function parse(record: unknown): { readonly change?: Change | undefined; readonly error?: Error } {
  try {
    return { change: changeOf(record) };
  } catch (error) {
    if (isPoison(error)) return { error };
    throw error;
  }
}

/** The changes in rounds, in none of which one occurs twice: a stream may deliver a record twice. */
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

/** Posts and documents changes; returns those that can never be. */
async function postAndDocument(
  changes: readonly Change[],
  { s3, withDatabase, changesPerDocument }: ProcessOptions,
): Promise<Iterable<readonly [Change, Error]>> {
  const { entries, refused } = await withDatabase((client) =>
    postAll(client, changes, changesPerDocument),
  );
  return [...refused, ...(await writeDocuments(s3, entries))];
}

/** Their dead letters are written: an outage of the database now is no reason to process everything again. */
async function recordSuspects(
  ids: readonly string[],
  { withDatabase, logger }: ProcessOptions,
): Promise<void> {
  if (ids.length === 0) return;
  try {
    await withDatabase((client) => insertSuspects(client, ids));
  } catch (error) {
    logger.error("Could not note payments for the reconciliation", { ids, error });
  }
}
