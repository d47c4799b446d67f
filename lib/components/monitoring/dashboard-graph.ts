import type * as pulumi from "@pulumi/pulumi";
import { sumOfAll } from "./metric";
import type { Metric } from "./metric";

/** The threshold of an alarm, drawn as a line. */
export interface AlarmLine {
  /** The alarm's, which is the line's label. */
  readonly purpose: string;
  /** In the axis's unit. */
  readonly value: number;
  /** On which side the threshold is breached, shaded; by default above, unshaded where that would be everything. */
  readonly breaches?: "below";
}

/** A graph as a module declares it; all that is on one axis has one unit. */
export interface Graph {
  readonly title: string;
  /** Entries of CloudWatch's array of metrics. */
  readonly lines: readonly (readonly unknown[])[];
  /** What the left axis counts. */
  readonly unit: string;
  readonly rightUnit?: string;
  /** Upper end of the left axis; by default CloudWatch chooses. */
  readonly max?: number;
  readonly alarms?: readonly AlarmLine[];
  /** In seconds; by default five minutes, as the alarms have. */
  readonly period?: number;
  /** Where its metrics are; by default the dashboard's region. */
  readonly region?: pulumi.Input<string>;
}

/** Graphs beside each other, in equal widths: 1, 2, 3, 4, 6, 8, 12 or 24 fill CloudWatch's grid. */
export type GraphRow = readonly Graph[];

/** One line of a graph. */
export function line(metric: Metric, stat: string, label: string, axis?: "right"): unknown[] {
  return entry(metric, { stat, label, ...(axis !== undefined && { yAxis: axis }) });
}

/** One line, in another unit than the metric's; `calculation` follows the metric: `/ 1000`. */
export function converted(
  metric: Metric,
  stat: string,
  label: string,
  calculation: string,
): unknown[][] {
  const id = metric.metricName.charAt(0).toLowerCase() + metric.metricName.slice(1);
  return [
    [{ expression: `${id} ${calculation}`, label, id: `${id}Converted` }],
    entry(metric, { stat, id, visible: false }),
  ];
}

/** One line: the sum of several metrics. */
export function total(metrics: readonly Metric[], label: string): unknown[][] {
  return [
    [{ expression: sumOfAll, label, id: "total" }],
    ...metrics.map((metric, index) =>
      entry(metric, { stat: "Sum", id: `m${String(index)}`, visible: false }),
    ),
  ];
}

function entry({ namespace, metricName, dimensions }: Metric, rendering: object): unknown[] {
  return [namespace, metricName, ...Object.entries(dimensions).flat(), rendering];
}
