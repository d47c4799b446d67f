import type { MonitoringComponentArgs } from "../../components/monitoring";
import type { Alarm } from "../../components/monitoring/alarm";
import { apiAlarms, apiGraphs } from "../../components/monitoring/api";
import type { ApiThresholds, MonitoredApi, WebAclMetrics } from "../../components/monitoring/api";
import { certificateAlarm, certificateGraph } from "../../components/monitoring/certificate";
import type {
  CertificateThresholds,
  MonitoredCertificate,
} from "../../components/monitoring/certificate";
import { line } from "../../components/monitoring/dashboard-graph";
import type { Graph } from "../../components/monitoring/dashboard-graph";
import {
  databaseAlarms,
  databaseGraphs,
  databaseMetric,
} from "../../components/monitoring/database";
import type { DatabaseThresholds, MonitoredDatabase } from "../../components/monitoring/database";
import {
  functionAlarms,
  functionGraphs,
  reportedMetric,
} from "../../components/monitoring/functions";
import type { FunctionThresholds, MonitoredFunction } from "../../components/monitoring/functions";
import {
  discardedChangesAlarms,
  discardedChangesGraph,
  streamAgeAlarm,
  streamAgeGraph,
} from "../../components/monitoring/stream-consumer";
import type {
  MonitoredStreamConsumer,
  StreamThresholds,
} from "../../components/monitoring/stream-consumer";
import { tableAlarms, tableGraphs } from "../../components/monitoring/table";
import type { MonitoredTable } from "../../components/monitoring/table";
import { metricsNamespace } from "./functions";
import {
  differencesGraphs,
  progressGraphs,
  reconciliationAlarms,
} from "./reconciliation-monitoring";
import type { ReconciliationThresholds } from "./reconciliation-monitoring";

/** The monitored functions, in the order in which the dashboard shows them. */
const functionPurposes = ["payment", "accounts", "ledger", "reconcile", "migrate"] as const;

/** Infrequently invoked functions: once an hour or a deployment. */
const infrequentlyInvoked: readonly string[] = ["reconcile", "migrate"];

/** The operations of the payment function on its table. */
const tableOperations = ["PutItem", "GetItem", "Query", "UpdateItem", "TransactWriteItems"];

type LedgerFunction = Pick<MonitoredFunction, "functionName">;

/** What payments have built. */
export interface PaymentResources {
  readonly database: Pick<MonitoredDatabase, "identifier">;
  readonly functions: Readonly<
    Record<(typeof functionPurposes)[number], Pick<MonitoredFunction, "functionName">>
  >;
  /** The mapping that invokes the ledger with the table's changes. */
  readonly stream: Pick<MonitoredStreamConsumer, "mappingId">;
  readonly api: Pick<MonitoredApi, "apiName" | "stageName">;
  /** The web ACL in front of the API, if it has one. */
  readonly waf: { readonly metrics: WebAclMetrics } | undefined;
  /** The API's domain, if it has one. */
  readonly domain: Pick<MonitoredCertificate, "certificateArn"> | undefined;
  readonly table: Pick<MonitoredTable, "tableName" | "indexNames">;
  readonly idempotencyTable: Pick<MonitoredTable, "tableName">;
  /** Minutes between two planned reconciliations. */
  readonly reconciliationEveryMinutes: number;
}

/** Thresholds of the alarms of payments. */
export interface PaymentThresholds
  extends
    DatabaseThresholds,
    FunctionThresholds,
    ApiThresholds,
    CertificateThresholds,
    StreamThresholds,
    ReconciliationThresholds {}

/**
 * The alarms of payments, and their graphs from what matters most to what may be the cause: the money, the API,
 * each function, the table, the database.
 */
export function paymentMonitoring(
  built: PaymentResources,
  thresholds: PaymentThresholds,
): Pick<MonitoringComponentArgs, "alarms" | "graphs"> {
  const { ledger, reconcile } = built.functions;
  const { identifier } = built.database;
  const { apiName, stageName } = built.api;
  const { tableName, indexNames } = built.table;
  const database = { purpose: "database", label: "database", identifier };
  const labels = { purpose: "api", label: "API" };
  const api = { ...labels, apiName, stageName, webAcl: built.waf?.metrics };
  const certificates =
    built.domain === undefined ? [] : [{ ...labels, certificateArn: built.domain.certificateArn }];
  const table = {
    purpose: "table",
    label: "table",
    tableName,
    indexNames,
    operations: tableOperations,
    companionTableNames: [built.idempotencyTable.tableName],
  };
  const stream = {
    consumer: "ledger",
    source: "table",
    functionName: ledger.functionName,
    mappingId: built.stream.mappingId,
  };
  const reconciliation = {
    functionName: reconcile.functionName,
    everyMinutes: built.reconciliationEveryMinutes,
    alwaysReported: databaseMetric(database, "CPUUtilization"),
  };
  const functions = functionPurposes.map((purpose) => ({
    purpose,
    functionName: built.functions[purpose].functionName,
    infrequentlyInvoked: infrequentlyInvoked.includes(purpose),
  }));

  return {
    alarms: [
      ...databaseAlarms(database, thresholds),
      ...functionAlarms(functions, thresholds),
      ...apiAlarms(api, thresholds),
      ...certificates.map((certificate) => certificateAlarm(certificate, thresholds)),
      streamAgeAlarm(stream, thresholds),
      deadLettersAlarm(ledger),
      ...discardedChangesAlarms(stream),
      ...reconciliationAlarms(reconciliation, thresholds),
      ...tableAlarms(table),
    ],
    graphs: [
      [
        ...differencesGraphs(reconciliation),
        deadLettersGraph(ledger),
        streamAgeGraph(stream, thresholds),
      ],
      // what detects payments that were missed
      [discardedChangesGraph(stream), ...progressGraphs(reconciliation, thresholds)],
      ...apiGraphs(
        api,
        thresholds,
        certificates.map((certificate) => certificateGraph(certificate, thresholds)),
      ),
      ...functionGraphs(functions, thresholds),
      ...tableGraphs(table),
      ...databaseGraphs(database, thresholds),
    ],
  };
}

function deadLettersAlarm(ledger: LedgerFunction): Alarm {
  return {
    purpose: "dead-letters",
    description:
      "more than 0 changes in 5 minutes became dead letters, for the ledger can never post them",
    threshold: 0,
    metric: { ...reportedMetric(ledger, metricsNamespace, "DeadLetters"), statistic: "Sum" },
    treatMissingData: "notBreaching",
  };
}

function deadLettersGraph(ledger: LedgerFunction): Graph {
  return {
    title: "Dead letters",
    unit: "changes in 5 min",
    lines: [line(reportedMetric(ledger, metricsNamespace, "DeadLetters"), "Sum", "dead letters")],
    alarms: [{ purpose: "dead-letters", value: 0 }],
  };
}
