import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import { fiveMinutes, sumOfAll } from "./metric";
import type { Metric } from "./metric";

/** An alarm as a module declares it. */
export interface Alarm {
  /** Part of its name, and the heading of its entry in the runbook: `database-cpu`. Unique within a stack. */
  readonly purpose: string;
  /**
   * When it fires, with its threshold; follows the environment's name and ends without a full stop, for the
   * address of its entry in the runbook comes after it. CloudWatch takes 1024 characters in all.
   */
  readonly description: string;
  /** In the metric's own unit. */
  readonly threshold: number;
  readonly metric: AlarmMetric;
  /** Periods in a row that breach, of five minutes unless the metric's queries have others; by default one. */
  readonly periods?: number;
  /** By default an alarm fires above its threshold. */
  readonly comparison?: "LessThanThreshold";
  /**
   * What a period without data counts as: `notBreaching` where that is no traffic, `breaching` where it is an outage.
   * `ignore` leaves the alarm as it is until there is data again: for what is measured more rarely than the alarm's
   * period, and holds until it is measured again.
   */
  readonly treatMissingData: "breaching" | "ignore" | "notBreaching";
}

/** One metric with its statistic, or metric math. */
export type AlarmMetric = Pick<
  cloudwatch.MetricAlarmArgs,
  "namespace" | "metricName" | "dimensions" | "statistic" | "extendedStatistic" | "metricQueries"
>;

/** Metric math of an alarm. */
export type MetricQueries = NonNullable<cloudwatch.MetricAlarmArgs["metricQueries"]>;

/** The sum of several metrics over five minutes; one that has no data counts as 0. */
export function sumOf(label: string, metrics: readonly Metric[]): MetricQueries {
  return [
    { id: "total", expression: sumOfAll, label, returnData: true },
    ...metrics.map((metric, index) => ({
      id: `m${String(index)}`,
      metric: { ...metric, period: fiveMinutes, stat: "Sum" },
    })),
  ];
}
