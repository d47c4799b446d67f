import * as z from "zod";
import { type DeadLetter, deadLetters, deleteLetter, readLetter, summaryOf } from "./dead-letters";
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

const summarySchema = z.object({ posted: z.int(), ignored: z.int(), deadLettered: z.int() });

/** Letters in a row that fail before the rest is left alone: the ledger is away. */
const patience = 3;

/**
 * Lists the dead letters, or hands each record to the ledger function. A letter is deleted when the
 * function has answered for every record of it: it has posted them, or has set them aside again in a
 * letter of their own. However it is interrupted, no record is lost; a second time posts nothing twice.
 */
export async function* redrive(
  target: Target,
  { dryRun }: { readonly dryRun: boolean },
): AsyncGenerator<Redriven> {
  const { s3, outputs } = target;
  const bucket = outputs.deadLetterBucketName;
  let failures = 0;
  for await (const letter of deadLetters(s3, bucket)) {
    const { key, reason, records } = letter;
    if (records.length === 0) {
      yield { letter: key, paymentId: "", event: "", outcome: "unreadable", reason };
      continue;
    }
    const results: Redriven[] = [];
    for (const record of records) {
      const result = dryRun
        ? { outcome: "waiting" as const, reason }
        : await handIn(target, letter, record);
      const row = { letter: key, ...summaryOf(record), ...result };
      results.push(row);
      yield row;
    }
    if (dryRun) continue;
    const failed = results.some(({ outcome }) => outcome === "failed");
    failures = failed ? failures + 1 : 0;
    if (failures === patience) return;
    const kept = failed || (letter.writer === "ledger" && results[0]?.outcome === "still poison");
    if (!kept) await deleteLetter(s3, bucket, key);
  }
}

async function handIn(
  target: Target,
  letter: DeadLetter,
  record: unknown,
): Promise<Pick<Redriven, "outcome" | "reason">> {
  const { s3, outputs } = target;
  try {
    const event = { Records: [record] };
    const summary = await invoke(target, outputs.ledgerLambdaName, event, summarySchema);
    if (summary.posted === 1) return { outcome: "posted", reason: "" };
    if (summary.ignored === 1) return { outcome: "ignored", reason: "concerns no payment" };
    if (letter.writer === "lambda")
      return { outcome: "still poison", reason: "has a letter of its own now" };
    // the function has renewed the letter
    const renewed = await readLetter(s3, outputs.deadLetterBucketName, letter.key, letter.writer);
    return { outcome: "still poison", reason: renewed?.reason ?? letter.reason };
  } catch (error) {
    if (!(error instanceof FunctionFailure)) throw error;
    return { outcome: "failed", reason: error.message };
  }
}
