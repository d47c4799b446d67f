import type * as pulumi from "@pulumi/pulumi";
import { sumOf } from "./alarm";
import type { Alarm } from "./alarm";
import { line, total } from "./dashboard-graph";
import type { GraphRow } from "./dashboard-graph";
import { capitalized } from "./labelled";
import type { Labelled } from "./labelled";
import type { Metric } from "./metric";

/** A DynamoDB table to monitor. */
export interface MonitoredTable extends Labelled {
  readonly tableName: pulumi.Input<string>;
  /** Its global secondary indexes: DynamoDB reports their throttles apart from the table's. */
  readonly indexNames: readonly string[];
  /** The operations that are called: DynamoDB reports system errors and latency by them. */
  readonly operations: readonly string[];
  /** Names of tables that are written together with this one, and whose throttles count as its own; by default none. */
  readonly companionTableNames?: readonly pulumi.Input<string>[];
}

/** The alarms of a table, which fire on the first throttled request and the first system error. */
export function tableAlarms(table: MonitoredTable): Alarm[] {
  const { purpose, label } = table;
  return [
    {
      purpose: `${purpose}-throttles`,
      description: `${label} throttled more than 0 requests in 5 minutes`,
      threshold: 0,
      metric: { metricQueries: sumOf("throttled requests", throttles(table)) },
      treatMissingData: "notBreaching",
    },
    {
      purpose: `${purpose}-errors`,
      description: `${label} failed more than 0 requests for a reason of its own in 5 minutes`,
      threshold: 0,
      metric: { metricQueries: sumOf("system errors", systemErrors(table)) },
      treatMissingData: "notBreaching",
    },
  ];
}

/** A row of graphs of a table: capacity, throttles, system errors and latency. */
export function tableGraphs(table: MonitoredTable): GraphRow[] {
  const { purpose, operations, tableName } = table;
  const title = capitalized(table.label);
  const metric = (metricName: string) => tableMetric(metricName, { TableName: tableName });
  return [
    [
      {
        title: `${title}: capacity used`,
        unit: "units in 5 min",
        lines: [
          line(metric("ConsumedReadCapacityUnits"), "Sum", "read units"),
          line(metric("ConsumedWriteCapacityUnits"), "Sum", "write units"),
        ],
      },
      {
        title: `${title}: throttled`,
        unit: "requests in 5 min",
        lines: total(throttles(table), "tables and indexes"),
        alarms: [{ purpose: `${purpose}-throttles`, value: 0 }],
      },
      {
        title: `${title}: failed`,
        unit: "requests in 5 min",
        lines: total(systemErrors(table), "all operations"),
        alarms: [{ purpose: `${purpose}-errors`, value: 0 }],
      },
      {
        title: `${title}: latency`,
        unit: "milliseconds",
        lines: operations.map((operation) =>
          line(
            tableMetric("SuccessfulRequestLatency", { TableName: tableName, Operation: operation }),
            "Average",
            operation,
          ),
        ),
      },
    ],
  ];
}

function throttles({ tableName, indexNames, companionTableNames = [] }: MonitoredTable): Metric[] {
  return [
    { TableName: tableName },
    ...indexNames.map((name) => ({ TableName: tableName, GlobalSecondaryIndexName: name })),
    ...companionTableNames.map((name) => ({ TableName: name })),
  ].flatMap((dimensions) => [
    tableMetric("ReadThrottleEvents", dimensions),
    tableMetric("WriteThrottleEvents", dimensions),
  ]);
}

function systemErrors({ tableName, operations }: MonitoredTable): Metric[] {
  return operations.map((operation) =>
    tableMetric("SystemErrors", { TableName: tableName, Operation: operation }),
  );
}

function tableMetric(metricName: string, dimensions: Metric["dimensions"]): Metric {
  return { namespace: "AWS/DynamoDB", metricName, dimensions };
}
