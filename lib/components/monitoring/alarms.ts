import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import { fiveMinutes, gibibyte, hour, metricsOf, sumOfAll } from "./watched";
import type { Metric, MonitoredResources } from "./watched";

/** Where alarms begin to ring. */
export interface AlarmThresholds {
  /** Average CPU over 5 minutes, in percent. */
  readonly databaseCpuPercent: number;
  readonly databaseFreeStorageGiB: number;
  readonly databaseConnections: number;
  /** In 5 minutes, for each function that runs all the time. */
  readonly lambdaErrors: number;
  readonly lambdaThrottles: number;
  /** 5XX answers in 5 minutes. */
  readonly api5xxErrors: number;
  readonly apiLatencyP99Ms: number;
  /** Age of the oldest change of the table that its consumer has not taken. */
  readonly streamAgeSeconds: number;
  /** How far the comparison of everything is behind its plan. */
  readonly sweepLagHours: number;
}

/** What makes one alarm: its name's part, what it says, and the arguments that differ. */
export interface Alarm {
  /** Part of its name, and the heading of its entry in the runbook. */
  readonly purpose: string;
  /** Follows the environment's name in the description. */
  readonly says: string;
  readonly threshold: number;
  readonly metric: Pick<
    cloudwatch.MetricAlarmArgs,
    "namespace" | "metricName" | "dimensions" | "statistic" | "extendedStatistic" | "metricQueries"
  >;
  /** Periods in a row, of five minutes unless the metric's queries have others; by default one. */
  readonly periods?: number;
  readonly comparison?: "LessThanThreshold";
}

/** Every alarm on what is watched. */
export function alarmsFor(watched: MonitoredResources, limits: AlarmThresholds): Alarm[] {
  const { database, api, fn, own, mapping, ...table } = metricsOf(watched);
  const average = (metric: Metric) => ({ ...metric, statistic: "Average" });
  const sum = (metric: Metric) => ({ ...metric, statistic: "Sum" });

  return [
    {
      purpose: "database-cpu",
      says: `database CPU above ${String(limits.databaseCpuPercent)} % for 10 minutes`,
      threshold: limits.databaseCpuPercent,
      periods: 2,
      metric: average(database("CPUUtilization")),
    },
    {
      purpose: "database-storage",
      says: `database has less than ${String(limits.databaseFreeStorageGiB)} GiB of free storage`,
      threshold: limits.databaseFreeStorageGiB * gibibyte,
      comparison: "LessThanThreshold",
      metric: average(database("FreeStorageSpace")),
    },
    {
      purpose: "database-connections",
      says: `database has more than ${String(limits.databaseConnections)} connections`,
      threshold: limits.databaseConnections,
      metric: average(database("DatabaseConnections")),
    },
    ...Object.entries(watched.functions).flatMap(([purpose, functionName]) => {
      const { errors, throttles } = functionThresholds(watched, limits, purpose);
      return [
        {
          purpose: `${purpose}-errors`,
          says: `${purpose} function failed more than ${String(errors)} times in 5 minutes`,
          threshold: errors,
          metric: sum(fn(functionName, "Errors")),
        },
        {
          purpose: `${purpose}-throttles`,
          says: `${purpose} function was throttled more than ${String(throttles)} times in 5 minutes`,
          threshold: throttles,
          metric: sum(fn(functionName, "Throttles")),
        },
      ];
    }),
    {
      purpose: "api-5xx",
      says: `API answered more than ${String(limits.api5xxErrors)} requests with 5XX in 5 minutes`,
      threshold: limits.api5xxErrors,
      metric: sum(api("5XXError")),
    },
    {
      purpose: "api-latency",
      says: `API's 99th percentile latency above ${String(limits.apiLatencyP99Ms)} ms for 15 minutes`,
      threshold: limits.apiLatencyP99Ms,
      periods: 3,
      metric: { ...api("Latency"), extendedStatistic: "p99" },
    },
    {
      purpose: "stream-age",
      says: `oldest change that the ledger has not taken is more than ${String(limits.streamAgeSeconds)} seconds old`,
      threshold: limits.streamAgeSeconds * 1000,
      metric: { ...fn(watched.streamConsumer, "IteratorAge"), statistic: "Maximum" },
    },
    {
      purpose: "dead-letters",
      says: "more than 0 changes were set aside in 5 minutes, for the ledger can never take them",
      threshold: 0,
      metric: sum(own(watched.streamConsumer, "DeadLetters")),
    },
    {
      purpose: "expired-changes",
      says: "Lambda gave up on changes that the ledger had not taken for 22 hours, and wrote them to the dead letters",
      threshold: 0,
      metric: sum(mapping("OnFailureDestinationDeliveredEventCount")),
    },
    {
      purpose: "lost-changes",
      says: "more than 0 changes that Lambda gave up could not even be written to the dead letters",
      threshold: 0,
      metric: {
        metricQueries: sumOf("lost changes", [
          mapping("DroppedEventCount"),
          fn(watched.streamConsumer, "DestinationDeliveryFailures"),
        ]),
      },
    },
    {
      purpose: "reconciliation-differences",
      says: "table and ledger differ in more than 0 payments",
      threshold: 0,
      metric: sum(own(watched.reconciliation, "ReconciliationDifferences")),
    },
    {
      purpose: "reconciliation-missing",
      says: `no comparison of table and ledger has ended for ${String(missingHours(watched))} hours`,
      threshold: 1,
      comparison: "LessThanThreshold",
      periods: missingHours(watched),
      metric: {
        metricQueries: endedWhileThere(
          database("CPUUtilization"),
          own(watched.reconciliation, "ReconciliationEnded"),
        ),
      },
    },
    {
      purpose: "sweep-behind",
      says: `comparison of everything in table and ledger is more than ${String(limits.sweepLagHours)} hours behind its plan`,
      threshold: limits.sweepLagHours * hour,
      metric: { ...own(watched.reconciliation, "SweepLagSeconds"), statistic: "Maximum" },
    },
    {
      purpose: "table-throttles",
      says: "table throttled more than 0 requests in 5 minutes",
      threshold: 0,
      metric: { metricQueries: sumOf("throttled requests", table.throttles()) },
    },
    {
      purpose: "table-errors",
      says: "table failed more than 0 requests for a reason of its own in 5 minutes",
      threshold: 0,
      metric: { metricQueries: sumOf("system errors", table.systemErrors()) },
    },
  ];
}

