import { MonitoringComponent } from "../../../lib/components/monitoring";
import type { MonitoringComponentArgs } from "../../../lib/components/monitoring";
import { environmentSettings } from "../../../lib/environments";
import type { EnvironmentType } from "../../../lib/types";
import { region } from "../../../lib/graph/mock-aws";
import { record, valueOf } from "../../../lib/graph/record";
import { testContext } from "../context";

const build = (
  environment: EnvironmentType = "prod",
  args: Partial<MonitoringComponentArgs> = {},
) =>
  record(
    () =>
      new MonitoringComponent("payments", {
        context: testContext(environment),
        topic: { emailAddresses: ["ops@example.com"], keyArn: "arn:key" },
        thresholds: environmentSettings[environment].alarms,
        watched: {
          databaseIdentifier: "db",
          functions: { payment: "payment-fn", migrate: "migrate-fn" },
          streamConsumer: "ledger-fn",
          reconciliation: "reconcile-fn",
          metricsNamespace: "Payments",
          apiName: "api",
          apiStage: "prod",
          tableName: "table",
          tableIndexes: ["UserIdIndex"],
        },
        ...args,
      }),
  );

const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const topicArn = /^arn:aws:sns:.*payments-alarms$/;
const database = { DBInstanceIdentifier: "db" };
const payment = { FunctionName: "payment-fn" };
const migrate = { FunctionName: "migrate-fn" };
const ledger = { FunctionName: "ledger-fn" };
const ledgerService = { service: "ledger-fn" };
const reconcileService = { service: "reconcile-fn" };
const api = { ApiName: "api", Stage: "prod" };

describe("the alarms", () => {
  it.each([
    ["database-cpu", "AWS/RDS", "CPUUtilization", database, "Average", ">", 80, 2, "breaching"],
    [
      "database-storage",
      "AWS/RDS",
      "FreeStorageSpace",
      database,
      "Average",
      "<",
      4294967296,
      1,
      "breaching",
    ],
    [
      "database-connections",
      "AWS/RDS",
      "DatabaseConnections",
      database,
      "Average",
      ">",
      700,
      1,
      "breaching",
    ],
    ["payment-errors", "AWS/Lambda", "Errors", payment, "Sum", ">", 10, 1, "notBreaching"],
    ["payment-throttles", "AWS/Lambda", "Throttles", payment, "Sum", ">", 5, 1, "notBreaching"],
    ["migrate-errors", "AWS/Lambda", "Errors", migrate, "Sum", ">", 10, 1, "notBreaching"],
    ["migrate-throttles", "AWS/Lambda", "Throttles", migrate, "Sum", ">", 5, 1, "notBreaching"],
    ["stream-age", "AWS/Lambda", "IteratorAge", ledger, "Maximum", ">", 300000, 1, "notBreaching"],
    ["dead-letters", "Payments", "DeadLetters", ledgerService, "Sum", ">", 0, 1, "notBreaching"],
    [
      "reconciliation-differences",
      "Payments",
      "ReconciliationDifferences",
      reconcileService,
      "Sum",
      ">",
      0,
      1,
      "notBreaching",
    ],
    ["api-5xx", "AWS/ApiGateway", "5XXError", api, "Sum", ">", 10, 1, "notBreaching"],
    ["api-latency", "AWS/ApiGateway", "Latency", api, "p99", ">", 3000, 3, "notBreaching"],
  ] as const)(
    "%s watches %s %s",
    async (
      purpose,
      namespace,
      metricName,
      dimensions,
      statistic,
      sign,
      threshold,
      periods,
      missing,
    ) => {
      const { inputs } = (await build()).one(alarmType, `payments-${purpose}`);

      expect(inputs).toMatchObject({
        name: `payments-prod-${purpose}-prod`,
        namespace,
        metricName,
        dimensions,
        [statistic === "p99" ? "extendedStatistic" : "statistic"]: statistic,
        comparisonOperator: sign === ">" ? "GreaterThanThreshold" : "LessThanThreshold",
        threshold,
        period: 300,
        evaluationPeriods: periods,
        treatMissingData: missing,
      });
    },
  );

  it("sum the table's throttles over table and indexes, and its system errors over operations", async () => {
    const graph = await build();
    const queries = (purpose: string) =>
      graph.one(alarmType, `payments-${purpose}`).inputs["metricQueries"];
    const metric = (id: string, metricName: string, dimensions: Record<string, string>) => ({
      id,
      metric: { namespace: "AWS/DynamoDB", metricName, dimensions, period: 300, stat: "Sum" },
    });
    const index = { TableName: "table", GlobalSecondaryIndexName: "UserIdIndex" };

    expect(queries("table-throttles")).toEqual([
      {
        id: "total",
        expression: "SUM(FILL(METRICS(), 0))",
        label: "throttled requests",
        returnData: true,
      },
      metric("m0", "ReadThrottleEvents", { TableName: "table" }),
      metric("m1", "WriteThrottleEvents", { TableName: "table" }),
      metric("m2", "ReadThrottleEvents", index),
      metric("m3", "WriteThrottleEvents", index),
    ]);
    expect(queries("table-errors")).toEqual([
      {
        id: "total",
        expression: "SUM(FILL(METRICS(), 0))",
        label: "system errors",
        returnData: true,
      },
      ...["PutItem", "GetItem", "Query", "UpdateItem", "TransactWriteItems"].map((operation, i) =>
        metric(`m${String(i)}`, "SystemErrors", { TableName: "table", Operation: operation }),
      ),
    ]);
    expect(graph.one(alarmType, "payments-table-errors").inputs).not.toHaveProperty("period");
  });

  it("are fourteen, each with a target and a description of its threshold and environment", async () => {
    const graph = await build("staging");
    const alarms = graph.ofType(alarmType);

    expect(alarms).toHaveLength(14);
    for (const { inputs } of alarms) {
      expect(inputs["alarmActions"]).toEqual([expect.stringMatching(topicArn)]);
      expect(inputs["okActions"]).toEqual([expect.stringMatching(topicArn)]);
      expect(inputs["alarmDescription"]).toMatch(/^staging: .*\d/);
    }
    expect(await valueOf(graph.result.alarmArns)).toHaveProperty("api-5xx");
  });
});

