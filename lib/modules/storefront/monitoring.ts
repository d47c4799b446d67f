import { apiAlarms, apiGraphs } from "../../components/monitoring/api";
import type { ApiThresholds, MonitoredApi, WebAclMetrics } from "../../components/monitoring/api";
import type { Alarm } from "../../components/monitoring/alarm";
import { certificateAlarm, certificateGraph } from "../../components/monitoring/certificate";
import type {
  CertificateThresholds,
  MonitoredCertificate,
} from "../../components/monitoring/certificate";
import { line } from "../../components/monitoring/dashboard-graph";
import type { Graph } from "../../components/monitoring/dashboard-graph";
import {
  functionAlarms,
  functionGraphs,
  functionMetric,
  reportedMetric,
} from "../../components/monitoring/functions";
import type { FunctionThresholds, MonitoredFunction } from "../../components/monitoring/functions";
import {
  discardedChangesAlarms,
  discardedChangesGraph,
  streamAgeAlarm,
  streamAgeGraph,
} from "../../components/monitoring/stream-consumer";
import type { MonitoredStreamConsumer } from "../../components/monitoring/stream-consumer";
import { tableAlarms, tableGraphs } from "../../components/monitoring/table";
import type { MonitoredTable } from "../../components/monitoring/table";
import type { ModuleMonitoring } from "../contract";
import { metricsNamespace } from "./functions";
import { orderReconciliationAlarms, orderReconciliationGraphs } from "./reconciliation-monitoring";

/** The monitored functions, in the order in which the dashboard shows them. */
const functionNames = ["products", "orders", "users", "settle", "expire", "reconcile"] as const;

/** The operations of the functions on each table. */
const tableOperations = {
  products: ["GetItem", "BatchGetItem", "Query", "TransactWriteItems"],
  orders: ["GetItem", "Query", "Scan", "TransactWriteItems"],
  users: ["GetItem", "PutItem", "DeleteItem", "Query"],
} as const;

/** Seconds after which orders should have heard of a payment: customers wait for it. */
const streamThresholds = { streamAgeSeconds: 300 };

type Function = Pick<MonitoredFunction, "functionName">;

/** What the storefront has built. */
export interface StorefrontResources {
  readonly functions: Readonly<Record<(typeof functionNames)[number], Function>>;
  readonly api: Pick<MonitoredApi, "apiName" | "stageName">;
  /** The web ACL in front of the API, if it has one. */
  readonly waf: { readonly metrics: WebAclMetrics } | undefined;
  /** The API's domain, if it has one. */
  readonly domain: Pick<MonitoredCertificate, "certificateArn"> | undefined;
  /** The mapping that invokes the function that settles orders. */
  readonly stream: Pick<MonitoredStreamConsumer, "mappingId">;
  readonly tables: Readonly<
    Record<keyof typeof tableOperations, Pick<MonitoredTable, "tableName" | "indexNames">>
  >;
  readonly idempotencyTable: Pick<MonitoredTable, "tableName">;
  /** Minutes between two planned comparisons of orders with their payments. */
  readonly reconciliationEveryMinutes: number;
}

/** The alarms of the storefront, and their graphs from what matters most to what may be the cause. */
export function storefrontMonitoring(
  built: StorefrontResources,
  thresholds: FunctionThresholds & ApiThresholds & CertificateThresholds,
): ModuleMonitoring {
  const { apiName, stageName } = built.api;
  const labels = { purpose: "shop", label: "storefront's API" };
  const api = { ...labels, apiName, stageName, webAcl: built.waf?.metrics };
  const certificates =
    built.domain === undefined ? [] : [{ ...labels, certificateArn: built.domain.certificateArn }];
  const { settle, expire, reconcile } = built.functions;
  const stream = {
    purpose: "orders",
    consumer: "orders' settlement",
    source: "payments",
    functionName: settle.functionName,
    mappingId: built.stream.mappingId,
  };
  const reconciliation = {
    functionName: reconcile.functionName,
    everyMinutes: built.reconciliationEveryMinutes,
    // a schedule of its own invokes it every few minutes
    alwaysReported: functionMetric(expire, "Invocations"),
  };
  const functions = functionNames.map((name) => ({
    // the payments have a function of that name
    purpose: name === "reconcile" ? "reconcile-orders" : name,
    functionName: built.functions[name].functionName,
    infrequentlyInvoked: name === "expire" || name === "reconcile",
  }));
  const tables = (["products", "orders", "users"] as const).map((purpose) => {
    const { tableName, indexNames } = built.tables[purpose];
    return {
      purpose: `${purpose}-table`,
      label: `table of ${purpose}`,
      tableName,
      indexNames,
      operations: tableOperations[purpose],
      // each request that writes products or orders writes there too
      ...(purpose === "products" && { companionTableNames: [built.idempotencyTable.tableName] }),
    };
  });
  return {
    alarms: [
      differencesAlarm(settle),
      ...orderReconciliationAlarms(reconciliation),
      streamAgeAlarm(stream, streamThresholds),
      ...discardedChangesAlarms(stream),
      ...apiAlarms(api, thresholds),
      ...certificates.map((certificate) => certificateAlarm(certificate, thresholds)),
      ...functionAlarms(functions, thresholds),
      ...tables.flatMap(tableAlarms),
    ],
    graphs: [
      [
        differencesGraph(settle),
        expiredGraph(expire),
        streamAgeGraph(stream, streamThresholds),
        discardedChangesGraph(stream),
      ],
      orderReconciliationGraphs(reconciliation),
      ...apiGraphs(
        api,
        thresholds,
        certificates.map((certificate) => certificateGraph(certificate, thresholds)),
      ),
      ...functionGraphs(functions, thresholds),
      ...tables.flatMap(tableGraphs),
    ],
  };
}

/** Where an order and a payment do not belong together as they are. */
const differencesPurpose = "order-differences";

function differencesAlarm(settle: Function): Alarm {
  return {
    purpose: differencesPurpose,
    description: "more than 0 payments in 5 minutes were not what their orders are to be paid with",
    threshold: 0,
    metric: { ...differences(settle), statistic: "Sum" },
    treatMissingData: "notBreaching",
  };
}

function differencesGraph(settle: Function): Graph {
  return {
    title: "Orders: differences from payments",
    unit: "payments in 5 min",
    lines: [line(differences(settle), "Sum", "differences")],
    alarms: [{ purpose: differencesPurpose, value: 0 }],
  };
}

function differences(settle: Function) {
  return reportedMetric(settle, metricsNamespace, "OrderDifferences");
}

function expiredGraph(expire: Function): Graph {
  return {
    title: "Orders expired",
    unit: "orders in 5 min",
    lines: [line(reportedMetric(expire, metricsNamespace, "OrdersExpired"), "Sum", "expired")],
  };
}
