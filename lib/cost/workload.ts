import { isRecord } from "../core/is-record";
import type { PricedResource } from "./charge";
import { hoursPerMonth } from "./prices";
import type { Usage } from "./usage";

/** What the stack does in a month. */
export interface Workload {
  /** Requests to the API. */
  readonly requests: number;
  /** Those of them that the accounts function answers. */
  readonly accountsRuns: number;
  /** Requests that change a payment. */
  readonly writes: number;
  readonly ledgerRuns: number;
  /** Comparisons of what changed in table and ledger. */
  readonly comparisons: number;
  /** How often everything in table and ledger is compared. */
  readonly sweeps: number;
  /** Payments that the stack keeps. */
  readonly kept: number;
}

/** What assumed use makes of the stack that the resources are. */
export function workload(resources: readonly PricedResource[], usage: Usage): Workload {
  const payments = usage("paymentsPerMonth");
  const writes = payments * usage("writesPerPayment");
  const accountsRuns = payments * usage("accountsRunsPerPayment");
  return {
    requests: writes + payments * usage("readsPerPayment") + accountsRuns,
    accountsRuns,
    writes,
    ledgerRuns: writes * usage("ledgerRunsPerWrite"),
    comparisons: comparisons(resources),
    sweeps: sweeps(resources),
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

/** The reconcile function is told in how many days it has to be through. */
function sweeps(resources: readonly PricedResource[]): number {
  return resources
    .filter(({ type }) => type === "aws:lambda/function:Function")
    .map(({ inputs: { environment } }) => daysIn(environment))
    .reduce((sum, days) => sum + hoursPerMonth / 24 / days, 0);
}

function daysIn(environment: unknown): number {
  if (!isRecord(environment) || !isRecord(environment["variables"])) return Infinity;
  return Number(environment["variables"]["SWEEP_DAYS"] ?? Infinity);
}

/** How many of so many requests a month X-Ray records, by its default sampling rule. */
export function traces(requests: number, usage: Usage): number {
  const always = usage("tracesPerSecond") * hoursPerMonth * 3600;
  return Math.min(requests, always) + 0.05 * Math.max(0, requests - always);
}
