import { Logger } from "@aws-lambda-powertools/logger";
import { MetricUnit, Metrics } from "@aws-lambda-powertools/metrics";
import type { Context } from "aws-lambda";
import { backgroundClient } from "../../aws/clients";
import { integer } from "../../aws/environment";
import { deployedPayments, orderStore } from "../surroundings";
import { expireOrders } from "./expire-orders";
import type { ExpirySummary } from "./expire-orders";

/** Milliseconds of the function's time in which it begins no more orders: one needs three calls of the payments. */
const endingTime = 30_000;

// far below the 24 hours in which an order's payment can be asked for again
const expiryMinutes = integer("ORDER_EXPIRY_MINUTES", 5, 720);
const logger = new Logger();
const metrics = new Metrics();
const store = orderStore(backgroundClient);
const payments = deployedPayments(logger);

/**
 * Ends the orders that nobody has paid in time, until the function's time is nearly over; the next run goes on.
 *
 * @throws where some could not be ended, after all others; the next run tries them again.
 */
export async function handler(
  _event: unknown,
  context: Pick<Context, "getRemainingTimeInMillis">,
): Promise<ExpirySummary> {
  const endBy = Date.now() + context.getRemainingTimeInMillis() - endingTime;
  const summary = await expireOrders({
    store,
    payments,
    logger,
    now: Date.now,
    expiryMinutes,
    endBy,
  });
  const { expired, differences, failed } = summary;
  metrics.addMetric("OrdersExpired", MetricUnit.Count, expired);
  if (differences > 0) metrics.addMetric("OrderDifferences", MetricUnit.Count, differences);
  metrics.publishStoredMetrics();
  logger.info("Ended orders that nobody paid", { ...summary });
  if (failed > 0) throw new Error(`${String(failed)} orders could not be ended`);
  return summary;
}
