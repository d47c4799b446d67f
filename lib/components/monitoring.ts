import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import { resourceName } from "../naming";
import { policyJson } from "../policy-document";
import { namedTags } from "../tags";
import { transformed } from "../transform";
import type { StackContext, Transform } from "../types";

/** Where alarms begin to ring. */
export interface AlarmThresholds {
  /** Average CPU over 5 minutes, in percent. */
  readonly databaseCpuPercent: number;
  readonly databaseFreeStorageGiB: number;
  readonly databaseConnections: number;
  /** In 5 minutes, for each function. */
  readonly lambdaErrors: number;
  readonly lambdaThrottles: number;
  /** 5XX answers in 5 minutes. */
  readonly api5xxErrors: number;
  readonly apiLatencyP99Ms: number;
  /** Age of the oldest change of the table that its consumer has not taken. */
  readonly streamAgeSeconds: number;
}

/** The topic that alarms are sent to: one of the stack's own, or one that exists. */
export type AlarmTopic =
  | { readonly emailAddresses: readonly string[]; readonly keyArn: pulumi.Input<string> }
  | { readonly existing: { readonly topicArn: pulumi.Input<string> } };

/** What is watched. */
export interface MonitoredResources {
  readonly databaseIdentifier: pulumi.Input<string>;
  /** Function names by purpose. */
  readonly functions: Readonly<Record<string, pulumi.Input<string>>>;
  /** The function that takes the table's changes and sets aside those that it never can. */
  readonly streamConsumer: pulumi.Input<string>;
  /** The function that compares table and ledger. */
  readonly reconciliation: pulumi.Input<string>;
  /** Where the functions' own metrics are, by function name as the dimension `service`. */
  readonly metricsNamespace: string;
  readonly apiName: pulumi.Input<string>;
  readonly apiStage: pulumi.Input<string>;
  readonly tableName: pulumi.Input<string>;
  readonly tableIndexes: readonly string[];
}

/** Arguments of {@link MonitoringComponent}. */
export interface MonitoringComponentArgs {
  readonly context: StackContext;
  readonly topic: AlarmTopic;
  readonly thresholds: AlarmThresholds;
  readonly watched: MonitoredResources;
  readonly transform?: {
    readonly topic?: Transform<sns.TopicArgs>;
    readonly alarm?: Transform<cloudwatch.MetricAlarmArgs>;
  };
}

const fiveMinutes = 300;
const gibibyte = 1024 ** 3;

/** What makes one alarm: its name's part, what it says, and the arguments that differ. */
interface Alarm {
  readonly purpose: string;
  /** Follows the environment's name in the description. */
  readonly says: string;
  readonly threshold: number;
  readonly metric: Pick<
    cloudwatch.MetricAlarmArgs,
    "namespace" | "metricName" | "dimensions" | "statistic" | "extendedStatistic" | "metricQueries"
  >;
  /** Periods of five minutes in a row; by default one. */
  readonly periods?: number;
  readonly comparison?: "LessThanThreshold";
}

/**
 * Alarms that all go to one encrypted topic, and a dashboard.
 *
 * Cost: 0.10 USD a month for each alarm on one metric, a multiple for those on several; 3 USD for the
 * dashboard (three are free).
 */
