import * as pulumi from "@pulumi/pulumi";
import type { StackContext } from "../types";
import type { AlarmThresholds } from "./alarms";
import { runbookFile } from "./runbook";
import { fiveMinutes, gibibyte, metricsOf, sumOfAll, tableOperations } from "./watched";
import type { Metric, MonitoredResources } from "./watched";

/** What a dashboard is made of. */
export interface DashboardOptions {
  readonly context: StackContext;
  readonly watched: MonitoredResources;
  readonly thresholds: AlarmThresholds;
  readonly alarmArns: readonly pulumi.Input<string>[];
  /** Where the runbook is published; null for its place in the repository. */
  readonly runbookUrl: string | null;
}

/** A line that an alarm rings above, or below. */
interface AlarmLine {
  readonly purpose: string;
  /** In the axis's unit. */
  readonly value: number;
}

/** One graph; all that is on one axis has one unit. */
interface Graph {
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

/** The columns of CloudWatch's grid. */
const columns = 24;
/** Heights in CloudWatch's grid units. */
const heights = { heading: 2, alarms: 4, graphs: 6 };
const alarmColor = "#d62728";
const hour = 3600;

/**
 * CloudWatch's dashboard body, from what matters most to where it may come from: alarms, the money, the
 * API, each function, the table, the database.
 */
export function dashboardBody(options: DashboardOptions): pulumi.Output<string> {
  const { context, watched, thresholds, alarmArns } = options;
  const rows = [
    money(watched, thresholds),
    api(watched, thresholds),
    ...functions(watched, thresholds),
    table(watched),
    database(watched, thresholds),
  ];
  const top = heights.heading + heights.alarms;
  return pulumi.jsonStringify({
    start: "-PT12H",
    // the alarms' thresholds are for five minutes: a longer period would sum to more
    periodOverride: "inherit",
    widgets: [
      {
        type: "text",
        ...place(0, 0, columns, heights.heading),
        properties: { markdown: heading(options) },
      },
      {
        type: "alarm",
        ...place(0, heights.heading, columns, heights.alarms),
        properties: { title: "Alarms", alarms: alarmArns, sortBy: "stateUpdatedTimestamp" },
      },
      ...rows.flatMap((row, index) => {
        const width = columns / row.length;
        const y = top + index * heights.graphs;
        return row.map((graph, column) => ({
          type: "metric",
          ...place(column * width, y, width, heights.graphs),
          properties: graphProperties(graph, context.aws.region),
        }));
      }),
    ],
  });
}

function place(x: number, y: number, width: number, height: number) {
  return { x, y, width, height };
}

function heading({ context, runbookUrl }: DashboardOptions): string {
  const runbook = runbookUrl === null ? `\`${runbookFile}\`` : `[runbook](${runbookUrl})`;
  return (
    `# Payments ${context.environmentSuffix}\n` +
    `A red line is where an alarm rings; its name is the alarm's entry in the ${runbook}.`
  );
}

function graphProperties(graph: Graph, region: pulumi.Input<string>) {
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
function line(metric: Metric, stat: string, label: string, axis?: "right"): unknown[] {
  return entry(metric, { stat, label, ...(axis !== undefined && { yAxis: axis }) });
}

/** One line, in another unit than the metric's; `calculation` follows the metric: `/ 1000`. */
function converted(metric: Metric, stat: string, label: string, calculation: string): unknown[][] {
  const id = metric.metricName.charAt(0).toLowerCase() + metric.metricName.slice(1);
  return [
    [{ expression: `${id} ${calculation}`, label, id: `${id}Converted` }],
    entry(metric, { stat, id, visible: false }),
  ];
}

/** One line: the sum of several metrics. */
function total(metrics: readonly Metric[], label: string): unknown[][] {
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

function money(watched: MonitoredResources, limits: AlarmThresholds): Graph[] {
  const { own, fn } = metricsOf(watched);
  const { reconciliation, streamConsumer } = watched;
  return [
    {
      title: "Table and ledger differ",
      unit: "payments",
      lines: [line(own(reconciliation, "ReconciliationDifferences"), "Maximum", "differences")],
      alarms: [{ purpose: "reconciliation-differences", value: 0 }],
      period: hour,
    },
    {
      title: "Reconciliation runs",
      unit: "payments",
      lines: [line(own(reconciliation, "PaymentsChecked"), "Maximum", "payments compared")],
      period: hour,
    },
    {
      title: "Changes set aside",
      unit: "changes in 5 min",
      lines: [line(own(streamConsumer, "DeadLetters"), "Sum", "dead letters")],
      alarms: [{ purpose: "dead-letters", value: 0 }],
    },
    {
      title: "Ledger behind the table",
      unit: "seconds",
      lines: converted(
        fn(streamConsumer, "IteratorAge"),
        "Maximum",
        "oldest change not taken",
        "/ 1000",
      ),
      alarms: [{ purpose: "stream-age", value: limits.streamAgeSeconds }],
    },
  ];
}

function api(watched: MonitoredResources, limits: AlarmThresholds): Graph[] {
  const metric = metricsOf(watched).api;
  return [
    {
      title: "API requests",
      unit: "requests in 5 min",
      lines: [
        line(metric("Count"), "Sum", "all"),
        line(metric("4XXError"), "Sum", "refused (4XX)"),
      ],
    },
    {
      title: "API failures",
      unit: "requests in 5 min",
      lines: [line(metric("5XXError"), "Sum", "failed (5XX)")],
      alarms: [{ purpose: "api-5xx", value: limits.api5xxErrors }],
    },
    {
      title: "API latency",
      unit: "milliseconds",
      lines: [line(metric("Latency"), "p50", "p50"), line(metric("Latency"), "p99", "p99")],
      alarms: [{ purpose: "api-latency", value: limits.apiLatencyP99Ms }],
    },
  ];
}

/** Two graphs a function, two functions a row. */
function functions(watched: MonitoredResources, limits: AlarmThresholds): Graph[][] {
  const { fn } = metricsOf(watched);
  const pairs = Object.entries(watched.functions).map(([purpose, name]): Graph[] => [
    {
      title: `Function ${purpose}: failures`,
      unit: "failures in 5 min",
      rightUnit: "runs in 5 min",
      lines: [
        line(fn(name, "Errors"), "Sum", "errors"),
        line(fn(name, "Throttles"), "Sum", "throttles"),
        line(fn(name, "Invocations"), "Sum", "runs", "right"),
      ],
      alarms: [
        { purpose: `${purpose}-errors`, value: limits.lambdaErrors },
        { purpose: `${purpose}-throttles`, value: limits.lambdaThrottles },
      ],
    },
    {
      title: `Function ${purpose}: duration`,
      unit: "milliseconds",
      rightUnit: "runs at once",
      lines: [
        line(fn(name, "Duration"), "p50", "p50"),
        line(fn(name, "Duration"), "p99", "p99"),
        line(fn(name, "ConcurrentExecutions"), "Maximum", "runs at once", "right"),
      ],
    },
  ]);
  return Array.from({ length: Math.ceil(pairs.length / 2) }, (_, row) =>
    pairs.slice(2 * row, 2 * row + 2).flat(),
  );
}

function table(watched: MonitoredResources): Graph[] {
  const { table: metric, tableOperation, throttles, systemErrors } = metricsOf(watched);
  return [
    {
      title: "Table: capacity used",
      unit: "units in 5 min",
      lines: [
        line(metric("ConsumedReadCapacityUnits"), "Sum", "read units"),
        line(metric("ConsumedWriteCapacityUnits"), "Sum", "write units"),
      ],
    },
    {
      title: "Table: throttled",
      unit: "requests in 5 min",
      lines: total(throttles(), "table and indexes"),
      alarms: [{ purpose: "table-throttles", value: 0 }],
    },
    {
      title: "Table: failed",
      unit: "requests in 5 min",
      lines: total(systemErrors(), "all operations"),
      alarms: [{ purpose: "table-errors", value: 0 }],
    },
    {
      title: "Table: latency",
      unit: "milliseconds",
      lines: tableOperations.map((operation) =>
        line(tableOperation("SuccessfulRequestLatency", operation), "Average", operation),
      ),
    },
  ];
}

function database(watched: MonitoredResources, limits: AlarmThresholds): Graph[] {
  const metric = metricsOf(watched).database;
  return [
    {
      title: "Database: CPU",
      unit: "percent",
      max: 100,
      lines: [line(metric("CPUUtilization"), "Average", "CPU")],
      alarms: [{ purpose: "database-cpu", value: limits.databaseCpuPercent }],
    },
    {
      title: "Database: connections",
      unit: "connections",
      lines: [line(metric("DatabaseConnections"), "Average", "open")],
      alarms: [{ purpose: "database-connections", value: limits.databaseConnections }],
    },
    {
      title: "Database: free storage",
      unit: "GiB",
      lines: converted(metric("FreeStorageSpace"), "Average", "free", `/ ${String(gibibyte)}`),
      alarms: [{ purpose: "database-storage", value: limits.databaseFreeStorageGiB }],
    },
    {
      title: "Database: latency",
      unit: "milliseconds",
      lines: [
        ...converted(metric("ReadLatency"), "Average", "read", "* 1000"),
        ...converted(metric("WriteLatency"), "Average", "write", "* 1000"),
      ],
    },
  ];
}
