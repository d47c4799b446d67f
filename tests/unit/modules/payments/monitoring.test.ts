import { MonitoringComponent } from "../../../../lib/components/monitoring";
import { environmentSettings } from "../../../../lib/config";
import { region } from "../../../../lib/graph/mock-aws";
import { record, valueOf } from "../../../../lib/graph/record";
import { paymentMonitoring } from "../../../../lib/modules/payments/monitoring";
import type { PaymentResources } from "../../../../lib/modules/payments/monitoring";
import type { EnvironmentType } from "../../../../lib/types";
import { testContext } from "../../context";

const resources: PaymentResources = {
  database: { identifier: "db" },
  functions: {
    payment: { functionName: "payment-fn" },
    accounts: { functionName: "accounts-fn" },
    ledger: { functionName: "ledger-fn" },
    reconcile: { functionName: "reconcile-fn" },
    migrate: { functionName: "migrate-fn" },
  },
  stream: { mappingId: "mapping-1" },
  api: { apiName: "api", stageName: "prod" },
  waf: undefined,
  domain: { certificateArn: "arn:certificate" },
  table: { tableName: "table", indexNames: ["UserIdIndex"] },
  idempotencyTable: { tableName: "answers" },
  reconciliationEveryMinutes: 60,
};

const build = (environment: EnvironmentType = "prod", changed: Partial<PaymentResources> = {}) =>
  record(
    () =>
      new MonitoringComponent("payments", {
        context: testContext(environment),
        title: "Payments",
        topic: { existing: { topicArn: "arn:aws:sns:alarms" } },
        ...paymentMonitoring({ ...resources, ...changed }, environmentSettings[environment].alarms),
      }),
  );

const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const database = { DBInstanceIdentifier: "db" };
const payment = { FunctionName: "payment-fn" };
const migrate = { FunctionName: "migrate-fn" };
const ledger = { FunctionName: "ledger-fn" };
const ledgerService = { service: "ledger-fn" };
const reconcileService = { service: "reconcile-fn" };
const api = { ApiName: "api", Stage: "prod" };

describe("the alarms of payments", () => {
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
    ["migrate-errors", "AWS/Lambda", "Errors", migrate, "Sum", ">", 0, 1, "notBreaching"],
    ["migrate-throttles", "AWS/Lambda", "Throttles", migrate, "Sum", ">", 0, 1, "notBreaching"],
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
      "ignore",
    ],
    [
      "sweep-behind",
      "Payments",
      "SweepLagSeconds",
      reconcileService,
      "Maximum",
      ">",
      24 * 3600,
      1,
      "ignore",
    ],
    ["api-5xx", "AWS/ApiGateway", "5XXError", api, "Sum", ">", 10, 1, "notBreaching"],
    ["api-latency", "AWS/ApiGateway", "Latency", api, "p99", ">", 3000, 3, "notBreaching"],
  ] as const)(
    "%s monitors %s %s",
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

  it("tell a month before that the domain's certificate ends, as long as nothing newer is known", async () => {
    const { inputs } = (await build()).one(alarmType, "payments-api-certificate");

    expect(inputs).toMatchObject({
      alarmDescription: expect.stringContaining(
        "API's certificate ends in less than 30 days",
      ) as unknown,
      comparisonOperator: "LessThanThreshold",
      threshold: 30,
      evaluationPeriods: 1,
      metricQueries: [
        {
          id: "days",
          metric: {
            namespace: "AWS/CertificateManager",
            metricName: "DaysToExpiry",
            dimensions: { CertificateArn: "arn:certificate" },
            period: 86_400,
            stat: "Minimum",
          },
          returnData: true,
        },
      ],
      treatMissingData: "ignore",
    });
  });

  it("tell of no certificate where the API has no domain", async () => {
    const graph = await build("prod", { domain: undefined });

    expect(graph.ofType(alarmType).map(({ name }) => name)).not.toContain(
      "payments-api-certificate",
    );
  });

  it("hold, where they are measured by the hour, until they are measured again", async () => {
    const held = (await build())
      .ofType(alarmType)
      .filter(({ inputs }) => inputs["treatMissingData"] === "ignore")
      .map(({ name }) => name.replace("payments-", ""));

    expect(held.sort()).toEqual(["api-certificate", "reconciliation-differences", "sweep-behind"]);
  });

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
      metric("m4", "ReadThrottleEvents", { TableName: "answers" }),
      metric("m5", "WriteThrottleEvents", { TableName: "answers" }),
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

  it("fire on what Lambda discarded: stored as dead letters, or lost", async () => {
    const graph = await build();
    const kept = graph.one(alarmType, "payments-expired-changes").inputs;
    const lost = graph.one(alarmType, "payments-lost-changes").inputs;
    const mapping = { EventSourceMappingUUID: "mapping-1" };
    const query = (id: string, metricName: string, dimensions: object) => ({
      id,
      metric: { namespace: "AWS/Lambda", metricName, dimensions, period: 300, stat: "Sum" },
    });

    expect(kept).toMatchObject({
      namespace: "AWS/Lambda",
      metricName: "OnFailureDestinationDeliveredEventCount",
      dimensions: mapping,
      threshold: 0,
    });
    expect(lost).toMatchObject({ threshold: 0, treatMissingData: "notBreaching" });
    expect(lost["metricQueries"]).toEqual([
      expect.objectContaining({ expression: "SUM(FILL(METRICS(), 0))" }) as unknown,
      query("m0", "DroppedEventCount", mapping),
      query("m1", "DestinationDeliveryFailures", ledger),
    ]);
  });

  it.each([
    [5, 3],
    [60, 3],
    [90, 5],
    [1440, 72],
  ])(
    "fire when no reconciliation ended, planned every %d minutes, after %d hours with a database",
    async (reconciliationEveryMinutes, hours) => {
      const graph = await build("prod", { reconciliationEveryMinutes });
      const { inputs } = graph.one(alarmType, "payments-reconciliation-missing");
      const hourly = (namespace: string, metricName: string, dimensions: object, stat: string) => ({
        metric: { namespace, metricName, dimensions, period: 3600, stat },
      });

      expect(inputs).toMatchObject({
        comparisonOperator: "LessThanThreshold",
        threshold: 1,
        evaluationPeriods: hours,
        // a new stack has no such hours yet
        treatMissingData: "notBreaching",
      });
      expect(inputs["metricQueries"]).toEqual([
        {
          id: "reconciliations",
          expression: "IF(reported >= 0, FILL(ended, 0), 1)",
          label: "reconciliations",
          returnData: true,
        },
        { id: "reported", ...hourly("AWS/RDS", "CPUUtilization", database, "Average") },
        { id: "ended", ...hourly("Payments", "ReconciliationEnded", reconcileService, "Sum") },
      ]);
      expect(hours * 3600).toBeLessThanOrEqual(7 * 24 * 3600); // CloudWatch's limit
    },
  );

  it("are twenty-five, each with its threshold in its description", async () => {
    const alarms = (await build("staging")).ofType(alarmType);

    expect(alarms).toHaveLength(25);
    for (const { inputs } of alarms) expect(inputs["alarmDescription"]).toMatch(/^staging: .*\d/);
  });
});

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly unknown[][];
    readonly yAxis?: Readonly<Record<string, { readonly label: string }>>;
    readonly annotations?: { readonly horizontal: { label: string; value: number }[] };
  };
}

