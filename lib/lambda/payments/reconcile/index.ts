import { setTimeout as sleep } from "node:timers/promises";
import { Logger } from "@aws-lambda-powertools/logger";
import { MetricUnit, Metrics } from "@aws-lambda-powertools/metrics";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import type { Context } from "aws-lambda";
import * as z from "zod/mini";
import { backgroundClient } from "../../aws/clients";
import { type Queryable, withDatabase } from "../../database/connection";
import { type Difference, Findings } from "./findings";
import { type SweepProgress, progressOf } from "./progress";
import { type Outcome, reconcile, reconcileEverything } from "./reconciliation";
import type { Clock, Run } from "./run";
import { readSettings } from "./settings";
import { Suspects } from "./suspects";
import { type Sweep, sweepSchema } from "./sweep";

/** What a comparison of table, ledger and audit documents found. */
export interface ReconciliationReport {
  /** Payments that were compared; one that several parts of the run found counts for each. */
  readonly checked: number;
  /** Payments that do not agree yet but may later: the next run checks them again. */
  readonly pending: number;
  readonly differenceCount: number;
  /** The first 100; all are in the function's log. */
  readonly differences: readonly Difference[];
  /** Whether all was done, or the run timed out. */
  readonly complete: boolean;
  /** The sweep's progress; absent if the run was skipped. */
  readonly sweep?: SweepProgress;
  /** Another run is in progress, and nothing was compared. */
  readonly skipped?: true;
  /** To be passed to the next invocation as `continueFrom`, to continue a sweep of everything. */
  readonly continueFrom?: Sweep;
}

const eventSchema = z.object({
  /** How long the ledger may lag behind the table. */
  graceSeconds: z._default(z.int().check(z.minimum(0), z.maximum(240)), 30),
  /** Sweep everything, from the beginning. */
  everything: z.optional(z.literal(true)),
  /** Continue a sweep of everything that timed out. */
  continueFrom: z.optional(sweepSchema),
});

/** Milliseconds that a run reserves to report what it found. */
const reportingTime = 10_000;
/** Milliseconds that a run reserves, beside the grace period, to check its suspects. */
const settlingTime = 20_000;

const logger = new Logger();
const metrics = new Metrics();
const dynamo = new DynamoDBClient(backgroundClient);
const s3 = new S3Client(backgroundClient);

/**
 * Compares table, ledger and audit documents and reports every difference: in the log, as a metric with
 * an alarm, and in its response; also when it fails or times out. By default it does what the schedule
 * does; `everything` sweeps everything, from the beginning. `graceSeconds` (0 to 240, default 30) is how
 * long the ledger may lag behind.
 */
export async function handler(
  event: unknown,
  context: Pick<Context, "getRemainingTimeInMillis">,
): Promise<ReconciliationReport> {
  const { graceSeconds, everything, continueFrom } = eventSchema.parse(event ?? {});
  const settings = readSettings();
  const findings = new Findings((difference) => {
    logger.error("Table, ledger and audit documents differ", { ...difference });
  });
  const grace = graceSeconds * 1_000;
  const clock = clockOf(context, grace);
  const runOn = (database: Queryable): Run => ({
    dynamo,
    s3,
    database,
    settings,
    findings,
    suspects: new Suspects(database),
    clock,
    grace,
  });
  const plan = () => ({ now: clock.now(), sweepDays: settings.sweepDays });
  try {
    if (everything === true) {
      const outcome = await withDatabase((database) =>
        reconcileEverything(runOn(database), continueFrom),
      );
      return {
        ...reportOf(findings, outcome, progressOf(outcome.sweep, plan())),
        ...(!outcome.complete && { continueFrom: outcome.sweep }),
      };
    }
    const outcome = await withDatabase((database) => reconcile(runOn(database), logMalformed));
    if (outcome === undefined) {
      logger.warn("Another run is under way");
      return { ...reportOf(findings, { complete: false }), skipped: true };
    }
    const progress = progressOf(outcome.sweep, plan());
    if (outcome.changesCompared) metrics.addMetric("ReconciliationEnded", MetricUnit.Count, 1);
    metrics.addMetric("SweepLagSeconds", MetricUnit.Seconds, progress.lagSeconds);
    return reportOf(findings, outcome, progress);
  } finally {
    const { checked, pending, differenceCount } = findings;
    metrics.addMetric("ReconciliationDifferences", MetricUnit.Count, differenceCount);
    metrics.addMetric("PaymentsChecked", MetricUnit.Count, checked);
    metrics.publishStoredMetrics();
    logger.info("Compared table, ledger and audit documents", {
      checked,
      pending,
      differenceCount,
    });
  }
}

function logMalformed(problems: readonly string[]): void {
  logger.error("The checkpoint cannot be used: the sweep begins anew", { problems });
}

function clockOf(context: Pick<Context, "getRemainingTimeInMillis">, grace: number): Clock {
  const now = Date.now();
  const time = context.getRemainingTimeInMillis() - reportingTime;
  return {
    now: Date.now,
    sleep: (milliseconds) => sleep(milliseconds),
    endBy: now + time,
    workUntil: now + time - Math.min(grace + settlingTime, time / 2),
  };
}

function reportOf(
  { checked, pending, differenceCount, differences }: Findings,
  { complete }: Pick<Outcome, "complete">,
  sweep?: SweepProgress,
): ReconciliationReport {
  return { checked, pending, differenceCount, differences, complete, ...(sweep && { sweep }) };
}
