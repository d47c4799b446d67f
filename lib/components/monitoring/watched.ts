import type * as pulumi from "@pulumi/pulumi";

/** What is watched. */
export interface MonitoredResources {
  readonly databaseIdentifier: pulumi.Input<string>;
  /** Function names by purpose, in the order in which the dashboard shows them. */
  readonly functions: Readonly<Record<string, pulumi.Input<string>>>;
  /** Purposes of the functions that run once an hour or a deployment: a single failure of them is told. */
  readonly seldomRun: readonly string[];
  /** The function that takes the table's changes and sets aside those that it never can. */
  readonly streamConsumer: pulumi.Input<string>;
  /** Id of the mapping that hands the changes to it. */
  readonly streamMapping: pulumi.Input<string>;
  /** The function that compares table and ledger. */
  readonly reconciliation: pulumi.Input<string>;
  /** Minutes between two of its runs. */
  readonly reconciliationEveryMinutes: number;
  /** Where the functions' own metrics are, by function name as the dimension `service`. */
  readonly metricsNamespace: string;
  readonly apiName: pulumi.Input<string>;
  readonly apiStage: pulumi.Input<string>;
  readonly tableName: pulumi.Input<string>;
  readonly tableIndexes: readonly string[];
  /** The table of the answers under idempotency keys. */
  readonly idempotencyTableName: pulumi.Input<string>;
}

/** Over how long a data point sums or averages, in seconds: CloudWatch keeps such points for 63 days. */
export const fiveMinutes = 300;

/** In seconds. */
export const hour = 3600;

/** Bytes. */
export const gibibyte = 1024 ** 3;

/** A metric as CloudWatch finds it; the dimensions are all those that its service reports it by. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
}

/** The metrics of what is watched, by name. */
export function metricsOf(watched: MonitoredResources) {
  const table = { TableName: watched.tableName };
  return {
    database: (metricName: string): Metric => ({
      namespace: "AWS/RDS",
      metricName,
      dimensions: { DBInstanceIdentifier: watched.databaseIdentifier },
    }),
    api: (metricName: string): Metric => ({
      namespace: "AWS/ApiGateway",
      metricName,
      dimensions: { ApiName: watched.apiName, Stage: watched.apiStage },
    }),
    fn: (functionName: pulumi.Input<string>, metricName: string): Metric => ({
      namespace: "AWS/Lambda",
      metricName,
      dimensions: { FunctionName: functionName },
    }),
    /** What Lambda reports of handing a stream's changes over. */
    mapping: (metricName: string): Metric => ({
      namespace: "AWS/Lambda",
      metricName,
      dimensions: { EventSourceMappingUUID: watched.streamMapping },
    }),
    /** What a function itself reports. */
    own: (functionName: pulumi.Input<string>, metricName: string): Metric => ({
      namespace: watched.metricsNamespace,
      metricName,
      dimensions: { service: functionName },
    }),
    table: (metricName: string): Metric => tableMetric(metricName, table),
    tableOperation: (metricName: string, operation: string): Metric =>
      tableMetric(metricName, { ...table, Operation: operation }),
    /** Refused requests; DynamoDB reports those of an index apart from the table's. */
    throttles: (): Metric[] =>
      [
        table,
        ...watched.tableIndexes.map((name) => ({ ...table, GlobalSecondaryIndexName: name })),
        { TableName: watched.idempotencyTableName },
      ].flatMap((dimensions) => [
        tableMetric("ReadThrottleEvents", dimensions),
        tableMetric("WriteThrottleEvents", dimensions),
      ]),
    /** Requests that DynamoDB failed; it reports them by operation. */
    systemErrors: (): Metric[] =>
      tableOperations.map((operation) =>
        tableMetric("SystemErrors", { ...table, Operation: operation }),
      ),
  };
}

/** The operations of the payment function. */
export const tableOperations = [
  "PutItem",
  "GetItem",
  "Query",
  "UpdateItem",
  "TransactWriteItems",
] as const;

/** Metric math: the sum of all metrics beside it, of which some may have no data. */
export const sumOfAll = "SUM(FILL(METRICS(), 0))";

function tableMetric(metricName: string, dimensions: Metric["dimensions"]): Metric {
  return { namespace: "AWS/DynamoDB", metricName, dimensions };
}