describe("the dashboard of payments", () => {
  const widgetsOf = (graph: Awaited<ReturnType<typeof build>>) => {
    const { inputs } = graph.one("aws:cloudwatch/dashboard:Dashboard");
    return (JSON.parse(String(inputs["dashboardBody"])) as { widgets: Widget[] }).widgets;
  };
  const titled = (widgets: readonly Widget[], title: string) =>
    widgets.find(({ properties }) => properties.title === title)?.properties;

  it("goes from the alarms and the money to what may be the cause, two functions a row", async () => {
    const graph = await build();
    const rows = new Map<number, unknown[]>();
    for (const { y, x, width, height, properties } of widgetsOf(graph)) {
      rows.set(y, [...(rows.get(y) ?? []), [x, width, height, properties.title]]);
    }

    expect([...rows]).toEqual([
      [0, [[0, 24, 2, undefined]]],
      [2, [[0, 24, 6, "Alarms"]]],
      [
        8,
        [
          [0, 6, 6, "Table and ledger differ"],
          [6, 6, 6, "Payments compared"],
          [12, 6, 6, "Dead letters"],
          [18, 6, 6, "Ledger behind the table"],
        ],
      ],
      [
        14,
        [
          [0, 8, 6, "Changes discarded"],
          [8, 8, 6, "Reconciliations ended"],
          [16, 8, 6, "Comparison of everything"],
        ],
      ],
      [
        20,
        [
          [0, 6, 6, "API requests"],
          [6, 6, 6, "API failures"],
          [12, 6, 6, "API latency"],
          [18, 6, 6, "API certificate"],
        ],
      ],
      [
        26,
        [
          [0, 6, 6, "Function payment: failures"],
          [6, 6, 6, "Function payment: duration"],
          [12, 6, 6, "Function accounts: failures"],
          [18, 6, 6, "Function accounts: duration"],
        ],
      ],
      [
        32,
        [
          [0, 6, 6, "Function ledger: failures"],
          [6, 6, 6, "Function ledger: duration"],
          [12, 6, 6, "Function reconcile: failures"],
          [18, 6, 6, "Function reconcile: duration"],
        ],
      ],
      [
        38,
        [
          [0, 12, 6, "Function migrate: failures"],
          [12, 12, 6, "Function migrate: duration"],
        ],
      ],
      [
        44,
        [
          [0, 6, 6, "Table: capacity used"],
          [6, 6, 6, "Table: throttled"],
          [12, 6, 6, "Table: failed"],
          [18, 6, 6, "Table: latency"],
        ],
      ],
      [
        50,
        [
          [0, 6, 6, "Database: CPU"],
          [6, 6, 6, "Database: connections"],
          [12, 6, 6, "Database: free storage"],
          [18, 6, 6, "Database: latency"],
        ],
      ],
    ]);
  });

  it("shows what the web ACL has blocked, and what of the signed it would have, where there is one", async () => {
    const of = (metricName: string, Rule: string) => ({
      namespace: "AWS/WAFV2",
      metricName,
      dimensions: { WebACL: "acl", Rule },
    });
    const blocked = of("BlockedRequests", "ALL");
    const labelsWith = async (waf: PaymentResources["waf"]) =>
      titled(widgetsOf(await build("prod", { waf })), "API requests")?.metrics?.map(
        (metric) => (metric.at(-1) as { label: string }).label,
      );
    const without = ["all", "refused (4XX)"];
    const withBlocked = [...without, "blocked by the web ACL"];

    expect(await labelsWith(undefined)).toEqual(without);
    expect(await labelsWith({ metrics: { blocked, signedAboveLimit: undefined } })).toEqual(
      withBlocked,
    );
    expect(
      await labelsWith({
        metrics: { blocked, signedAboveLimit: of("CountedRequests", "signed") },
      }),
    ).toEqual([...withBlocked, "signed, above an address's limit"]);
  });

  it("has the status of every alarm, and a line at its threshold, in the axis's unit", async () => {
    const graph = await build();
    const widgets = widgetsOf(graph);
    const lines = widgets.flatMap(({ properties }) => properties.annotations?.horizontal ?? []);
    const factors = new Map([
      ["payments-database-storage", 1024 ** 3],
      ["payments-stream-age", 1000],
      ["payments-sweep-behind", 3600],
    ]);

    expect(titled(widgets, "Alarms")?.alarms).toEqual(
      Object.values(await valueOf(graph.result.alarmArns)),
    );
    expect(
      lines
        .flatMap(({ label, value }) =>
          label.split(", ").map((purpose) => [`payments-${purpose}`, value] as const),
        )
        .sort(),
    ).toEqual(
      graph
        .ofType(alarmType)
        .map(({ name, inputs }) => [name, Number(inputs["threshold"]) / (factors.get(name) ?? 1)])
        .sort(),
    );
  });

  it("says on every axis what it counts, and puts nothing of another unit on it", async () => {
    const graphs = widgetsOf(await build()).filter(({ type }) => type === "metric");

    for (const { properties } of graphs) {
      const sides = (properties.metrics ?? []).map((metric) => metric.at(-1));
      const right = sides.some((side) => (side as { yAxis?: string }).yAxis === "right");
      expect(properties.yAxis).toEqual({
        left: expect.objectContaining({ label: expect.any(String) as unknown, min: 0 }) as unknown,
        ...(right && {
          right: expect.objectContaining({
            label: expect.stringMatching(/^(invocations|concurrent executions)/) as unknown,
          }) as unknown,
        }),
      });
    }
    expect(titled(graphs, "Database: CPU")).toMatchObject({
      region,
      period: 300,
      view: "timeSeries",
      metrics: [
        [
          "AWS/RDS",
          "CPUUtilization",
          "DBInstanceIdentifier",
          "db",
          { stat: "Average", label: "CPU" },
        ],
      ],
      yAxis: { left: { label: "percent", max: 100 } },
    });
    expect(titled(graphs, "Database: free storage")?.metrics).toEqual([
      [
        {
          expression: "freeStorageSpace / 1073741824",
          label: "free",
          id: "freeStorageSpaceConverted",
        },
      ],
      [
        "AWS/RDS",
        "FreeStorageSpace",
        "DBInstanceIdentifier",
        "db",
        { stat: "Average", id: "freeStorageSpace", visible: false },
      ],
    ]);
  });

  it("shows the API's latency as median and 99th percentile, and sums throttles over tables and indexes", async () => {
    const widgets = widgetsOf(await build());

    expect(titled(widgets, "API latency")?.metrics?.map((metric) => metric.at(-1))).toEqual([
      { stat: "p50", label: "p50" },
      { stat: "p99", label: "p99" },
    ]);
    expect(titled(widgets, "Table: throttled")?.metrics).toEqual([
      [{ expression: "SUM(FILL(METRICS(), 0))", label: "tables and indexes", id: "total" }],
      ...[
        ["ReadThrottleEvents", "TableName", "table"],
        ["WriteThrottleEvents", "TableName", "table"],
        ["ReadThrottleEvents", "TableName", "table", "GlobalSecondaryIndexName", "UserIdIndex"],
        ["WriteThrottleEvents", "TableName", "table", "GlobalSecondaryIndexName", "UserIdIndex"],
        ["ReadThrottleEvents", "TableName", "answers"],
        ["WriteThrottleEvents", "TableName", "answers"],
      ].map((metric, index) => [
        "AWS/DynamoDB",
        ...metric,
        { stat: "Sum", id: `m${String(index)}`, visible: false },
      ]),
    ]);
  });
});
