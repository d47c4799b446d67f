import { Logger } from "@aws-lambda-powertools/logger";
import { MetricUnit, Metrics } from "@aws-lambda-powertools/metrics";
import * as z from "zod/mini";
import { backgroundClient } from "../../aws/clients";
import { orderStore } from "../surroundings";
import { settleRecords } from "./settle-records";
import type { SettleSummary } from "./settle-records";

const eventSchema = z.object({ Records: z.array(z.unknown()) });

const logger = new Logger();
const metrics = new Metrics();
const store = orderStore(backgroundClient);

/**
 * Takes changes of the payments' table and makes the orders that they are for PAID, REFUNDED or CANCELED. A payment
 * that does not agree with the order that it names changes nothing and is reported, as is a record that can never be
 * read. Any other failure is thrown, so that the stream delivers the batch again; taking it again changes nothing.
 */
export async function handler(event: unknown): Promise<SettleSummary> {
  const { Records } = eventSchema.parse(event);
  const summary = await settleRecords(Records, { store, logger });
  const { differences, malformed } = summary;
  if (differences > 0) metrics.addMetric("OrderDifferences", MetricUnit.Count, differences);
  if (malformed > 0) metrics.addMetric("MalformedRecords", MetricUnit.Count, malformed);
  metrics.publishStoredMetrics();
  logger.info("Took changes of payments", { ...summary });
  return summary;
}
