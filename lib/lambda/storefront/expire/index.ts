import { Logger } from "@aws-lambda-powertools/logger";
import { MetricUnit, Metrics } from "@aws-lambda-powertools/metrics";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Context } from "aws-lambda";
import { backgroundClient } from "../../aws/clients";
import { integer, required } from "../../aws/environment";
import { signedFetch } from "../../aws/signed-fetch";
import { paymentsApi } from "../payments/payments-api";
import { DynamoDbOrderStore } from "../store/dynamodb-order-store";
import { expireOrders } from "./expire-orders";
import type { ExpirySummary } from "./expire-orders";

/** Milliseconds of the function's time in which it begins no more orders: one needs three calls of the payments. */
const endingTime = 30_000;

// far below the 24 hours in which an order's payment can be asked for again
const expiryMinutes = integer("ORDER_EXPIRY_MINUTES", 5, 720);
const logger = new Logger();
const metrics = new Metrics();
const store = new DynamoDbOrderStore(
  new DynamoDBClient(backgroundClient),
  {
    orders: required("ORDERS_TABLE"),
    products: required("PRODUCTS_TABLE"),
    idempotency: required("IDEMPOTENCY_TABLE"),
  },
  Date.now,
);
const payments = paymentsApi({
  url: required("PAYMENTS_URL"),
  send: signedFetch("execute-api"),
  logger,
});

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
