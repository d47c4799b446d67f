import type { PricedResource } from "./charge";
import { hoursPerMonth } from "./prices";
import type { Usage } from "./usage";

/** What the stack does in a month. */
export interface Workload {
  /** Requests to the API. */
  readonly requests: number;
  /** Requests that change a payment. */
  readonly writes: number;
  readonly ledgerRuns: number;
  /** Comparisons of table and ledger. */
  readonly comparisons: number;
  /** Payments that the stack keeps. */
  readonly kept: number;
}

/** What assumed use makes of the stack that the resources are. */
export function workload(resources: readonly PricedResource[], usage: Usage): Workload {
  const payments = usage("paymentsPerMonth");
  const writes = payments * usage("writesPerPayment");
  return {
    requests: writes + payments * usage("readsPerPayment"),
    writes,
    ledgerRuns: writes * usage("ledgerRunsPerWrite"),
    comparisons: comparisons(resources),
    kept: payments * usage("months"),
  };
}

function comparisons(resources: readonly PricedResource[]): number {
  return resources
    .filter(({ type, name }) => type.endsWith(":EventRule") && name.includes("reconcile"))
    .map(({ inputs: { scheduleExpression } }) => String(scheduleExpression))
    .map((expression) => /^rate\((\d+) minutes?\)$/.exec(expression)?.[1])
    .reduce((sum, minutes) => sum + (hoursPerMonth * 60) / Number(minutes ?? Infinity), 0);
}

/** How many of so many requests a month X-Ray records, by its default sampling rule. */
export function traces(requests: number, usage: Usage): number {
  const always = usage("tracesPerSecond") * hoursPerMonth * 3600;
  return Math.min(requests, always) + 0.05 * Math.max(0, requests - always);
}
