import { isRecord } from "../../core/is-record";
import { gigabyte, lengthOf, numberIn } from "../charge";
import type { Charge, ChargeContext, Charging } from "../charge";
import { hoursPerMonth } from "../prices";
import { traces, workload } from "../workload";

/** Metrics of a method that API Gateway reports in detail: count, two latencies, two kinds of errors. */
const metricsOfMethod = 5;

/** Metrics that the reconcile function publishes on every run. */
const reconcileMetrics = 4;

/** Metrics that Lambda reports of handing a stream's changes over, in the group EventCount. */
const mappingMetrics = 6;

interface Runs {
  readonly count: number;
  readonly milliseconds: number;
  /** Runs that begin a trace of their own, rather than continue the API's. */
  readonly traced: number;
  /** Metrics of its own that report every hour. */
  readonly metrics: number;
}

/** The runs of a function, by its purpose; undefined for a function that is new here. */
function runsOf(purpose: string, { resources, usage }: ChargeContext): Runs | undefined {
  const { requests, accountsRuns, ledgerRuns, comparisons, sweeps, kept } = workload(
    resources,
    usage,
  );
  switch (purpose) {
    case "payment":
      return {
        count: requests - accountsRuns,
        milliseconds: usage("paymentRunMs"),
        traced: 0,
        metrics: 0,
      };
    case "accounts":
      return {
        count: accountsRuns,
        milliseconds: usage("accountsRunMs"),
        traced: 0,
        metrics: 0,
      };
    case "ledger":
      return {
        count: ledgerRuns,
        milliseconds: usage("ledgerRunMs"),
        traced: ledgerRuns,
        metrics: 0,
      };
    case "reconcile": {
      const compared = usage("paymentsPerMonth") + kept * sweeps;
      return {
        count: comparisons,
        milliseconds:
          usage("reconcileRunMs") +
          (compared / Math.max(1, comparisons) / 1000) * usage("reconcileMsPerThousand"),
        traced: comparisons,
        metrics: comparisons > 0 ? reconcileMetrics : 0,
      };
    }
    case "migrate":
      return {
        count: usage("migrateRunsPerMonth"),
        milliseconds: 5_000,
        traced: usage("migrateRunsPerMonth"),
        metrics: 0,
      };
    default:
      return undefined;
  }
}

/** What the groups of this ending take in, in bytes a month; undefined for a group that is new here. */
function logBytes(name: string, context: ChargeContext): number | undefined {
  const { usage, resources } = context;
  const { requests, writes } = workload(resources, usage);
  const [, purpose = ""] = /-(payment|accounts|ledger|reconcile|migrate)-logs$/.exec(name) ?? [];
  const runs = runsOf(purpose, context);
  if (runs !== undefined) return runs.count * usage("requestLogBytes");
  if (name.endsWith("-access-logs")) return requests * usage("accessLogBytes");
  if (name.endsWith("-waf-logs")) return requests * usage("wafLogBytes");
  if (name.endsWith("-flow-logs")) {
    return hoursPerMonth * usage("flowLogBytesPerHour") + writes * usage("flowLogBytesPerWrite");
  }
  if (name.endsWith("-postgresql-logs")) return hoursPerMonth * usage("databaseLogBytesPerHour");
  // failures within the gateway, and upgrades of the database
  return /-(execution|upgrade)-logs$/.test(name) ? 0 : undefined;
}

/** What functions, API and monitoring are charged for. */
export const serviceCharges: Readonly<Record<string, Charging>> = {
  "aws:lambda/function:Function": ({ name, inputs: { memorySize } }, context) => {
    const purpose = /-([a-z]+)-function$/.exec(name)?.[1] ?? name;
    const runs = runsOf(purpose, context);
    if (runs === undefined) {
      return [{ what: "runs", unknown: `nothing is assumed of how often ${purpose} runs` }];
    }
    const memory = numberIn(memorySize, 128) / 1024;
    return [
      { what: "runs", price: "lambda.runs", quantity: runs.count / 1e6 },
      {
        what: "memory × time",
        price: "lambda.arm",
        quantity: (runs.count * runs.milliseconds * memory) / 1000,
      },
      ...traceCharges(runs.traced, context),
      ...metricCharges("its own metrics", runs.metrics),
    ];
  },
  "aws:lambda/eventSourceMapping:EventSourceMapping": (
    { inputs: { metricsConfig } },
    { resources, usage },
  ) => {
    const reported = isRecord(metricsConfig) && workload(resources, usage).writes > 0;
    return metricCharges("metrics of the stream", reported ? mappingMetrics : 0);
  },
  "aws:apigateway/stage:Stage": ({ inputs: { xrayTracingEnabled } }, context) => {
    const { requests } = workload(context.resources, context.usage);
    return [
      { what: "requests", price: "apigateway.requests", quantity: requests / 1e6 },
      ...(xrayTracingEnabled === true ? traceCharges(requests, context) : []),
    ];
  },
  "aws:apigateway/methodSettings:MethodSettings": (
    { inputs: { settings } },
    { resources, usage },
  ) => {
    const detailed = isRecord(settings) && settings["metricsEnabled"] === true;
    const called = workload(resources, usage).requests > 0 ? usage("methodsCalled") : 0;
    return detailed ? metricCharges("metrics by method", called * metricsOfMethod) : [];
  },
  "aws:wafv2/webAcl:WebAcl": ({ inputs: { rules } }, { resources, usage }) => [
    { what: "web ACL", price: "waf.acl.month", quantity: 1 },
    { what: "rules", price: "waf.rule.month", quantity: lengthOf(rules) },
    {
      what: "requests",
      price: "waf.requests",
      quantity: workload(resources, usage).requests / 1e6,
    },
  ],
  "aws:cloudwatch/logGroup:LogGroup": ({ name, inputs: { retentionInDays } }, context) => {
    const bytes = logBytes(name, context);
    if (bytes === undefined) return [{ what: "logs", unknown: "nothing is assumed of its size" }];
    const taken = bytes / gigabyte;
    const months = numberIn(retentionInDays, 0) / 30;
    return [
      { what: "logs taken in", price: "logs.ingested", quantity: taken },
      {
        what: "logs kept",
        price: "logs.stored",
        quantity: taken * months * context.usage("logCompression"),
      },
    ];
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": ({ inputs: { metricQueries } }) => {
    // an alarm is charged by the metrics it looks at; an expression over them is none
    const queries: unknown[] = Array.isArray(metricQueries) ? metricQueries : [{}];
    const metrics = queries.filter((query) => !(isRecord(query) && "expression" in query));
    const what = `alarm on ${metrics.length === 1 ? "one metric" : `${String(metrics.length)} metrics`}`;
    return [{ what, price: "alarm.month", quantity: metrics.length }];
  },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": () => [
    { what: "composite alarm", price: "compositeAlarm.month", quantity: 1 },
  ],
  "aws:cloudwatch/dashboard:Dashboard": () => [
    { what: "dashboard", price: "dashboard.month", quantity: 1 },
  ],
};

function traceCharges(requests: number, { usage }: ChargeContext): Charge[] {
  return [{ what: "traces", price: "xray.traces", quantity: traces(requests, usage) / 1e6 }];
}

function metricCharges(what: string, count: number): Charge[] {
  return count === 0 ? [] : [{ what, price: "metric.month", quantity: count }];
}
