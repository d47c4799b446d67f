import type { Alarm } from "../../../lib/components/monitoring/alarm";
import type { Graph } from "../../../lib/components/monitoring/dashboard-graph";
import { MonitoringComponent } from "../../../lib/components/monitoring";
import type { MonitoringComponentArgs } from "../../../lib/components/monitoring";
import { inRegion } from "../../../lib/core/context";
import { region } from "../../../lib/graph/mock-aws";
import { record, valueOf } from "../../../lib/graph/record";
import type { EnvironmentType } from "../../../lib/types";
import { testContext } from "../context";

const alarm: Alarm = {
  purpose: "queue-length",
  description: "more than 7 messages wait",
  threshold: 7,
  metric: { namespace: "Queues", metricName: "Length", statistic: "Maximum" },
  treatMissingData: "notBreaching",
};
const graph: Graph = {
  title: "Queue",
  unit: "messages",
  lines: [],
  alarms: [{ purpose: "queue-length", value: 7 }],
};

const argsOf = (
  environment: EnvironmentType,
  args: Partial<MonitoringComponentArgs>,
): MonitoringComponentArgs => ({
  context: testContext(environment),
  title: "Queues",
  topic: { emailAddresses: ["ops@example.com"], keyArn: "arn:key" },
  alarms: [alarm],
  graphs: [[graph]],
  ...args,
});

const build = (
  environment: EnvironmentType = "prod",
  args: Partial<MonitoringComponentArgs> = {},
) => record(() => new MonitoringComponent("payments", argsOf(environment, args)));

const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const topicType = "aws:sns/topic:Topic";
const dashboardType = "aws:cloudwatch/dashboard:Dashboard";
const topicArn = /^arn:aws:sns:.*payments-alarms$/;

describe("an alarm", () => {
  const built = async (changed: Partial<Alarm>) =>
    (await build("staging", { alarms: [{ ...alarm, ...changed }] })).one(alarmType).inputs;

  it("fires above its threshold in one period of five minutes, and notifies the topic then and afterwards", async () => {
    expect(await built({})).toMatchObject({
      name: "payments-staging-queue-length-staging",
      namespace: "Queues",
      metricName: "Length",
      statistic: "Maximum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 7,
      period: 300,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
      alarmActions: [expect.stringMatching(topicArn)],
      okActions: [expect.stringMatching(topicArn)],
    });
  });

  it("declares another comparison, more periods and what no data counts as", async () => {
    expect(
      await built({ comparison: "LessThanThreshold", periods: 3, treatMissingData: "breaching" }),
    ).toMatchObject({
      comparisonOperator: "LessThanThreshold",
      evaluationPeriods: 3,
      treatMissingData: "breaching",
    });
  });

  it("has the periods of its queries where its metric is computed", async () => {
    const metricQueries = [{ id: "total", expression: "m0 + m1", returnData: true }];
    const inputs = await built({ metric: { metricQueries } });

    expect(inputs["metricQueries"]).toEqual(metricQueries);
    expect(inputs).not.toHaveProperty("period");
  });

  it("is found by its purpose in the component's outputs", async () => {
    const { result } = await build();

    expect(await valueOf(result.alarmArns)).toEqual({
      "queue-length": expect.stringContaining(":alarm:payments-prod-queue-length-prod") as unknown,
    });
  });
});

describe("an alarm's description", () => {
  const described = async (args: Partial<MonitoringComponentArgs>) =>
    (await build("staging", args)).one(alarmType).inputs["alarmDescription"];

  it("ends with its entry in the runbook", async () => {
    expect(await described({})).toBe(
      "staging: more than 7 messages wait. Runbook: docs/runbook.md#queue-length",
    );
  });

  it("ends with a link where the runbook is published", async () => {
    expect(await described({ runbookUrl: "https://example.com/runbook.md" })).toMatch(
      / Runbook: https:\/\/example\.com\/runbook\.md#queue-length$/,
    );
  });
});

describe("the alarms' topic", () => {
  it("is encrypted, takes messages from this account's alarms only, and notifies the addresses", async () => {
    const graph = await build("dev");

    expect(graph.one("aws:sns/topic:Topic").inputs).toMatchObject({
      name: "payments-dev-alarms-dev",
      kmsMasterKeyId: "arn:key",
    });
    expect(
      JSON.parse(String(graph.one("aws:sns/topicPolicy:TopicPolicy").inputs["policy"])),
    ).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AlarmsOfThisAccount",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: "sns:Publish",
          Resource: expect.stringMatching(topicArn) as unknown,
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        },
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "sns:Publish",
          Resource: expect.stringMatching(topicArn) as unknown,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
    expect(graph.one("aws:sns/topicSubscription:TopicSubscription").inputs).toMatchObject({
      protocol: "email",
      endpoint: "ops@example.com",
    });
  });

  it("may be one that exists: then none is created", async () => {
    const graph = await build("dev", { topic: { existing: { topicArn: "arn:aws:sns:other" } } });

    expect(graph.ofType("aws:sns/topic:Topic")).toEqual([]);
    expect(graph.one(alarmType, "payments-queue-length").inputs["alarmActions"]).toEqual([
      "arn:aws:sns:other",
    ]);
    expect(await valueOf(graph.result.topicArn)).toBe("arn:aws:sns:other");
  });

  it("and the alarms can be changed by a consumer", async () => {
    const graph = await build("dev", {
      transform: { topic: { displayName: "Payments" }, alarm: { actionsEnabled: false } },
    });

    expect(graph.one("aws:sns/topic:Topic").inputs["displayName"]).toBe("Payments");
    expect(graph.ofType(alarmType).map(({ inputs }) => inputs["actionsEnabled"])).not.toContain(
      true,
    );
    expect(graph.one(alarmType, "payments-queue-length").inputs["actionsEnabled"]).toBe(false);
  });
});

