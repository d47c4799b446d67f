import type * as pulumi from "@pulumi/pulumi";
import { fiveMinutes, sumOfAll } from "./watched";
import type { Metric } from "./watched";

/** A line that an alarm rings above, or below. */
export interface AlarmLine {
  readonly purpose: string;
  /** In the axis's unit. */
  readonly value: number;
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
        horizontal: alarms.map(({ purpose, value }) => ({
          label: purpose,
          value,
          color: alarmColor,
        })),
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
