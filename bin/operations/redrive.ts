import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { type DeadLetter, deadLetters, deleteDeadLetters, summaryOf } from "./dead-letters";
import { FunctionFailure, invoke } from "./invoke";
import type { Target } from "./target";

/** The outcome of a record. */
export const outcomes = [
  /** It is in the ledger and the audit bucket. */
  "posted",
  /** It concerns no payment. */
  "ignored",
  /** The ledger still cannot process it. */
  "still poison",
  /** The ledger could not be invoked, or failed: the cause may be transient. */
  "failed",
  /** The object is no dead letter. */
  "unreadable",
  /** It was only listed. */
  "waiting",
] as const;

/** The outcome of one record of one dead letter. */
export interface Redriven {
  readonly letter: string;
  readonly paymentId: string;
  readonly event: string;
  readonly outcome: (typeof outcomes)[number];
  readonly reason: string;
}

/** Options of {@link redrive}. */
export interface RedriveOptions {
  readonly dryRun: boolean;
  /** Milliseconds between tries of a batch that fails; one more is made than there are pauses. */
  readonly pauses?: readonly number[];
}

/** Records that are submitted together: as many as the stream delivers, and as Lambda accepts (6 MB). */
const maxRecords = 100;
const maxBytes = 5_000_000;

/** Consecutive records that fail alone before the redrive stops: the ledger is unavailable. */
const maxFailures = 3;

/**
 * Lists the dead letters, or submits their records to the ledger function, batch by batch. A dead letter
 * is deleted when the function has returned an outcome for every record of it: it has posted them, or has
 * written them to dead letters of their own. However it is interrupted, no record is lost, and the next
 * redrive continues with the rest; a second time posts nothing twice, and writes audit documents that are
 * missing. Only one batch and the dead letters that are being read are in memory, however many there are.
 */
export async function* redrive(target: Target, options: RedriveOptions): AsyncGenerator<Redriven> {
  const { dryRun, pauses = [1_000, 5_000] } = options;
  const batch = new Batch(target, pauses);
  for await (const letter of deadLetters(target.s3, target.outputs.deadLetterBucketName)) {
    const { key, reason, records } = letter;
    if (records.length === 0)
      yield { letter: key, paymentId: "", event: "", outcome: "unreadable", reason };
    if (dryRun) {
      for (const record of records) yield rowOf(letter, record, { outcome: "waiting", reason });
      continue;
    }
    const pending = { letter, remaining: records.length, mustRemain: false };
    for (const record of records) {
      const bytes = Buffer.byteLength(JSON.stringify(record));
      if (!batch.hasRoomFor(bytes)) yield* await batch.submit();
      if (batch.isStopped) return;
      batch.add({ of: pending, record, bytes });
    }
  }
  yield* await batch.submit();
}

/** A dead letter of which some records may be in one batch and some in the next. */
interface PendingLetter {
  readonly letter: DeadLetter;
  /** Records without an outcome. */
  remaining: number;
  /** Whether it remains, whatever the outcomes of its other records. */
  mustRemain: boolean;
}

interface QueuedRecord {
  readonly of: PendingLetter;
  readonly record: unknown;
  readonly bytes: number;
}

interface RecordResult extends Pick<Redriven, "outcome" | "reason"> {
  /** The dead letter that the function has written of the record. */
  readonly letter?: string;
}

/** Records that are submitted together. */
class Batch {
  private queue: QueuedRecord[] = [];
  private failures = 0;

  constructor(
    private readonly target: Target,
    private readonly pauses: readonly number[],
  ) {}

  /** Whether so many consecutive records have failed that no more are tried. */
  get isStopped(): boolean {
    return this.failures >= maxFailures;
  }

  hasRoomFor(bytes: number): boolean {
    const size = this.queue.reduce((sum, each) => sum + each.bytes, bytes);
    return this.queue.length < maxRecords && (size <= maxBytes || this.queue.length === 0);
  }

  add(record: QueuedRecord): void {
    this.queue.push(record);
  }

  /** Submits the queue, and deletes the dead letters that are done; records that were not tried have no row. */
  async submit(): Promise<Redriven[]> {
    const [taken, rows, done]: [QueuedRecord[], Redriven[], string[]] = [this.queue, [], []];
    this.queue = [];
    const results = await this.resultsOf(taken.map(({ record }) => record));
    for (const [at, result] of results.entries()) {
      const one = taken[at];
      if (one === undefined) continue;
      const { of, record } = one;
      rows.push(rowOf(of.letter, record, result));
      of.remaining -= 1;
      // the function has overwritten it, or the record's outcome is not known
      if (result.outcome === "failed" || result.letter === of.letter.key) of.mustRemain = true;
      if (of.remaining === 0 && !of.mustRemain) done.push(of.letter.key);
    }
    await deleteDeadLetters(this.target.s3, this.target.outputs.deadLetterBucketName, done);
    return rows;
  }

  /** Invokes the function with all records, retries after a pause; in the end one by one, until too many fail. */
  private async resultsOf(records: readonly unknown[]): Promise<readonly RecordResult[]> {
    if (records.length === 0) return [];
    let results: readonly RecordResult[] = [];
    for (const pause of [0, ...this.pauses]) {
      await sleep(pause);
      results = await this.invoke(records);
      if (!results.some(isFailed)) {
        this.failures = 0;
        return results;
      }
    }
    return records.length === 1 ? this.counted(results) : this.oneByOne(records);
  }

  private async oneByOne(records: readonly unknown[]): Promise<readonly RecordResult[]> {
    const results: RecordResult[] = [];
    for (const record of records) {
      if (this.isStopped) break;
      results.push(...this.counted(await this.invoke([record])));
    }
    return results;
  }

  /** Counts consecutive failures of records that are submitted alone. */
  private counted(results: readonly RecordResult[]): readonly RecordResult[] {
    this.failures = results.some(isFailed) ? this.failures + 1 : 0;
    return results;
  }

  private async invoke(records: readonly unknown[]): Promise<readonly RecordResult[]> {
    try {
      const schema = z.object({ outcomes: z.array(outcomeSchema).length(records.length) });
      const name = this.target.outputs.ledgerLambdaName;
      return (await invoke(this.target, name, { Records: records }, schema)).outcomes;
    } catch (error) {
      if (!isTransient(error)) throw error;
      return records.map(() => ({ outcome: "failed", reason: error.message }));
    }
  }
}

const isFailed = ({ outcome }: RecordResult) => outcome === "failed";

/** The function's outcome of one record. */
const outcomeSchema = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("posted") }),
    z.object({ kind: z.literal("ignored") }),
    z.object({ kind: z.literal("deadLettered"), letter: z.string(), reason: z.string() }),
  ])
  .transform((outcome): RecordResult => {
    switch (outcome.kind) {
      case "posted":
        return { outcome: "posted", reason: "" };
      case "ignored":
        return { outcome: "ignored", reason: "concerns no payment" };
      case "deadLettered":
        return { outcome: "still poison", reason: outcome.reason, letter: outcome.letter };
    }
  });

/** The function has failed, or has no concurrency left beside the stream's invocations. */
function isTransient(error: unknown): error is Error {
  return (
    error instanceof FunctionFailure ||
    (error instanceof Error && error.name === "TooManyRequestsException")
  );
}

function rowOf({ key }: DeadLetter, record: unknown, { outcome, reason }: RecordResult): Redriven {
  return { letter: key, ...summaryOf(record), outcome, reason };
}