const bodyOf = (recorded: Awaited<ReturnType<typeof build>>) =>
  JSON.parse(String(recorded.one(dashboardType).inputs["dashboardBody"])) as {
    readonly widgets: readonly {
      readonly type: string;
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly properties: Readonly<Record<string, unknown>>;
    }[];
  };

describe("the dashboard", () => {
  it("has the alarms' status above rows of graphs of equal width", async () => {
    const recorded = await build("prod", { graphs: [[graph], [graph, graph, graph]] });

    expect(bodyOf(recorded).widgets.map(({ type, x, y, width }) => [type, x, y, width])).toEqual([
      ["text", 0, 0, 24],
      ["alarm", 0, 2, 24],
      ["metric", 0, 8, 24],
      ["metric", 0, 14, 8],
      ["metric", 8, 14, 8],
      ["metric", 16, 14, 8],
    ]);
    expect(bodyOf(recorded).widgets[1]?.properties["alarms"]).toEqual(
      Object.values(await valueOf(recorded.result.alarmArns)),
    );
    expect(await valueOf(recorded.result.dashboardName)).toBe("payments-prod-dashboard-prod");
    expect(await valueOf(recorded.result.dashboardArn)).toMatch(/:dashboard\//);
  });

  it("shades the side on which a threshold is breached, and neither above nothing", async () => {
    const drawn = async (lines: NonNullable<Graph["alarms"]>) =>
      bodyOf(await build("prod", { graphs: [[{ ...graph, alarms: lines }]] })).widgets.at(-1)
        ?.properties["annotations"];
    const color = "#d62728";

    expect(
      await drawn([
        { purpose: "length", value: 7 },
        { purpose: "also-length", value: 7 },
        { purpose: "idle", value: 1, breaches: "below" },
        { purpose: "errors", value: 0 },
      ]),
    ).toEqual({
      horizontal: [
        { label: "length, also-length", value: 7, color, fill: "above" },
        { label: "idle", value: 1, color, fill: "below" },
        { label: "errors", value: 0, color },
      ],
    });
  });

  it("reads a graph's metrics in its own region, or in the graph's", async () => {
    const { widgets } = bodyOf(
      await build("prod", { graphs: [[graph, { ...graph, region: "us-east-1" }]] }),
    );

    expect(widgets.slice(2).map(({ properties }) => properties["region"])).toEqual([
      region,
      "us-east-1",
    ]);
  });

  it.each([
    [undefined, "`docs/runbook.md`"],
    ["https://example.com/runbook.md", "[runbook](https://example.com/runbook.md)"],
  ])("is headed by its title and where the runbook is: %s", async (runbookUrl, place) => {
    const [heading] = bodyOf(await build("staging", { ...(runbookUrl && { runbookUrl }) })).widgets;

    expect(heading?.properties["markdown"]).toContain("# Queues staging\n");
    expect(heading?.properties["markdown"]).toContain(place);
  });
});

describe("a second monitoring component", () => {
  it("stands beside the first under names of its own", async () => {
    const recorded = await record(() => {
      new MonitoringComponent("payments", argsOf("prod", {}));
      new MonitoringComponent(
        "edge",
        argsOf("prod", { purpose: "edge", alarms: [{ ...alarm, purpose: "edge-queue-length" }] }),
      );
    });
    const names = (type: string, argument: string) =>
      recorded.ofType(type).map(({ inputs }) => inputs[argument]);

    expect(names(topicType, "name")).toEqual([
      "payments-prod-alarms-prod",
      "payments-prod-edge-alarms-prod",
    ]);
    expect(names(alarmType, "name")).toEqual([
      "payments-prod-queue-length-prod",
      "payments-prod-edge-queue-length-prod",
    ]);
    expect(names(dashboardType, "dashboardName")).toEqual([
      "payments-prod-dashboard-prod",
      "payments-prod-edge-dashboard-prod",
    ]);
  });

  it("may be in another region, with all that belongs to it", async () => {
    const recorded = await build("prod", { context: inRegion(testContext("prod"), "us-east-1") });

    for (const type of [
      topicType,
      "aws:sns/topicPolicy:TopicPolicy",
      "aws:sns/topicSubscription:TopicSubscription",
      alarmType,
      dashboardType,
    ]) {
      expect(recorded.one(type).inputs["region"]).toBe("us-east-1");
    }
    expect(recorded.one(alarmType).inputs["name"]).toBe("payments-prod-queue-length-use1-prod");
    expect(bodyOf(recorded).widgets.at(-1)?.properties["region"]).toBe("us-east-1");
  });

  it("has no region of its own in the stack's", async () => {
    expect((await build()).one(alarmType).inputs).not.toHaveProperty("region");
  });
});
