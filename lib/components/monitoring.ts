import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import { alarmsFor } from "./monitoring/alarms";
import type { AlarmThresholds } from "./monitoring/alarms";
import { dashboardBody } from "./monitoring/dashboard";
import { runbookEntry } from "./monitoring/runbook";
import { createAlarmTopic } from "./monitoring/topic";
import { fiveMinutes } from "./monitoring/watched";
import type { MonitoredResources } from "./monitoring/watched";
import { resourceName } from "../core/names";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";
import type { StackContext, Transform } from "../types";

/** The topic that alarms are sent to: one of the stack's own, or one that exists. */
export type AlarmTopic =
  | { readonly emailAddresses: readonly string[]; readonly keyArn: pulumi.Input<string> }
  | { readonly existing: { readonly topicArn: pulumi.Input<string> } };

/** Arguments of {@link MonitoringComponent}. */
export interface MonitoringComponentArgs {
  readonly context: StackContext;
  readonly topic: AlarmTopic;
  readonly thresholds: AlarmThresholds;
  readonly watched: MonitoredResources;
  /**
   * Where the runbook is published; null (the default) for its place in the repository. Every alarm's
   * description, of at most 1024 characters in CloudWatch, ends with it.
   */
  readonly runbookUrl?: string | null;
  readonly transform?: {
    readonly topic?: Transform<sns.TopicArgs>;
    readonly alarm?: Transform<cloudwatch.MetricAlarmArgs>;
  };
}

/**
 * Alarms that all go to one encrypted topic, each with an entry in the runbook, and a dashboard.
 *
 * ### Cost
 *
 * Each metric of each alarm: `alarm.month` 0.1 USD; an alarm on several pays for each. The dashboard:
 * `dashboard.month` 3 USD, unless it is one of an account's first three. A topic costs nothing while no alarm rings.
 *
 * @example
 * ```ts
 * import { MonitoringComponent } from "payment-stack";
 *
 * new MonitoringComponent("monitoring", {
 *   context,
 *   topic: { emailAddresses: ["on-call@example.com"], keyArn: keys.dataKeyArn },
 *   thresholds: { ...config.alarms, databaseCpuPercent: 70 },
 *   watched: {
 *     databaseIdentifier: database.identifier,
 *     functions: { payment: payment.functionName, ledger: ledger.functionName },
 *     seldomRun: [],
 *     streamConsumer: ledger.functionName,
 *     streamMapping: stream.mappingId,
 *     reconciliation: reconcile.functionName,
 *     reconciliationEveryMinutes: 60,
 *     metricsNamespace: "Payments",
 *     apiName: api.apiName,
 *     apiStage: api.stageName,
 *     tableName: table.tableName,
 *     tableIndexes: table.indexNames,
 *     idempotencyTableName: answers.tableName,
 *   },
 * });
 * ```
 */
export class MonitoringComponent extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;
  /** ARN of each alarm by purpose: `database-cpu`, `payment-errors`, `api-5xx`, … */
  readonly alarmArns: pulumi.Output<Record<string, string>>;
  readonly dashboardName: pulumi.Output<string>;
  readonly dashboardArn: pulumi.Output<string>;

  constructor(name: string, args: MonitoringComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("payments:operations:Monitoring", name, {}, opts);
    const { context, topic, thresholds, watched, runbookUrl = null, transform } = args;
    const child = { parent: this };

    this.topicArn =
      "existing" in topic
        ? pulumi.output(topic.existing.topicArn)
        : createAlarmTopic(name, { context, ...topic, transform: transform?.topic }, this);

    const alarms = alarmsFor(watched, thresholds).map((alarm) => {
      const alarmName = resourceName(context, alarm.purpose);
      const resource = new cloudwatch.MetricAlarm(
        `${name}-${alarm.purpose}`,
        transformed<cloudwatch.MetricAlarmArgs>(
          {
            name: alarmName,
            alarmDescription: `${context.environment}: ${alarm.says}. Runbook: ${runbookEntry(runbookUrl, alarm.purpose)}`,
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
        dashboardBody: dashboardBody({
          context,
          watched,
          thresholds,
          alarmArns: alarms.map(([, arn]) => arn),
          runbookUrl,
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
}
