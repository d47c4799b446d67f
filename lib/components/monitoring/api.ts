import type * as pulumi from "@pulumi/pulumi";
import type { Alarm } from "./alarm";
import { line } from "./dashboard-graph";
import type { Graph, GraphRow } from "./dashboard-graph";
import { capitalized } from "./labelled";
import type { Labelled } from "./labelled";
import type { Metric } from "./metric";

/** Metrics of a web ACL. */
export interface WebAclMetrics {
  /** Requests that any rule has blocked. */
  readonly blocked: Metric;
  /** Signed requests of addresses above the limit, where they are counted. */
  readonly signedAboveLimit: Metric | undefined;
}

/** A stage of a REST API to monitor. */
export interface MonitoredApi extends Labelled {
  /** The API's name, not its id: API Gateway reports REST APIs by it. */
  readonly apiName: pulumi.Input<string>;
  readonly stageName: pulumi.Input<string>;
  /** What the web ACL in front of it counts; by default it has none. */
  readonly webAcl?: WebAclMetrics | undefined;
}

/** Thresholds of an API's alarms. */
export interface ApiThresholds {
  /** Responses with 5XX in 5 minutes. */
  readonly api5xxErrors: number;
  /** 99th percentile of the latency, in milliseconds. */
  readonly apiLatencyP99Ms: number;
}

/** The alarms of an API: responses with 5XX, and latency. */
export function apiAlarms(api: MonitoredApi, limits: ApiThresholds): Alarm[] {
  const { purpose, label } = api;
  return [
    {
      purpose: `${purpose}-5xx`,
      description: `${label} returned more than ${String(limits.api5xxErrors)} responses with 5XX in 5 minutes`,
      threshold: limits.api5xxErrors,
      metric: { ...apiMetric(api, "5XXError"), statistic: "Sum" },
      treatMissingData: "notBreaching",
    },
    {
      purpose: `${purpose}-latency`,
      description: `${label}'s 99th percentile latency above ${String(limits.apiLatencyP99Ms)} ms for 15 minutes`,
      threshold: limits.apiLatencyP99Ms,
      periods: 3,
      metric: { ...apiMetric(api, "Latency"), extendedStatistic: "p99" },
      treatMissingData: "notBreaching",
    },
  ];
}

/**
 * A row of graphs of an API: requests, failures and latency.
 *
 * @param beside - Graphs of what belongs to it, at the end of the row.
 */
export function apiGraphs(
  api: MonitoredApi,
  limits: ApiThresholds,
  beside: readonly Graph[] = [],
): GraphRow[] {
  const { purpose, webAcl } = api;
  const title = capitalized(api.label);
  const metric = (metricName: string) => apiMetric(api, metricName);
  return [
    [
      {
        title: `${title} requests`,
        unit: "requests in 5 min",
        lines: [
          line(metric("Count"), "Sum", "all"),
          line(metric("4XXError"), "Sum", "refused (4XX)"),
          ...(webAcl === undefined ? [] : webAclLines(webAcl)),
        ],
      },
      {
        title: `${title} failures`,
        unit: "requests in 5 min",
        lines: [line(metric("5XXError"), "Sum", "failed (5XX)")],
        alarms: [{ purpose: `${purpose}-5xx`, value: limits.api5xxErrors }],
      },
      {
        title: `${title} latency`,
        unit: "milliseconds",
        lines: [line(metric("Latency"), "p50", "p50"), line(metric("Latency"), "p99", "p99")],
        alarms: [{ purpose: `${purpose}-latency`, value: limits.apiLatencyP99Ms }],
      },
      ...beside,
    ],
  ];
}

function webAclLines({ blocked, signedAboveLimit }: WebAclMetrics): unknown[][] {
  const lines = [line(blocked, "Sum", "blocked by the web ACL")];
  if (signedAboveLimit !== undefined)
    lines.push(line(signedAboveLimit, "Sum", "signed, above an address's limit"));
  return lines;
}

function apiMetric({ apiName, stageName }: MonitoredApi, metricName: string): Metric {
  return {
    namespace: "AWS/ApiGateway",
    metricName,
    dimensions: { ApiName: apiName, Stage: stageName },
  };
}
