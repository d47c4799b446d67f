import {
  DeleteAlarmsCommand,
  DeleteDashboardsCommand,
  PutDashboardCommand,
  PutMetricAlarmCommand,
} from "@aws-sdk/client-cloudwatch";
import type { Dimension } from "@aws-sdk/client-cloudwatch";
import * as z from "zod";
import type { ResourceTypes } from "../resource";
import { arnOf, creator, flag, number, tagList, tags, text, texts } from "./creator";
import { byId, deletion } from "./deletion";

const dimensions = z.record(z.string(), z.string()).optional();

const dimensionList = (
  byName: Readonly<Record<string, string>> | undefined,
): Dimension[] | undefined =>
  byName && Object.entries(byName).map(([Name, Value]) => ({ Name, Value }));

const statistic = z.enum(["Average", "Maximum", "Minimum", "SampleCount", "Sum"]).optional();

const metricQuery = z.strictObject({
  id: z.string(),
  expression: text,
  label: text,
  period: number,
  returnData: flag,
  metric: z
    .strictObject({
      namespace: text,
      metricName: z.string(),
      dimensions,
      period: z.number(),
      stat: z.string(),
    })
    .optional(),
});

const metricAlarm = creator(
  {
    name: z.string(),
    alarmDescription: text,
    comparisonOperator: z.enum([
      "GreaterThanOrEqualToThreshold",
      "GreaterThanThreshold",
      "LessThanThreshold",
      "LessThanOrEqualToThreshold",
    ]),
    threshold: number,
    evaluationPeriods: z.number(),
    datapointsToAlarm: number,
    period: number,
    namespace: text,
    metricName: text,
    dimensions,
    statistic,
    extendedStatistic: text,
    metricQueries: z.array(metricQuery).optional(),
    treatMissingData: z.enum(["breaching", "notBreaching", "ignore", "missing"]).optional(),
    actionsEnabled: flag,
    alarmActions: texts,
    okActions: texts,
    insufficientDataActions: texts,
    tags,
  },
  async (args, cloud) => {
    await cloud.clients.cloudWatch.send(
      new PutMetricAlarmCommand({
        AlarmName: args.name,
        AlarmDescription: args.alarmDescription,
        ComparisonOperator: args.comparisonOperator,
        Threshold: args.threshold,
        EvaluationPeriods: args.evaluationPeriods,
        DatapointsToAlarm: args.datapointsToAlarm,
        Period: args.period,
        Namespace: args.namespace,
        MetricName: args.metricName,
        Dimensions: dimensionList(args.dimensions),
        Statistic: args.statistic,
        ExtendedStatistic: args.extendedStatistic,
        Metrics: args.metricQueries?.map(({ metric, ...query }) => ({
          Id: query.id,
          Expression: query.expression,
          Label: query.label,
          Period: query.period,
          // as the provider: false by default
          ReturnData: query.returnData ?? false,
          MetricStat: metric && {
            Metric: {
              Namespace: metric.namespace,
              MetricName: metric.metricName,
              Dimensions: dimensionList(metric.dimensions),
            },
            Period: metric.period,
            Stat: metric.stat,
          },
        })),
        TreatMissingData: args.treatMissingData,
        ActionsEnabled: args.actionsEnabled,
        AlarmActions: args.alarmActions,
        OKActions: args.okActions,
        InsufficientDataActions: args.insufficientDataActions,
        Tags: tagList(args.tags),
      }),
    );
    return { id: args.name, outputs: { arn: arnOf(cloud, "cloudwatch", `alarm:${args.name}`) } };
  },
);

const dashboard = creator(
  { dashboardName: z.string(), dashboardBody: z.string() },
  async (args, cloud) => {
    // the emulator accepts anything as a dashboard
    JSON.parse(args.dashboardBody);
    await cloud.clients.cloudWatch.send(
      new PutDashboardCommand({
        DashboardName: args.dashboardName,
        DashboardBody: args.dashboardBody,
      }),
    );
    return {
      id: args.dashboardName,
      outputs: {
        dashboardArn: `arn:aws:cloudwatch::${cloud.accountId}:dashboard/${args.dashboardName}`,
      },
    };
  },
);

/** CloudWatch. */
export const cloudWatchTypes: ResourceTypes = {
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    create: metricAlarm,
    upserts: true,
    replacedBy: ["name"],
    delete: deletion(byId, ({ id }, { clients: { cloudWatch } }) =>
      cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [id] })),
    ),
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    create: dashboard,
    upserts: true,
    replacedBy: ["dashboardName"],
    delete: deletion(byId, ({ id }, { clients: { cloudWatch } }) =>
      cloudWatch.send(new DeleteDashboardsCommand({ DashboardNames: [id] })),
    ),
  },
};
