import type * as pulumi from "@pulumi/pulumi";
import type { Alarm } from "./alarm";
import { converted, line } from "./dashboard-graph";
import type { GraphRow } from "./dashboard-graph";
import { capitalized } from "./labelled";
import type { Labelled } from "./labelled";
import { gibibyte } from "./metric";
import type { Metric } from "./metric";

/** An RDS instance to monitor. */
export interface MonitoredDatabase extends Labelled {
  readonly identifier: pulumi.Input<string>;
}

/** Thresholds of a database's alarms. */
export interface DatabaseThresholds {
  /** Average CPU over 5 minutes, in percent. */
  readonly databaseCpuPercent: number;
  readonly databaseFreeStorageGiB: number;
  readonly databaseConnections: number;
}

/**
 * The alarms of a database: CPU, free storage and connections. They fire on missing data: the instance is unavailable
 * then.
 */
export function databaseAlarms(database: MonitoredDatabase, limits: DatabaseThresholds): Alarm[] {
  const { purpose, label } = database;
  const average = (metricName: string) => ({
    ...databaseMetric(database, metricName),
    statistic: "Average",
  });
  return [
    {
      purpose: `${purpose}-cpu`,
      description: `${label} CPU above ${String(limits.databaseCpuPercent)} % for 10 minutes`,
      threshold: limits.databaseCpuPercent,
      periods: 2,
      metric: average("CPUUtilization"),
      treatMissingData: "breaching",
    },
    {
      purpose: `${purpose}-storage`,
      description: `${label} has less than ${String(limits.databaseFreeStorageGiB)} GiB of free storage`,
      threshold: limits.databaseFreeStorageGiB * gibibyte,
      comparison: "LessThanThreshold",
      metric: average("FreeStorageSpace"),
      treatMissingData: "breaching",
    },
    {
      purpose: `${purpose}-connections`,
      description: `${label} has more than ${String(limits.databaseConnections)} connections`,
      threshold: limits.databaseConnections,
      metric: average("DatabaseConnections"),
      treatMissingData: "breaching",
    },
  ];
}

/** A row of graphs of a database: CPU, connections, free storage and latency. */
export function databaseGraphs(
  database: MonitoredDatabase,
  limits: DatabaseThresholds,
): GraphRow[] {
  const { purpose } = database;
  const title = capitalized(database.label);
  const metric = (metricName: string) => databaseMetric(database, metricName);
  return [
    [
      {
        title: `${title}: CPU`,
        unit: "percent",
        max: 100,
        lines: [line(metric("CPUUtilization"), "Average", "CPU")],
        alarms: [{ purpose: `${purpose}-cpu`, value: limits.databaseCpuPercent }],
      },
      {
        title: `${title}: connections`,
        unit: "connections",
        lines: [line(metric("DatabaseConnections"), "Average", "open")],
        alarms: [{ purpose: `${purpose}-connections`, value: limits.databaseConnections }],
      },
      {
        title: `${title}: free storage`,
        unit: "GiB",
        lines: converted(metric("FreeStorageSpace"), "Average", "free", `/ ${String(gibibyte)}`),
        alarms: [
          {
            purpose: `${purpose}-storage`,
            value: limits.databaseFreeStorageGiB,
            breaches: "below",
          },
        ],
      },
      {
        title: `${title}: latency`,
        unit: "milliseconds",
        lines: [
          ...converted(metric("ReadLatency"), "Average", "read", "* 1000"),
          ...converted(metric("WriteLatency"), "Average", "write", "* 1000"),
        ],
      },
    ],
  ];
}

/** A metric that RDS reports of an instance. */
export function databaseMetric(
  { identifier }: Pick<MonitoredDatabase, "identifier">,
  metricName: string,
): Metric {
  return {
    namespace: "AWS/RDS",
    metricName,
    dimensions: { DBInstanceIdentifier: identifier },
  };
}
