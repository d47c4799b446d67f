import { isRecord } from "../../core/is-record";
import type { Assumed } from "../assumption";
import { gigabyte, lengthOf, numberIn, total } from "../charge";
import type { Charge, FixedCharging, UseChargings } from "../charge";
import type { CommonAssumption } from "../common-assumptions";
import { hoursPerMonth } from "../prices";

/** Metrics of a method that API Gateway reports in detail: count, two latencies, two kinds of errors. */
const metricsOfMethod = 5;

/** Metrics that Lambda reports of an event source mapping, in the group EventCount. */
const mappingMetrics = 6;

/** What a function does in a month. */
export interface FunctionUsage {
  readonly invocations: number;
  /** Milliseconds of all invocations together, cold starts included. */
  readonly milliseconds: number;
  /** Invocations that begin a trace of their own, rather than continue the API's. */
  readonly traced: number;
  /** Metrics of its own that report every hour. */
  readonly metrics: number;
}

/** The records of an event source mapping in a month. */
export interface MappingUsage {
  readonly records: number;
}

/** The requests to a stage of an API, or a web ACL, in a month. */
export interface RequestUsage {
  readonly requests: number;
}

/** Which methods of an API are called in a month. */
export interface MethodUsage {
  /** Methods that are called every hour: a metric is not charged in an hour without calls. */
  readonly methodsCalled: number;
}

/** What a log group ingests in a month. */
export interface LogUsage {
  readonly bytes: number;
}

/** What can be declared of functions, APIs, web ACLs and logs. */
export interface ServiceUsage {
  readonly "aws:lambda/function:Function": FunctionUsage;
  readonly "aws:lambda/eventSourceMapping:EventSourceMapping": MappingUsage;
  readonly "aws:apigateway/stage:Stage": RequestUsage;
  readonly "aws:apigateway/methodSettings:MethodSettings": MethodUsage;
  readonly "aws:wafv2/webAcl:WebAcl": RequestUsage;
  readonly "aws:cloudwatch/logGroup:LogGroup": LogUsage;
}

/** What web ACLs and monitoring are charged for, used or not. */
export const serviceFixedCharges: Readonly<Record<string, FixedCharging>> = {
  "aws:wafv2/webAcl:WebAcl": ({ inputs: { rules } }) => [
    { what: "web ACL", price: "waf.acl.month", quantity: 1 },
    { what: "rules", price: "waf.rule.month", quantity: lengthOf(rules) },
  ],
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

/** What functions, APIs, web ACLs and logs are charged for by their use. */
export const serviceUseCharges: UseChargings<ServiceUsage> = {
  "aws:lambda/function:Function": ({ inputs: { memorySize } }, uses, assumed) => {
    const gigabytes = numberIn(memorySize, 128) / 1024;
    return [
      {
        what: "invocations",
        price: "lambda.invocations",
        quantity: total(uses, "invocations") / 1e6,
      },
      {
        what: "memory × time",
        price: "lambda.arm",
        quantity: (total(uses, "milliseconds") / 1000) * gigabytes,
      },
      traceCharge(total(uses, "traced"), assumed),
      ...metricCharges("its own metrics", total(uses, "metrics")),
    ];
  },
  "aws:lambda/eventSourceMapping:EventSourceMapping": ({ inputs: { metricsConfig } }, uses) => {
    const reported = isRecord(metricsConfig) && total(uses, "records") > 0;
    return metricCharges("metrics of the stream", reported ? mappingMetrics : 0);
  },
  "aws:apigateway/stage:Stage": ({ inputs: { xrayTracingEnabled } }, uses, assumed) => {
    const requests = total(uses, "requests");
    return [
      { what: "requests", price: "apigateway.requests", quantity: requests / 1e6 },
      ...(xrayTracingEnabled === true ? [traceCharge(requests, assumed)] : []),
    ];
  },
  "aws:apigateway/methodSettings:MethodSettings": ({ inputs: { settings } }, uses) => {
    const detailed = isRecord(settings) && settings["metricsEnabled"] === true;
    const methods = detailed ? total(uses, "methodsCalled") : 0;
    return metricCharges("metrics by method", methods * metricsOfMethod);
  },
  "aws:wafv2/webAcl:WebAcl": (_, uses) => [
    { what: "requests", price: "waf.requests", quantity: total(uses, "requests") / 1e6 },
  ],
  "aws:cloudwatch/logGroup:LogGroup": ({ inputs: { retentionInDays } }, uses, assumed) => {
    const ingested = total(uses, "bytes") / gigabyte;
    const months = numberIn(retentionInDays, 0) / 30;
    return [
      { what: "logs ingested", price: "logs.ingested", quantity: ingested },
      {
        what: "logs stored",
        price: "logs.stored",
        quantity: ingested * months * assumed("logCompression"),
      },
    ];
  },
};

/** Of so many requests a month X-Ray records those that its default sampling rule picks. */
function traceCharge(requests: number, assumed: Assumed<CommonAssumption>): Charge {
  const always = assumed("tracesPerSecond") * hoursPerMonth * 3600;
  const recorded = Math.min(requests, always) + 0.05 * Math.max(0, requests - always);
  return { what: "traces", price: "xray.traces", quantity: recorded / 1e6 };
}

function metricCharges(what: string, count: number): Charge[] {
  return count === 0 ? [] : [{ what, price: "metric.month", quantity: count }];
}
