import type * as pulumi from "@pulumi/pulumi";

/** Seconds over which a data point is a sum or an average: CloudWatch retains such points for 63 days. */
export const fiveMinutes = 300;

/** In seconds. */
export const hour = 3600;

/** In seconds. */
export const day = 24 * hour;

/** In bytes. */
export const gibibyte = 1024 ** 3;

/** Metric math: the sum of all metrics beside it, of which some may have no data. */
export const sumOfAll = "SUM(FILL(METRICS(), 0))";

/** A metric as CloudWatch finds it; the dimensions are all those that its service reports it by. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
}
