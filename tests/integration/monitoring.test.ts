import { DescribeAlarmsCommand, GetDashboardCommand } from "@aws-sdk/client-cloudwatch";
import { GetTopicAttributesCommand } from "@aws-sdk/client-sns";
import { aws, isLocal, outputs, text } from "./deployed";

describe("monitoring", () => {
  it("has an alarm for all that the outputs name, each with a target, dimensions and a description that links the runbook", async () => {
    const purposes = new Map(
      Object.entries(outputs["alarmArns"] ?? {}).map(([purpose, arn]) => [String(arn), purpose]),
    );
    const arns = [...purposes.keys()];
    const { MetricAlarms = [] } = await aws.cloudWatch.send(
      new DescribeAlarmsCommand({
        AlarmNames: arns.map((arn) => arn.split(":alarm:")[1] ?? ""),
        MaxRecords: 100,
      }),
    );

    expect(arns.length).toBeGreaterThanOrEqual(4);
    expect(MetricAlarms.map(({ AlarmArn }) => AlarmArn).sort()).toEqual(arns.sort());
    for (const alarm of MetricAlarms) {
      // the emulator forgets the metrics of an alarm on several
      const onSeveral = isLocal && alarm.MetricName === undefined;
      const metrics = [alarm, ...(alarm.Metrics ?? []).flatMap((m) => m.MetricStat?.Metric ?? [])];
      expect(alarm.AlarmActions).toEqual([text("alarmTopicArn")]);
      expect(alarm.AlarmDescription).toContain(`${text("environment")}: `);
      expect(alarm.AlarmDescription).toContain(`#${String(purposes.get(alarm.AlarmArn ?? ""))}`);
      expect(onSeveral || metrics.flatMap(({ Dimensions }) => Dimensions ?? []).length > 0).toBe(
        true,
      );
    }
  });

  it("sends to an encrypted topic", async () => {
    const { Attributes } = await aws.sns.send(
      new GetTopicAttributesCommand({ TopicArn: text("alarmTopicArn") }),
    );

    expect(Attributes?.["KmsMasterKeyId"]).toBe(text("dataKeyArn"));
  });

  it("shows alarms, money, API, functions, table and database on a dashboard", async () => {
    const { DashboardBody = "{}" } = await aws.cloudWatch.send(
      new GetDashboardCommand({ DashboardName: text("dashboardName") }),
    );
    const { widgets } = JSON.parse(DashboardBody) as {
      widgets: { type: string; properties: { title?: string; alarms?: string[] } }[];
    };
    const status = widgets.find(({ type }) => type === "alarm");

    expect(status?.properties.alarms?.sort()).toEqual(
      Object.values(outputs["alarmArns"] ?? {})
        .map(String)
        .sort(),
    );
    expect(widgets.map(({ properties }) => properties.title)).toEqual(
      expect.arrayContaining([
        "Table and ledger differ",
        "API latency",
        "Function payment: failures",
        "Table: throttled",
        "Database: CPU",
      ]),
    );
  });
});