/** Failures in five minutes that are too many of a function: one that runs seldom never reaches the limits. */
export function functionThresholds(
  { seldomRun }: MonitoredResources,
  { lambdaErrors, lambdaThrottles }: AlarmThresholds,
  purpose: string,
): { readonly errors: number; readonly throttles: number } {
  return seldomRun.includes(purpose)
    ? { errors: 0, throttles: 0 }
    : { errors: lambdaErrors, throttles: lambdaThrottles };
}

function sumOf(
  label: string,
  metrics: readonly Metric[],
): NonNullable<cloudwatch.MetricAlarmArgs["metricQueries"]> {
  return [
    { id: "total", expression: sumOfAll, label, returnData: true },
    ...metrics.map((metric, index) => ({
      id: `m${String(index)}`,
      metric: { ...metric, period: fiveMinutes, stat: "Sum" },
    })),
  ];
}

/** Three runs may fail or be late before their absence is told. */
function missingHours({ reconciliationEveryMinutes }: MonitoredResources): number {
  return Math.max(3, Math.ceil((3 * reconciliationEveryMinutes) / 60));
}

/**
 * The runs that ended in each hour in which the database was there: it reports all the time, so that a new
 * stack, in which nothing could run yet, has too few such hours for an alarm.
 */
function endedWhileThere(
  always: Metric,
  ended: Metric,
): NonNullable<cloudwatch.MetricAlarmArgs["metricQueries"]> {
  return [
    {
      id: "runs",
      expression: "IF(there >= 0, FILL(ended, 0), 1)",
      label: "runs",
      returnData: true,
    },
    { id: "there", metric: { ...always, period: hour, stat: "Average" } },
    { id: "ended", metric: { ...ended, period: hour, stat: "Sum" } },
  ];
}
