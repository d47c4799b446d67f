import type * as pulumi from "@pulumi/pulumi";
import type { Alarm } from "./alarm";
import { line } from "./dashboard-graph";
import type { Graph, GraphRow } from "./dashboard-graph";
import type { Metric } from "./metric";

/** A function to monitor. */
export interface MonitoredFunction {
  /**
   * The beginning of its alarms' purposes, and its name in descriptions and titles: `ledger`. Unique within a stack.
   */
  readonly purpose: string;
  readonly functionName: pulumi.Input<string>;
  /**
   * Whether it is invoked once an hour or a deployment, and so never reaches the thresholds: then its alarms fire
   * on a single error or throttle. By default not.
   */
  readonly infrequentlyInvoked?: boolean;
}

/** Thresholds of the functions' alarms. */
export interface FunctionThresholds {
  /** Failed invocations in 5 minutes, of a frequently invoked function. */
  readonly lambdaErrors: number;
  /** Throttled invocations in 5 minutes, of a frequently invoked function. */
  readonly lambdaThrottles: number;
}

/** Two alarms of each function: errors and throttles. */
export function functionAlarms(
  functions: readonly MonitoredFunction[],
  limits: FunctionThresholds,
): Alarm[] {
  return functions.flatMap((monitored): Alarm[] => {
    const { purpose } = monitored;
    const { errors, throttles } = thresholdsOf(monitored, limits);
    return [
      {
        purpose: `${purpose}-errors`,
        description: `${purpose} function failed more than ${String(errors)} times in 5 minutes`,
        threshold: errors,
        metric: { ...functionMetric(monitored, "Errors"), statistic: "Sum" },
        treatMissingData: "notBreaching",
      },
      {
        purpose: `${purpose}-throttles`,
        description: `${purpose} function was throttled more than ${String(throttles)} times in 5 minutes`,
        threshold: throttles,
        metric: { ...functionMetric(monitored, "Throttles"), statistic: "Sum" },
        treatMissingData: "notBreaching",
      },
    ];
  });
}

/** Two graphs of each function, failures and duration; two functions a row. */
export function functionGraphs(
  functions: readonly MonitoredFunction[],
  limits: FunctionThresholds,
): GraphRow[] {
  const pairs = functions.map((monitored): Graph[] => {
    const { purpose } = monitored;
    const { errors, throttles } = thresholdsOf(monitored, limits);
    const metric = (metricName: string) => functionMetric(monitored, metricName);
    return [
      {
        title: `Function ${purpose}: failures`,
        unit: "failures in 5 min",
        rightUnit: "invocations in 5 min",
        lines: [
          line(metric("Errors"), "Sum", "errors"),
          line(metric("Throttles"), "Sum", "throttles"),
          line(metric("Invocations"), "Sum", "invocations", "right"),
        ],
        alarms: [
          { purpose: `${purpose}-errors`, value: errors },
          { purpose: `${purpose}-throttles`, value: throttles },
        ],
      },
      {
        title: `Function ${purpose}: duration`,
        unit: "milliseconds",
        rightUnit: "concurrent executions",
        lines: [
          line(metric("Duration"), "p50", "p50"),
          line(metric("Duration"), "p99", "p99"),
          line(metric("ConcurrentExecutions"), "Maximum", "concurrent executions", "right"),
        ],
      },
    ];
  });
  return Array.from({ length: Math.ceil(pairs.length / 2) }, (_, row) =>
    pairs.slice(2 * row, 2 * row + 2).flat(),
  );
}

/** A metric that Lambda reports of a function. */
export function functionMetric(
  { functionName }: Pick<MonitoredFunction, "functionName">,
  metricName: string,
): Metric {
  return { namespace: "AWS/Lambda", metricName, dimensions: { FunctionName: functionName } };
}

/**
 * A metric that a function reports itself, through Powertools, whose `service` is the function's name.
 *
 * @param namespace - The function's `POWERTOOLS_METRICS_NAMESPACE`.
 */
export function reportedMetric(
  { functionName }: Pick<MonitoredFunction, "functionName">,
  namespace: string,
  metricName: string,
): Metric {
  return { namespace, metricName, dimensions: { service: functionName } };
}

function thresholdsOf(
  { infrequentlyInvoked = false }: MonitoredFunction,
  { lambdaErrors, lambdaThrottles }: FunctionThresholds,
): { readonly errors: number; readonly throttles: number } {
  return infrequentlyInvoked
    ? { errors: 0, throttles: 0 }
    : { errors: lambdaErrors, throttles: lambdaThrottles };
}
