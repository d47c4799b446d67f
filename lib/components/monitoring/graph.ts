import type * as pulumi from "@pulumi/pulumi";
import { fiveMinutes, sumOfAll } from "./watched";
import type { Metric } from "./watched";

/** A line that an alarm rings above, or below. */
export interface AlarmLine {
  readonly purpose: string;
  /** In the axis's unit. */
  readonly value: number;
  /** On which side it rings, shaded; by default above, unshaded where that would be everything. */
  readonly rings?: "below";
}

/** One graph; all that is on one axis has one unit. */
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
}

const alarmColor = "#d62728";

/** The properties of a graph's widget. */
export function graphProperties(graph: Graph, region: pulumi.Input<string>) {
  const { title, lines, unit, rightUnit, max, alarms = [], period = fiveMinutes } = graph;
  const axis = (label: string) => ({ label, min: 0, showUnits: false });
  return {
    title,
    region,
    view: "timeSeries",
    period,
    metrics: lines,
    yAxis: {
      left: { ...axis(unit), ...(max !== undefined && { max }) },
      ...(rightUnit !== undefined && { right: axis(rightUnit) }),
    },
    ...(alarms.length > 0 && {
      annotations: {
        horizontal: [...new Set(alarms.map(({ value }) => value))].map((value) => {
          const same = alarms.filter((alarm) => alarm.value === value);
          const side = same.some(({ rings }) => rings === "below") ? "below" : "above";
          return {
            label: same.map(({ purpose }) => purpose).join(", "),
            value,
            color: alarmColor,
            ...(value > 0 && { fill: side }),
          };
        }),
      },
    }),
  };
}

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
