import { Logger } from "@aws-lambda-powertools/logger";
import { MetricUnit, Metrics } from "@aws-lambda-powertools/metrics";
import { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod/mini";
import { backgroundClient } from "../aws";
import { withDatabase } from "../database/connection";
import { writeAuditDocument } from "./audit";
import { changeOf } from "./change";
import { setAside } from "./dead-letter";
import { isPoison } from "./poison";
import { post } from "./post";

/** What became of the records of a run, by number. */
export interface LedgerSummary {
  /** Payments' changes that are in the ledger and in the audit bucket, now or from an earlier run. */
  readonly posted: number;
  /** Records that concern no payment. */
  readonly ignored: number;
  /** Records that can never be posted and were set aside. */
  readonly deadLettered: number;
}

const eventSchema = z.object({ Records: z.array(z.unknown()) });

const logger = new Logger();
const metrics = new Metrics();
const s3 = new S3Client(backgroundClient);

/**
 * Takes changes of the table, in order: each is posted to the ledger and documented in the audit
 * bucket. A record that can never be posted is set aside, and the rest go on. Any other failure is
 * thrown, so that the stream brings the batch again; what was done of it changes nothing then.
 */
export async function handler(event: unknown): Promise<LedgerSummary> {
  const { Records } = eventSchema.parse(event);
  const summary = { posted: 0, ignored: 0, deadLettered: 0 };
  try {
    for (const record of Records) summary[await take(record)] += 1;
  } finally {
    if (summary.deadLettered > 0) {
      metrics.addMetric("DeadLetters", MetricUnit.Count, summary.deadLettered);
      metrics.publishStoredMetrics();
    }
  }
  logger.info("Took changes of the table", { ...summary });
  return summary;
}

async function take(record: unknown): Promise<keyof LedgerSummary> {
  try {
    const change = changeOf(record);
    if (change === undefined) return "ignored";
    await withDatabase((client) => post(client, change));
    await writeAuditDocument(s3, change);
    return "posted";
  } catch (error) {
    if (!isPoison(error)) throw error;
    const key = await setAside(s3, record, error.message);
    logger.error("Set a record aside", { key, reason: error.message });
    return "deadLettered";
  }
}
