import { setTimeout as sleep } from "node:timers/promises";
import { Logger } from "@aws-lambda-powertools/logger";
import { MetricUnit, Metrics } from "@aws-lambda-powertools/metrics";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import { backgroundClient } from "../aws";
import { withDatabase } from "../database/connection";
import { type Difference, reconcile } from "./reconciliation";

/** What a comparison of table and ledger found. */
export interface ReconciliationReport {
  /** Payments in the table. */
  readonly checked: number;
  /** Payments that kept changing while they were looked at: the next run compares them. */
  readonly pending: number;
  readonly differenceCount: number;
  /** The first 100; all are in the function's log. */
  readonly differences: readonly Difference[];
}

/** Differences in a report: an answer of a function has at most 6 MB. */
const maxReported = 100;

const eventSchema = z.object({
  /** How long the ledger may lag behind the table. */
  graceSeconds: z._default(z.int().check(z.minimum(0), z.maximum(240)), 30),
});

const logger = new Logger();
const metrics = new Metrics();
const dynamo = new DynamoDBClient(backgroundClient);

/**
 * Compares the table with the ledger and tells every difference: in the log, as a metric that raises
 * an alarm, and in the report. The event may say `graceSeconds` (0 to 240, default 30).
 */
export async function handler(event: unknown): Promise<ReconciliationReport> {
  const { graceSeconds } = eventSchema.parse(event ?? {});
  const differences: Difference[] = [];
  let differenceCount = 0;
  const reconciled = await withDatabase((database) =>
    reconcile({
      dynamo,
      database,
      grace: graceSeconds * 1_000,
      sleep,
      report(difference) {
        differenceCount += 1;
        if (differences.length < maxReported) differences.push(difference);
        logger.error("Table and ledger differ", { ...difference });
      },
    }),
  );
  metrics.addMetric("ReconciliationDifferences", MetricUnit.Count, differenceCount);
  metrics.addMetric("PaymentsChecked", MetricUnit.Count, reconciled.checked);
  metrics.publishStoredMetrics();
  logger.info("Compared table and ledger", { ...reconciled, differenceCount });
  return { ...reconciled, differenceCount, differences };
}
