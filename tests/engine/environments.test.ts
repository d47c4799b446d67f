import { DescribeTableCommand, UpdateTableCommand } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { startEmptyCloud } from "./cloud";
import type { EmptyCloud } from "./cloud";
import { dataHolders } from "./data-holders";
import { writeFixture } from "./fixture";
import { inventory, isOfDeletedTable } from "./inventory";
import { filesBelow, leaked, secretsIn } from "./secrets";
import { EngineStack, changes, dbPassword, passphrase } from "./stack";

/** The last release is updated as most stacks are: without what few of them switch on. */
const renewsFixtures = process.env["UPGRADE_FIXTURES"] === "renew";

const environments = [
  { environment: "dev", destroyable: true },
  { environment: "staging", destroyable: true },
  { environment: "prod", destroyable: false },
] as const;

describe.each(environments)("$environment", ({ environment, destroyable }) => {
  let local: EmptyCloud;
  let stack: EngineStack;
  let atFirst: string[];

  beforeAll(async () => {
    local = await startEmptyCloud();
    atFirst = await inventory(local.cloud.clients);
    stack = await EngineStack.create({
      name: environment,
      with: renewsFixtures ? [] : ["all"],
      cloud: local.cloud,
    });
  });

  afterAll(async () => {
    stack.remove();
    await local.stop();
  });

  it("is previewed as creations only, and a preview creates nothing", async () => {
    const steps = await stack.preview();

    expect(steps.length).toBeGreaterThan(100);
    expect(steps.filter(({ op }) => op !== "create")).toEqual([]);
    expect(await inventory(local.cloud.clients)).toEqual(atFirst);
  });

  it("is created by one update", async () => {
    const steps = await stack.up();

    expect(steps.filter(({ op }) => op !== "create")).toEqual([]);
    // it alone has a secret of its own
    if (environment === "staging") {
      expect(steps.map(({ type }) => type)).toEqual(expect.arrayContaining([...dataHolders]));
    }
  });

  it("is not changed by a second update", async () => {
    expect(changes(await stack.up())).toEqual([]);
    if (renewsFixtures) writeFixture(environment, stack.state());
  });

  it("leaves what autoscaling has made of tables and indexes, however it is updated", async () => {
    const { dynamoDb } = local.cloud.clients;
    const { OrdersTableName } = await stack.outputs();
    const TableName = String(OrdersTableName?.value);
    const scaled = { ReadCapacityUnits: 77, WriteCapacityUnits: 78 };
    await dynamoDb.send(
      new UpdateTableCommand({
        TableName,
        ProvisionedThroughput: scaled,
        GlobalSecondaryIndexUpdates: ["UserIdIndex", "StatusIndex"].map((IndexName) => ({
          Update: { IndexName, ProvisionedThroughput: scaled },
        })),
      }),
    );

    expect(changes(await stack.up())).toEqual([]);
    expect(changes(await stack.refreshedUp())).toEqual([]);
    const { Table } = await dynamoDb.send(new DescribeTableCommand({ TableName }));
    for (const { ProvisionedThroughput } of [
      Table,
      ...(Table?.GlobalSecondaryIndexes ?? []),
    ].flatMap((one) => one ?? []))
      expect(ProvisionedThroughput).toMatchObject(scaled);
    expect(await stack.drift()).toEqual([]);
  });

  it("has no secret in clear: not in the state, an output, or any other file of the engine", async () => {
    const secrets = [
      ...secretsIn(await stack.revealed()),
      local.cloud.database.masterPassword,
      passphrase,
      dbPassword,
    ];
    expect(secrets.join()).toContain("PRIVATE KEY");

    const outputs = JSON.stringify(await stack.outputs());
    expect(outputs).toContain(local.cloud.endpoint);
    for (const text of [outputs, ...filesBelow(stack.folder)]) {
      expect(leaked(secrets, text)).toEqual([]);
    }
  });

  it("updates one alarm, its line on the dashboard, and nothing else, for another threshold", async () => {
    await stack.set("alarms.databaseCpuPercent", "70");

    expect(changes(await stack.up())).toEqual([
      "update aws:cloudwatch/dashboard:Dashboard payments-monitoring-dashboard",
      "update aws:cloudwatch/metricAlarm:MetricAlarm payments-monitoring-database-cpu",
    ]);
  });

  it("would update the functions, and nothing else, for other memory", async () => {
    await stack.set("functions.memoryMiB", "1024");
    const type = "aws:lambda/function:Function";
    const functions = stack.resources().flatMap((urn) => {
      const [, name] = urn.split(`$${type}::`);
      return name === undefined ? [] : [name];
    });

    expect(functions.length).toBeGreaterThanOrEqual(5);
    expect(changes(await stack.preview())).toEqual(
      functions.map((name) => `update ${type} ${name}`).sort(),
    );
  });

  if (destroyable) {
    it("is destroyed with all that it holds, but for the account's logging role and DynamoDB's own backups", async () => {
      const { auditBucketName } = await stack.outputs();
      await local.cloud.clients.s3.send(
        new PutObjectCommand({ Bucket: String(auditBucketName?.value), Key: "one", Body: "1" }),
      );

      await stack.destroy();

      expect(stack.resources()).toEqual([]);
      const left = await inventory(local.cloud.clients);
      expect(left.filter((one) => !atFirst.includes(one) && !isOfDeletedTable(one))).toEqual([
        expect.stringMatching(`^role ${environment}-payment-api-logs-\\d{26}$`),
      ]);
    });
  } else {
    it("is not destroyed: it is protected, and nothing of it is touched", async () => {
      const there = await inventory(local.cloud.clients);
      const resources = stack.resources();

      await expect(stack.destroy()).rejects.toThrow(/protected/);

      expect(stack.resources()).toEqual(resources);
      expect(await inventory(local.cloud.clients)).toEqual(there);
    });

    it("retains database, table, buckets and keys even if it is destroyed without a preview", async () => {
      const holders = async () =>
        (await inventory(local.cloud.clients)).filter((one) =>
          /^(database|table|bucket|key) /.test(one),
        );
      const there = await holders();

      await expect(stack.destroyWithoutPreview()).rejects.toThrow(/protected/);

      expect(there.length).toBeGreaterThan(5);
      expect(await holders()).toEqual(there);
    });
  }
});
