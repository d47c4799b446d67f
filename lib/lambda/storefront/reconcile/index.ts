import { Logger } from "@aws-lambda-powertools/logger";
import { MetricUnit, Metrics } from "@aws-lambda-powertools/metrics";
import type { Context } from "aws-lambda";
import * as z from "zod/mini";
import { backgroundClient } from "../../aws/clients";
import { integer } from "../../aws/environment";
import { deployedPayments, orderStore } from "../surroundings";
import type { OrderSlice } from "../store/order-store";
import { Findings } from "./findings";
import type { OrderDifference } from "./findings";
import { sliceAt, slicesOf } from "./plan";
import { reconcileOrders } from "./reconcile-orders";

/** What a comparison of orders with their payments found. */
export interface OrderReconciliationReport {
  /** Orders that were compared; one that both parts of the run found counts for each. */
  readonly checked: number;
  /** Orders that had not heard of their payment, and have now. */
  readonly healed: number;
  /** Orders that could not be compared; their ids are in the function's log. */
  readonly failed: number;
  readonly differenceCount: number;
  /** The first 100; all are in the function's log. */
  readonly differences: readonly OrderDifference[];
  /** The part of everything that was compared. */
  readonly slice: OrderSlice;
  /** Whether all was compared, or the run timed out or some failed. */
  readonly complete: boolean;
}

/** Milliseconds of the function's time in which it begins no more orders: one may be read twice, and settled. */
const reportingTime = 30_000;

const schedule = {
  everyMinutes: integer("EVERY_MINUTES", 15, 1440),
  sweepDays: integer("SWEEP_DAYS", 1, 365),
  expiryMinutes: integer("ORDER_EXPIRY_MINUTES", 5, 720),
};

const eventSchema = z.object({
  /** When the run was scheduled; by default now. */
  time: z.optional(z.iso.datetime()),
  /** The slice to be compared, in place of that of the time. */
  slice: z.optional(z.int().check(z.minimum(0), z.maximum(slicesOf(schedule) - 1))),
});

const logger = new Logger();
const metrics = new Metrics();
const store = orderStore(backgroundClient);
const payments = deployedPayments(logger);

/**
 * Compares orders with their payments and reports every difference: in the log, as a metric with an alarm, and in its
 * response; also when it fails. Orders that have not heard of their payment are settled with it. The schedule's event
 * says which slice of everything is compared; `slice` names another one.
 */
export async function handler(
  event: unknown,
  context: Pick<Context, "getRemainingTimeInMillis">,
): Promise<OrderReconciliationReport> {
  const { time, slice: wanted } = eventSchema.parse(event ?? {});
  const planned = sliceAt(time === undefined ? Date.now() : Date.parse(time), schedule);
  const slice = { ...planned, index: wanted ?? planned.index };
  const findings = new Findings((difference) => {
    logger.error("An order and its payment differ", { ...difference });
  });
  try {
    const complete = await reconcileOrders(
      {
        store,
        payments,
        logger,
        findings,
        schedule,
        now: Date.now,
        endBy: Date.now() + context.getRemainingTimeInMillis() - reportingTime,
      },
      slice,
    );
    metrics.addMetric("OrderReconciliationComplete", MetricUnit.Count, complete ? 1 : 0);
    const { checked, healed, failed, differenceCount, differences } = findings;
    return { checked, healed, failed, differenceCount, differences, slice, complete };
  } finally {
    const { checked, healed, failed, differenceCount } = findings;
    metrics.addMetric("OrderReconciliationDifferences", MetricUnit.Count, differenceCount);
    metrics.addMetric("ReconciledOrders", MetricUnit.Count, checked);
    metrics.publishStoredMetrics();
    logger.info("Compared orders with their payments", {
      checked,
      healed,
      failed,
      differenceCount,
      slice,
    });
  }
}