export class MonitoringComponent extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;
  /** ARN of each alarm by purpose: `database-cpu`, `payment-errors`, `api-5xx`, … */
  readonly alarmArns: pulumi.Output<Record<string, string>>;
  readonly dashboardName: pulumi.Output<string>;
  readonly dashboardArn: pulumi.Output<string>;

  constructor(name: string, args: MonitoringComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("payments:operations:Monitoring", name, {}, opts);
    const { context, topic, watched, transform } = args;
    const child = { parent: this };

    this.topicArn =
      "existing" in topic
        ? pulumi.output(topic.existing.topicArn)
        : this.createTopic(name, context, topic, transform?.topic);

    const alarms = alarmsFor(watched, args.thresholds).map((alarm) => {
      const alarmName = resourceName(context, alarm.purpose);
      const resource = new cloudwatch.MetricAlarm(
        `${name}-${alarm.purpose}`,
        transformed<cloudwatch.MetricAlarmArgs>(
          {
            name: alarmName,
            alarmDescription: `${context.environment}: ${alarm.says}`,
            comparisonOperator: alarm.comparison ?? "GreaterThanThreshold",
            threshold: alarm.threshold,
            evaluationPeriods: alarm.periods ?? 1,
            ...(alarm.metric.metricQueries === undefined && { period: fiveMinutes }),
            ...alarm.metric,
            // no data is no traffic, except from a database, which always reports
            treatMissingData: alarm.purpose.startsWith("database-") ? "breaching" : "notBreaching",
            alarmActions: [this.topicArn],
            okActions: [this.topicArn],
            tags: namedTags(context.tags, alarmName),
          },
          transform?.alarm,
        ),
        child,
      );
      return [alarm.purpose, resource.arn] as const;
    });
    this.alarmArns = pulumi.all(Object.fromEntries(alarms));

    const dashboard = new cloudwatch.Dashboard(
      `${name}-dashboard`,
      {
        dashboardName: resourceName(context, "dashboard"),
        dashboardBody: pulumi.jsonStringify({
          widgets: dashboardWidgets(watched, context.aws.region),
        }),
      },
      child,
    );
    this.dashboardName = dashboard.dashboardName;
    this.dashboardArn = dashboard.dashboardArn;
    this.registerOutputs({
      topicArn: this.topicArn,
      alarmArns: this.alarmArns,
      dashboardName: this.dashboardName,
      dashboardArn: this.dashboardArn,
    });
  }

  private createTopic(
    name: string,
    context: StackContext,
    { emailAddresses, keyArn }: Exclude<AlarmTopic, { existing: unknown }>,
    transform?: Transform<sns.TopicArgs>,
  ): pulumi.Output<string> {
    const child = { parent: this };
    const topicName = resourceName(context, "alarms");
    const topic = new sns.Topic(
      `${name}-alarms`,
      transformed<sns.TopicArgs>(
        { name: topicName, kmsMasterKeyId: keyArn, tags: namedTags(context.tags, topicName) },
        transform,
      ),
      child,
    );
    new sns.TopicPolicy(
      `${name}-alarms-policy`,
      {
        arn: topic.arn,
        policy: policyJson([
          {
            Sid: "AlarmsOfThisAccount",
            Effect: "Allow",
            Principal: { Service: "cloudwatch.amazonaws.com" },
            Action: "sns:Publish",
            Resource: topic.arn,
            Condition: { StringEquals: { "aws:SourceAccount": context.aws.accountId } },
          },
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "sns:Publish",
            Resource: topic.arn,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ]),
      },
      child,
    );
    for (const endpoint of emailAddresses) {
      new sns.TopicSubscription(
        `${name}-alarms-${endpoint}`,
        { topic: topic.arn, protocol: "email", endpoint },
        child,
      );
    }
    return topic.arn;
  }
}

function alarmsFor(watched: MonitoredResources, limits: AlarmThresholds): Alarm[] {
  const database = (metricName: string) => ({
    namespace: "AWS/RDS",
    metricName,
    dimensions: { DBInstanceIdentifier: watched.databaseIdentifier },
    statistic: "Average",
  });
  const api = (metricName: string) => ({
    namespace: "AWS/ApiGateway",
    metricName,
    dimensions: { ApiName: watched.apiName, Stage: watched.apiStage },
  });
  const fn = (functionName: pulumi.Input<string>, metricName: string) => ({
    namespace: "AWS/Lambda",
    metricName,
    dimensions: { FunctionName: functionName },
    statistic: "Sum",
  });
  const own = (functionName: pulumi.Input<string>, metricName: string) => ({
    namespace: watched.metricsNamespace,
    metricName,
    dimensions: { service: functionName },
    statistic: "Sum",
  });

  return [
    {
      purpose: "database-cpu",
      says: `database CPU above ${String(limits.databaseCpuPercent)} % for 10 minutes`,
      threshold: limits.databaseCpuPercent,
      periods: 2,
      metric: database("CPUUtilization"),
    },
    {
      purpose: "database-storage",
      says: `database has less than ${String(limits.databaseFreeStorageGiB)} GiB of free storage`,
      threshold: limits.databaseFreeStorageGiB * gibibyte,
      comparison: "LessThanThreshold",
      metric: database("FreeStorageSpace"),
    },
    {
      purpose: "database-connections",
      says: `database has more than ${String(limits.databaseConnections)} connections`,
      threshold: limits.databaseConnections,
      metric: database("DatabaseConnections"),
    },
    ...Object.entries(watched.functions).flatMap(([purpose, functionName]) => [
      {
        purpose: `${purpose}-errors`,
        says: `${purpose} function failed more than ${String(limits.lambdaErrors)} times in 5 minutes`,
        threshold: limits.lambdaErrors,
        metric: fn(functionName, "Errors"),
      },
      {
        purpose: `${purpose}-throttles`,
        says: `${purpose} function was throttled more than ${String(limits.lambdaThrottles)} times in 5 minutes`,
        threshold: limits.lambdaThrottles,
        metric: fn(functionName, "Throttles"),
      },
    ]),
    {
      purpose: "api-5xx",
      says: `API answered more than ${String(limits.api5xxErrors)} requests with 5XX in 5 minutes`,
      threshold: limits.api5xxErrors,
      metric: { ...api("5XXError"), statistic: "Sum" },
    },
    {
      purpose: "api-latency",
      says: `API's 99th percentile latency above ${String(limits.apiLatencyP99Ms)} ms for 15 minutes`,
      threshold: limits.apiLatencyP99Ms,
      periods: 3,
      metric: { ...api("Latency"), extendedStatistic: "p99" },
    },
    {
      purpose: "stream-age",
      says: `oldest change that the ledger has not taken is more than ${String(limits.streamAgeSeconds)} seconds old`,
      threshold: limits.streamAgeSeconds * 1000,
      metric: { ...fn(watched.streamConsumer, "IteratorAge"), statistic: "Maximum" },
    },
    {
      purpose: "dead-letters",
      says: "more than 0 changes were set aside in 5 minutes, for the ledger can never take them",
      threshold: 0,
      metric: own(watched.streamConsumer, "DeadLetters"),
    },
    {
      purpose: "reconciliation-differences",
      says: "table and ledger differ in more than 0 payments",
      threshold: 0,
      metric: own(watched.reconciliation, "ReconciliationDifferences"),
    },
    {
      purpose: "table-throttles",
      says: "table throttled more than 0 requests in 5 minutes",
      threshold: 0,
      metric: { metricQueries: sumOf("throttled requests", throttleMetrics(watched)) },
    },
    {
      purpose: "table-errors",
      says: "table failed more than 0 requests for a reason of its own in 5 minutes",
      threshold: 0,
      metric: { metricQueries: sumOf("system errors", systemErrorMetrics(watched)) },
    },
  ];
}

