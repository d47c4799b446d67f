import type * as pulumi from "@pulumi/pulumi";
import { sumOf } from "./alarm";
import type { Alarm } from "./alarm";
import { converted, line } from "./dashboard-graph";
import type { Graph } from "./dashboard-graph";
import { functionMetric } from "./functions";
import { capitalized } from "./labelled";
import type { Metric } from "./metric";

/** A function that consumes a stream, and the mapping that invokes it. */
export interface MonitoredStreamConsumer {
  /**
   * What stands before its alarms' purposes: `orders` makes `orders-stream-age`; by default nothing, which one
   * consumer of a stack can have.
   */
  readonly purpose?: string;
  /** What descriptions and titles call the consumer: `ledger`. */
  readonly consumer: string;
  /** What titles call the stream's source: `table`. */
  readonly source: string;
  readonly functionName: pulumi.Input<string>;
  /** UUID of the event source mapping, which has to report its metrics (`EventCount`). */
  readonly mappingId: pulumi.Input<string>;
}

/** Threshold of a stream consumer's alarm. */
export interface StreamThresholds {
  /** Age of the oldest change that the consumer has not processed, in seconds. */
  readonly streamAgeSeconds: number;
}

/** Fires when the consumer falls behind its stream. */
export function streamAgeAlarm(
  stream: MonitoredStreamConsumer,
  { streamAgeSeconds }: StreamThresholds,
): Alarm {
  return {
    purpose: purposeOf(stream, "stream-age"),
    description: `oldest change that the ${stream.consumer} has not processed is more than ${String(streamAgeSeconds)} seconds old`,
    threshold: streamAgeSeconds * 1000,
    metric: { ...functionMetric(stream, "IteratorAge"), statistic: "Maximum" },
    treatMissingData: "notBreaching",
  };
}

/** How far the consumer is behind its stream. */
export function streamAgeGraph(
  stream: MonitoredStreamConsumer,
  { streamAgeSeconds }: StreamThresholds,
): Graph {
  return {
    title: `${capitalized(stream.consumer)} behind the ${stream.source}`,
    unit: "seconds",
    lines: converted(functionMetric(stream, "IteratorAge"), "Maximum", "oldest change", "/ 1000"),
    alarms: [{ purpose: purposeOf(stream, "stream-age"), value: streamAgeSeconds }],
  };
}

/** The alarms of changes that Lambda discarded: those that it sent to the dead letters, and those that are lost. */
export function discardedChangesAlarms(stream: MonitoredStreamConsumer): Alarm[] {
  return [
    {
      purpose: purposeOf(stream, "expired-changes"),
      description: `Lambda discarded changes that the ${stream.consumer} had not processed for 22 hours, and sent them to the dead letters`,
      threshold: 0,
      metric: {
        ...mappingMetric(stream, "OnFailureDestinationDeliveredEventCount"),
        statistic: "Sum",
      },
      treatMissingData: "notBreaching",
    },
    {
      purpose: purposeOf(stream, "lost-changes"),
      description:
        "more than 0 changes that Lambda discarded could not even be sent to the dead letters",
      threshold: 0,
      metric: {
        metricQueries: sumOf("lost changes", [
          mappingMetric(stream, "DroppedEventCount"),
          functionMetric(stream, "DestinationDeliveryFailures"),
        ]),
      },
      treatMissingData: "notBreaching",
    },
  ];
}

/** Changes that Lambda discarded. */
export function discardedChangesGraph(stream: MonitoredStreamConsumer): Graph {
  return {
    title: "Changes discarded",
    unit: "changes in 5 min",
    lines: [
      line(
        mappingMetric(stream, "OnFailureDestinationDeliveredEventCount"),
        "Sum",
        "sent to dead letters",
      ),
      line(mappingMetric(stream, "DroppedEventCount"), "Sum", "dropped"),
      line(
        functionMetric(stream, "DestinationDeliveryFailures"),
        "Sum",
        "dead letters not written",
      ),
    ],
    alarms: [
      { purpose: purposeOf(stream, "expired-changes"), value: 0 },
      { purpose: purposeOf(stream, "lost-changes"), value: 0 },
    ],
  };
}

function purposeOf({ purpose }: MonitoredStreamConsumer, metric: string): string {
  return purpose === undefined ? metric : `${purpose}-${metric}`;
}

/** What Lambda reports of an event source mapping. */
function mappingMetric({ mappingId }: MonitoredStreamConsumer, metricName: string): Metric {
  return {
    namespace: "AWS/Lambda",
    metricName,
    dimensions: { EventSourceMappingUUID: mappingId },
  };
}
