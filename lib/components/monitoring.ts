import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import type { Alarm } from "./monitoring/alarm";
import { dashboardBody } from "./monitoring/dashboard";
import type { GraphRow } from "./monitoring/dashboard-graph";
import { fiveMinutes } from "./monitoring/metric";
import { runbookEntry } from "./monitoring/runbook";
import { createAlarmTopic } from "./monitoring/topic";
import { regional } from "../core/context";
import { resourceName } from "../core/names";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";
import type { StackContext, Transform } from "../types";

/**
 * The topic that alarms are sent to: one of the component's own, or one that exists in its region (CloudWatch
 * sends to no other).
 */
export type AlarmTopic =
  | { readonly emailAddresses: readonly string[]; readonly keyArn: pulumi.Input<string> }
  | { readonly existing: { readonly topicArn: pulumi.Input<string> } };

/** Arguments of {@link MonitoringComponent}. */
export interface MonitoringComponentArgs {
  readonly context: StackContext;
  /**
   * What stands before `alarms` and `dashboard` in the names of topic and dashboard; by default nothing, which one
   * such component of a stack can have. Alarms have purposes of their own.
   */
  readonly purpose?: string;
  /** The dashboard's heading, before the stack's suffix. */
  readonly title: string;
  readonly topic: AlarmTopic;
  /** In the order in which the dashboard lists them. No two of a stack have one purpose. */
  readonly alarms: readonly Alarm[];
  /** The dashboard's graphs in rows, from what matters most to what may be the cause. */
  readonly graphs: readonly GraphRow[];
  /**
   * Where the runbook is published; null (the default) for its place in the repository. Every alarm's
   * description, of at most 1024 characters in CloudWatch, ends with it and the alarm's purpose.
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
 * `dashboard.month` 3 USD, unless it is one of an account's first three. A topic costs nothing while no alarm fires.
 *
 * @example
 * ```ts
 * import { MonitoringComponent, databaseAlarms, databaseGraphs } from "payment-stack";
 *
 * const reports = {
 *   purpose: "reports-database",
 *   label: "reports database",
 *   identifier: database.identifier,
 * };
 * const thresholds = { ...config.alarms, databaseCpuPercent: 70 };
 * new MonitoringComponent("reports-monitoring", {
 *   context,
 *   purpose: "reports",
 *   title: "Reports",
 *   topic: { emailAddresses: ["on-call@example.com"], keyArn: keys.arns.data },
 *   alarms: databaseAlarms(reports, thresholds),
 *   graphs: databaseGraphs(reports, thresholds),
 *   runbookUrl: "https://example.com/runbook.md",
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
    const { context, title, topic, graphs, runbookUrl = null, transform } = args;
    const purposeOf = (part: string) =>
      args.purpose === undefined ? part : `${args.purpose}-${part}`;
    const child = { parent: this };

    this.topicArn =
      "existing" in topic
        ? pulumi.output(topic.existing.topicArn)
        : createAlarmTopic(
            name,
            { context, purpose: purposeOf("alarms"), ...topic, transform: transform?.topic },
            this,
          );

    const alarms = args.alarms.map((alarm) => {
      const alarmName = resourceName(context, alarm.purpose);
      const resource = new cloudwatch.MetricAlarm(
        `${name}-${alarm.purpose}`,
        transformed<cloudwatch.MetricAlarmArgs>(
          {
            ...regional(context),
            name: alarmName,
            alarmDescription: `${context.environment}: ${alarm.description}. Runbook: ${runbookEntry(runbookUrl, alarm.purpose)}`,
            comparisonOperator: alarm.comparison ?? "GreaterThanThreshold",
            threshold: alarm.threshold,
            evaluationPeriods: alarm.periods ?? 1,
            ...(alarm.metric.metricQueries === undefined && { period: fiveMinutes }),
            ...alarm.metric,
            treatMissingData: alarm.treatMissingData,
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
        ...regional(context),
        dashboardName: resourceName(context, purposeOf("dashboard")),
        dashboardBody: dashboardBody({
          context,
          title,
          alarmArns: alarms.map(([, arn]) => arn),
          graphs,
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
