import { setTimeout as delay } from "node:timers/promises";
import { PutMetricDataCommand, StandardUnit } from "@aws-sdk/client-cloudwatch";
import type { MetricDatum } from "@aws-sdk/client-cloudwatch";
import { DescribeLogGroupsCommand, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import type { FilteredLogEvent } from "@aws-sdk/client-cloudwatch-logs";
import * as z from "zod";
import type { AwsClients } from "./clients";
import type { LocalAccount } from "./regions";

/** Milliseconds between two readings of the logs. */
const interval = 1_000;
/** The emulator logs an invocation when it has ended: what is older than this, in milliseconds, is all there. */
const settled = 250;
/** Where Lambda's functions log. */
const functionLogs = "/aws/lambda/";

/** A line in CloudWatch's embedded metric format, which has a metric's value or values under its name. */
const embeddedMetrics = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string(), Unit: z.enum(StandardUnit).optional() })),
      }),
    ),
  }),
});

/** Metrics of one namespace. */
interface Metrics {
  readonly namespace: string;
  readonly data: readonly MetricDatum[];
}

/**
 * Does what CloudWatch Logs does on AWS and the emulator does not: publishes the metrics that functions log in the
 * embedded metric format, in every region that is used, so that alarms on them fire.
 *
 * @returns what ends it.
 */
export function startMetricsBridge(account: LocalAccount): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  /** Since when the lines of a log group are not read yet, by its ARN. */
  const read = new Map<string, number>();

  const bridge = async ({ logs, cloudWatch }: AwsClients) => {
    const { logGroups = [] } = await logs.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: functionLogs }),
      { abortSignal: signal },
    );
    for (const { arn = "", logGroupName = "" } of logGroups) {
      const endTime = Date.now() - settled;
      const { events = [] } = await logs.send(
        new FilterLogEventsCommand({
          logGroupName,
          startTime: read.get(arn) ?? 0,
          endTime,
          filterPattern: '"CloudWatchMetrics"',
        }),
        { abortSignal: signal },
      );
      for (const { namespace, data } of events.flatMap(metricsOf))
        await cloudWatch.send(
          new PutMetricDataCommand({ Namespace: namespace, MetricData: [...data] }),
        );
      read.set(arn, endTime + 1);
    }
  };
  const follow = async () => {
    while (!signal.aborted) {
      // the emulator may be busy; what could not be read is read the next time
      for (const { clients } of account.usedRegions()) await bridge(clients).catch(() => undefined);
      await delay(interval, undefined, { ref: false, signal }).catch(() => undefined);
    }
  };
  const followed = follow();
  return () => {
    stopping.abort();
    return followed;
  };
}

const numbers = z.array(z.number()).catch([]);

/** The metrics that a line of a log holds; none if it is of another kind. */
function metricsOf({ message = "" }: FilteredLogEvent): readonly Metrics[] {
  const { data: line } = embeddedMetrics.safeParse(json(message));
  if (line === undefined) return [];
  return line._aws.CloudWatchMetrics.map(({ Namespace, Dimensions, Metrics }) => ({
    namespace: Namespace,
    data: Dimensions.flatMap((names) =>
      Metrics.map(({ Name, Unit }) => ({
        MetricName: Name,
        Dimensions: names.map((name) => ({ Name: name, Value: String(line[name]) })),
        Timestamp: new Date(line._aws.Timestamp),
        Unit,
        Values: numbers.parse([line[Name]].flat()),
      })),
    ),
  }));
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
