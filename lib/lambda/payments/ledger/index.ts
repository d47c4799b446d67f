import { Logger } from "@aws-lambda-powertools/logger";
import { MetricUnit, Metrics } from "@aws-lambda-powertools/metrics";
import { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod/mini";
import { backgroundClient } from "../../aws/clients";
import { withDatabase } from "../../database/connection";
import { type Outcome, processRecords } from "./process-records";

/** The results of an invocation. */
export interface LedgerSummary {
  /** How many are payments' changes that are in the ledger and in the audit bucket, now or from an earlier invocation. */
  readonly posted: number;
  /** How many concern no payment. */
  readonly ignored: number;
  /** How many can never be posted and were dead-lettered. */
  readonly deadLettered: number;
  /** The outcome of each, in their order. */
  readonly outcomes: readonly Outcome[];
}

const eventSchema = z.object({ Records: z.array(z.unknown()) });

/** A batch of the stream has at most 100. */
const perDocumentSchema = z._default(
  z.pipe(z.coerce.number(), z.int().check(z.minimum(1), z.maximum(100))),
  1,
);

const logger = new Logger();
const metrics = new Metrics();
const s3 = new S3Client(backgroundClient);

/**
 * Processes changes of the table: each is posted to the ledger and documented in the audit bucket. A
 * record that can never be posted is dead-lettered, and the rest are processed. Any other failure is
 * thrown, so that the stream delivers the batch again; processing it again changes nothing. Other batches
 * may be processed at the same time: the stream never has changes of one payment in two at once.
 */
export async function handler(event: unknown): Promise<LedgerSummary> {
  const { Records } = eventSchema.parse(event);
  const outcomes = await processRecords(Records, {
    s3,
    withDatabase,
    changesPerDocument: perDocumentSchema.parse(process.env["CHANGES_PER_DOCUMENT"]),
    logger,
  });
  const count = (kind: Outcome["kind"]) => outcomes.filter((one) => one.kind === kind).length;
  const summary = {
    posted: count("posted"),
    ignored: count("ignored"),
    deadLettered: count("deadLettered"),
  };
  if (summary.deadLettered > 0) {
    metrics.addMetric("DeadLetters", MetricUnit.Count, summary.deadLettered);
    metrics.publishStoredMetrics();
  }
  logger.info("Took changes of the table", summary);
  return { ...summary, outcomes };
}
