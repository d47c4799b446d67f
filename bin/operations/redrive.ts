import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { type DeadLetter, deadLetters, deleteLetters, summaryOf } from "./dead-letters";
import { FunctionFailure, invoke } from "./invoke";
import type { Target } from "./target";

/** What became of a record. */
export const outcomes = [
  /** It is in the ledger and the audit bucket. */
  "posted",
  /** It concerns no payment. */
  "ignored",
  /** The ledger still cannot take it. */
  "still poison",
  /** The ledger could not be asked, or failed: the cause may pass. */
  "failed",
  /** The object is no dead letter. */
  "unreadable",
  /** It was only listed. */
  "waiting",
] as const;

/** What became of one record of one letter. */
export interface Redriven {
  readonly letter: string;
  readonly paymentId: string;
  readonly event: string;
  readonly outcome: (typeof outcomes)[number];
  readonly reason: string;
}

/** How a redrive goes about it. */
export interface RedriveOptions {
  readonly dryRun: boolean;
  /** Milliseconds between tries of a batch that fails; one more is made than there are pauses. */
  readonly pauses?: readonly number[];
}

/** Records that are handed in together: as many as the stream brings, and as Lambda takes (6 MB). */
const maxRecords = 100;
const maxBytes = 5_000_000;

/** Records in a row that fail alone before the rest is left: the ledger is away. */
const patience = 3;

/**
 * Lists the dead letters, or hands their records to the ledger function, batch by batch. A letter is
 * deleted when the function has answered for every record of it: it has posted them, or has set them
 * aside again in a letter of their own. However it is interrupted, no record is lost, and the next
 * redrive goes on with what is left; a second time posts nothing twice, and writes audit documents
 * that are missing. It holds one batch and the letters that are being read, however many there are.
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
    const opened = { letter, unanswered: records.length, isKept: false };
    for (const record of records) {
      const bytes = Buffer.byteLength(JSON.stringify(record));
      if (!batch.hasRoomFor(bytes)) yield* await batch.handIn();
      if (batch.isInVain) return;
      batch.add({ of: opened, record, bytes });
    }
  }
  yield* await batch.handIn();
}

/** A letter of which some records may be in one batch and some in the next. */
interface Opened {
  readonly letter: DeadLetter;
  /** Records that the function has not answered for. */
  unanswered: number;
  /** Whether it stays, whatever becomes of its other records. */
  isKept: boolean;
}

interface Waiting {
  readonly of: Opened;
  readonly record: unknown;
  readonly bytes: number;
}

interface Answer extends Pick<Redriven, "outcome" | "reason"> {
  /** The letter that the function has written of the record. */
  readonly letter?: string;
}

/** Records that are handed in together. */
class Batch {
  private waiting: Waiting[] = [];
  private failures = 0;

  constructor(
    private readonly target: Target,
    private readonly pauses: readonly number[],
  ) {}

  /** Whether so many records have failed in a row that no more are tried. */
  get isInVain(): boolean {
    return this.failures >= patience;
  }

  hasRoomFor(bytes: number): boolean {
    const size = this.waiting.reduce((sum, each) => sum + each.bytes, bytes);
    return this.waiting.length < maxRecords && (size <= maxBytes || this.waiting.length === 0);
  }

  add(record: Waiting): void {
    this.waiting.push(record);
  }

  /** Hands in what waits, and deletes the letters that are done; what was not tried has no row. */
  async handIn(): Promise<Redriven[]> {
    const [taken, rows, done]: [Waiting[], Redriven[], string[]] = [this.waiting, [], []];
    this.waiting = [];
    const answers = await this.answersTo(taken.map(({ record }) => record));
    for (const [at, answer] of answers.entries()) {
      const one = taken[at];
      if (one === undefined) continue;
      const { of, record } = one;
      rows.push(rowOf(of.letter, record, answer));
      of.unanswered -= 1;
      // the function has renewed it, or nothing is known of the record
      if (answer.outcome === "failed" || answer.letter === of.letter.key) of.isKept = true;
      if (of.unanswered === 0 && !of.isKept) done.push(of.letter.key);
    }
    await deleteLetters(this.target.s3, this.target.outputs.deadLetterBucketName, done);
    return rows;
  }

  /** All together, again after a pause if that fails; in the end one by one, until too many fail. */
  private async answersTo(records: readonly unknown[]): Promise<readonly Answer[]> {
    if (records.length === 0) return [];
    let answers: readonly Answer[] = [];
    for (const pause of [0, ...this.pauses]) {
      await sleep(pause);
      answers = await this.ask(records);
      if (!answers.some(isFailed)) {
        this.failures = 0;
        return answers;
      }
    }
    return records.length === 1 ? this.counted(answers) : this.oneByOne(records);
  }

  private async oneByOne(records: readonly unknown[]): Promise<readonly Answer[]> {
    const answers: Answer[] = [];
    for (const record of records) {
      if (this.isInVain) break;
      answers.push(...this.counted(await this.ask([record])));
    }
    return answers;
  }

  /** Counts failures in a row of records that are alone. */
  private counted(answers: readonly Answer[]): readonly Answer[] {
    this.failures = answers.some(isFailed) ? this.failures + 1 : 0;
    return answers;
  }

  private async ask(records: readonly unknown[]): Promise<readonly Answer[]> {
    try {
      const schema = z.object({ outcomes: z.array(outcomeSchema).length(records.length) });
      const name = this.target.outputs.ledgerLambdaName;
      return (await invoke(this.target, name, { Records: records }, schema)).outcomes;
    } catch (error) {
      if (!mayPass(error)) throw error;
      return records.map(() => ({ outcome: "failed", reason: error.message }));
    }
  }
}

const isFailed = ({ outcome }: Answer) => outcome === "failed";

/** As the function answers for one record. */
const outcomeSchema = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("posted") }),
    z.object({ kind: z.literal("ignored") }),
    z.object({ kind: z.literal("deadLettered"), letter: z.string(), reason: z.string() }),
  ])
  .transform((outcome): Answer => {
    switch (outcome.kind) {
      case "posted":
        return { outcome: "posted", reason: "" };
      case "ignored":
        return { outcome: "ignored", reason: "concerns no payment" };
      case "deadLettered":
        return { outcome: "still poison", reason: outcome.reason, letter: outcome.letter };
    }
  });

/** The function has failed, or has no room for one more run beside those of the stream. */
function mayPass(error: unknown): error is Error {
  return (
    error instanceof FunctionFailure ||
    (error instanceof Error && error.name === "TooManyRequestsException")
  );
}

function rowOf({ key }: DeadLetter, record: unknown, { outcome, reason }: Answer): Redriven {
  return { letter: key, ...summaryOf(record), outcome, reason };
}