/** A metric of a table; the dimensions are those that DynamoDB reports it by. */
interface TableMetric {
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
}

function throttleMetrics({ tableName, tableIndexes }: MonitoredResources): TableMetric[] {
  const table = { TableName: tableName };
  return [
    { metricName: "ReadThrottleEvents", dimensions: table },
    { metricName: "WriteThrottleEvents", dimensions: table },
    ...tableIndexes.flatMap((index) => {
      const dimensions = { ...table, GlobalSecondaryIndexName: index };
      return [
        { metricName: "ReadThrottleEvents", dimensions },
        { metricName: "WriteThrottleEvents", dimensions },
      ];
    }),
  ];
}

/** The operations of the payment function; DynamoDB reports system errors by operation. */
const tableOperations = ["PutItem", "GetItem", "Query", "UpdateItem", "TransactWriteItems"];

function systemErrorMetrics({ tableName }: MonitoredResources): TableMetric[] {
  return tableOperations.map((operation) => ({
    metricName: "SystemErrors",
    dimensions: { TableName: tableName, Operation: operation },
  }));
}

/** Metric math: the sum of several metrics, of which some may have no data. */
function sumOf(
  label: string,
  metrics: readonly TableMetric[],
): NonNullable<cloudwatch.MetricAlarmArgs["metricQueries"]> {
  return [
    { id: "total", expression: "SUM(FILL(METRICS(), 0))", label, returnData: true },
    ...metrics.map(({ metricName, dimensions }, index) => ({
      id: `m${String(index)}`,
      metric: {
        namespace: "AWS/DynamoDB",
        metricName,
        dimensions,
        period: fiveMinutes,
        stat: "Sum",
      },
    })),
  ];
}

/** CloudWatch's dashboard body: rows of two widgets, 12 of 24 columns each. */
function dashboardWidgets(watched: MonitoredResources, region: pulumi.Input<string>): unknown[] {
  const metrics = (
    namespace: string,
    dimensions: readonly pulumi.Input<string>[],
    stats: Readonly<Record<string, string>>,
  ) => Object.entries(stats).map(([metric, stat]) => [namespace, metric, ...dimensions, { stat }]);
  const widgets = [
    {
      title: "Database",
      metrics: metrics("AWS/RDS", ["DBInstanceIdentifier", watched.databaseIdentifier], {
        CPUUtilization: "Average",
        DatabaseConnections: "Maximum",
        FreeStorageSpace: "Minimum",
      }),
    },
    {
      title: "Functions",
      metrics: Object.values(watched.functions).flatMap((functionName) =>
        metrics("AWS/Lambda", ["FunctionName", functionName], {
          Invocations: "Sum",
          Errors: "Sum",
          Throttles: "Sum",
          Duration: "p99",
        }),
      ),
    },
    {
      title: "API",
      metrics: metrics("AWS/ApiGateway", ["ApiName", watched.apiName, "Stage", watched.apiStage], {
        Count: "Sum",
        "4XXError": "Sum",
        "5XXError": "Sum",
        Latency: "p99",
      }),
    },
    {
      title: "Transactions table",
      metrics: metrics("AWS/DynamoDB", ["TableName", watched.tableName], {
        ConsumedReadCapacityUnits: "Sum",
        ConsumedWriteCapacityUnits: "Sum",
        ReadThrottleEvents: "Sum",
        WriteThrottleEvents: "Sum",
      }),
    },
  ];
  return widgets.map((widget, index) => ({
    type: "metric",
    x: (index % 2) * 12,
    y: Math.floor(index / 2) * 6,
    width: 12,
    height: 6,
    properties: { ...widget, region, view: "timeSeries", period: fiveMinutes },
  }));
}