describe("the alarms' topic", () => {
  it("is encrypted, takes messages from this account's alarms only, and tells the addresses", async () => {
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
    expect(graph.one(alarmType, "payments-api-5xx").inputs["alarmActions"]).toEqual([
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
    expect(graph.one(alarmType, "payments-api-5xx").inputs["actionsEnabled"]).toBe(false);
  });
});

describe("the dashboard", () => {
  it("has a widget each for database, functions, API and table, side by side in two rows", async () => {
    const graph = await build();
    const { inputs } = graph.one("aws:cloudwatch/dashboard:Dashboard");
    const body = JSON.parse(String(inputs["dashboardBody"])) as {
      widgets: { x: number; y: number; properties: Record<string, unknown> }[];
    };

    expect(inputs["dashboardName"]).toBe("payments-prod-dashboard-prod");
    expect(body.widgets.map(({ x, y, properties }) => [properties["title"], x, y])).toEqual([
      ["Database", 0, 0],
      ["Functions", 12, 0],
      ["API", 0, 6],
      ["Transactions table", 12, 6],
    ]);
    expect(body.widgets[0]).toMatchObject({
      type: "metric",
      width: 12,
      height: 6,
      properties: {
        region,
        view: "timeSeries",
        period: 300,
        metrics: [
          ["AWS/RDS", "CPUUtilization", "DBInstanceIdentifier", "db", { stat: "Average" }],
          ["AWS/RDS", "DatabaseConnections", "DBInstanceIdentifier", "db", { stat: "Maximum" }],
          ["AWS/RDS", "FreeStorageSpace", "DBInstanceIdentifier", "db", { stat: "Minimum" }],
        ],
      },
    });
    expect(body.widgets[1]?.properties["metrics"]).toHaveLength(8);
    expect(await valueOf(graph.result.dashboardName)).toBe("payments-prod-dashboard-prod");
    expect(await valueOf(graph.result.dashboardArn)).toMatch(/:dashboard\//);
  });
});
