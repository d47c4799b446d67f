import { DynamoDbComponent } from "../../../lib/components/dynamodb";
import type { EnvironmentType } from "../../../lib/types";
import { record, valueOf } from "../../../lib/graph/record";
import { testContext } from "../context";

const tableType = "aws:dynamodb/table:Table";
const build = (environment: EnvironmentType, transform = {}) =>
  record(
    () =>
      new DynamoDbComponent("payments", {
        context: testContext(environment),
        keyArn: "arn:aws:kms:key",
        transform,
      }),
  );

describe("the transactions table", () => {
  it("is keyed by transaction and time, with an index by user and one by status", async () => {
    const { inputs } = (await build("dev")).one(tableType);

    expect(inputs).toMatchObject({
      name: "payments-dev-transactions-dev",
      hashKey: "transactionId",
      rangeKey: "timestamp",
      attributes: [
        { name: "transactionId", type: "S" },
        { name: "timestamp", type: "N" },
        { name: "userId", type: "S" },
        { name: "status", type: "S" },
      ],
      globalSecondaryIndexes: [
        { name: "UserIdIndex", hashKey: "userId", rangeKey: "timestamp", projectionType: "ALL" },
        { name: "StatusIndex", hashKey: "status", rangeKey: "timestamp", projectionType: "ALL" },
      ],
    });
  });

  it("is paid by request, recoverable, encrypted with the stack's key, and streams both images", async () => {
    const { inputs } = (await build("dev")).one(tableType);

    expect(inputs).toMatchObject({
      billingMode: "PAY_PER_REQUEST",
      ttl: { attributeName: "expirationTime", enabled: true },
      streamEnabled: true,
      streamViewType: "NEW_AND_OLD_IMAGES",
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: "arn:aws:kms:key" },
    });
  });

  it.each([
    ["dev", false],
    ["staging", false],
    ["prod", true],
  ] as const)("in %s: protected against deletion: %s", async (environment, guarded) => {
    const table = (await build(environment)).one(tableType);

    expect(table.inputs["deletionProtectionEnabled"]).toBe(guarded);
    expect(table.protect).toBe(guarded);
    expect(table.deleteBeforeReplace).toBe(false);
  });

  it("is a child of the component, which hands out its name, ARN and stream", async () => {
    const graph = await build("dev");
    const component = graph.one("payments:storage:DynamoDb");

    expect(graph.childrenOf(component).map(({ type }) => type)).toEqual([tableType]);
    expect(await valueOf(graph.result.tableName)).toBe("payments-dev-transactions-dev");
    expect(await valueOf(graph.result.tableArn)).toMatch(/^arn:aws:dynamodb:/);
    expect(await valueOf(graph.result.streamArn)).toMatch(/\/stream\//);
  });

  it("lets a consumer change an argument of the table", async () => {
    const graph = await build("dev", { table: { tableClass: "STANDARD_INFREQUENT_ACCESS" } });

    expect(graph.one(tableType).inputs).toMatchObject({
      tableClass: "STANDARD_INFREQUENT_ACCESS",
      hashKey: "transactionId",
    });
  });
});
