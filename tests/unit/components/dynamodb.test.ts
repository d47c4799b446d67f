import { DynamoDbComponent } from "../../../lib/components/dynamodb";
import { inRegion } from "../../../lib/core/context";
import type { EnvironmentType } from "../../../lib/types";
import { record, valueOf } from "../../../lib/graph/record";
import { testContext } from "../context";

const timestamp = { name: "timestamp", type: "N" } as const;
const transactionsTable = {
  purpose: "transactions",
  key: { hash: { name: "transactionId", type: "S" }, range: timestamp },
  indexes: {
    UserIdIndex: { hash: { name: "userId", type: "S" }, range: timestamp, projection: "ALL" },
    StatusIndex: { hash: { name: "status", type: "S" }, range: timestamp, projection: "ALL" },
  },
  ttlAttribute: "expirationTime",
  stream: "NEW_AND_OLD_IMAGES",
} as const;

const tableType = "aws:dynamodb/table:Table";
const build = (environment: EnvironmentType, transform = {}) =>
  record(
    () =>
      new DynamoDbComponent("payments", {
        context: testContext(environment),
        ...transactionsTable,
        keyArn: "arn:aws:kms:key",
        transform,
      }),
  );

/** A hash key as an index has it. */
const by = (attributeName: string) => ({ attributeName, keyType: "HASH" });

describe("the transactions table", () => {
  const then = { attributeName: "timestamp", keyType: "RANGE" };

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
        { name: "UserIdIndex", keySchemas: [by("userId"), then], projectionType: "ALL" },
        { name: "StatusIndex", keySchemas: [by("status"), then], projectionType: "ALL" },
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

  it("is a child of the component, which exposes its name, ARN and stream", async () => {
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

describe("a table", () => {
  const sku = { name: "sku", type: "S" } as const;
  const category = { name: "category", type: "S" } as const;
  const price = { name: "price", type: "N" } as const;
  const context = testContext("dev");
  const plain = { context, purpose: "products", key: { hash: sku }, keyArn: "arn:aws:kms:key" };
  const indexed = {
    ...plain,
    indexes: {
      PriceIndex: { hash: category, range: price, projection: "KEYS_ONLY" },
      CategoryIndex: { hash: category, projection: { include: ["title"] } },
    },
  } as const;
  const range = (min: number, max: number) => ({ min, max });
  const capacity = {
    read: range(5, 10),
    write: range(6, 20),
    targetPercent: 70,
    indexes: { PriceIndex: { read: range(1, 2), write: range(3, 4) } },
  };
  const scaled = () =>
    record(() => new DynamoDbComponent("shop", { ...indexed, capacity: { ...capacity } }));
  const targetType = "aws:appautoscaling/target:Target";
  const policyType = "aws:appautoscaling/policy:Policy";

  it("has by default no index, stream or expiry, and is paid by request", async () => {
    const graph = await record(() => new DynamoDbComponent("shop", plain));

    expect(graph.one(tableType).name).toBe("shop-products");
    expect(graph.one(tableType).inputs).toEqual({
      name: "payments-dev-products-dev",
      billingMode: "PAY_PER_REQUEST",
      hashKey: "sku",
      attributes: [sku],
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: "arn:aws:kms:key" },
      deletionProtectionEnabled: false,
      tags: { ...context.tags, Name: "payments-dev-products-dev" },
    });
    expect(graph.one(tableType).ignoreChanges).toEqual([]);
    expect(graph.result.indexNames).toEqual([]);
    expect(graph.result.streamArn).toBeUndefined();
  });

  it("declares each attribute of its keys once, and projects what an index asks for", async () => {
    const graph = await record(() => new DynamoDbComponent("shop", indexed));

    expect(graph.one(tableType).inputs).toMatchObject({
      attributes: [sku, category, price],
      globalSecondaryIndexes: [
        {
          name: "PriceIndex",
          keySchemas: [by("category"), { attributeName: "price", keyType: "RANGE" }],
          projectionType: "KEYS_ONLY",
        },
        {
          name: "CategoryIndex",
          keySchemas: [by("category")],
          projectionType: "INCLUDE",
          nonKeyAttributes: ["title"],
        },
      ],
    });
    expect(graph.result.indexNames).toEqual(["PriceIndex", "CategoryIndex"]);
  });

  it("refuses an attribute that has two types", async () => {
    const build = () =>
      new DynamoDbComponent("shop", {
        ...plain,
        indexes: { SkuIndex: { hash: { name: "sku", type: "N" }, projection: "ALL" } },
      });

    await expect(record(build)).rejects.toThrow(
      "Table payments-dev-products-dev: attribute sku is both S and N",
    );
  });

  it("starts with the least capacity, the table's where an index has none of its own, and leaves it to autoscaling", async () => {
    const table = (await scaled()).one(tableType);

    expect(table.inputs).toMatchObject({
      billingMode: "PROVISIONED",
      readCapacity: 5,
      writeCapacity: 6,
      globalSecondaryIndexes: [
        { name: "PriceIndex", readCapacity: 1, writeCapacity: 3 },
        { name: "CategoryIndex", readCapacity: 5, writeCapacity: 6 },
      ],
    });
    expect(table.ignoreChanges).toEqual([
      "readCapacity",
      "writeCapacity",
      "globalSecondaryIndexes[*].readCapacity",
      "globalSecondaryIndexes[*].writeCapacity",
    ]);
  });

  it("without an index leaves the table's capacity alone to autoscaling", async () => {
    const graph = await record(
      () =>
        new DynamoDbComponent("shop", {
          ...plain,
          capacity: { read: range(5, 10), write: range(6, 20), targetPercent: 70 },
        }),
    );

    expect(graph.one(tableType).ignoreChanges).toEqual(["readCapacity", "writeCapacity"]);
    expect(graph.ofType(targetType)).toHaveLength(2);
  });

  it("scales table and indexes, for reading and for writing, within their ranges", async () => {
    const graph = await scaled();
    const table = "table/payments-dev-products-dev";
    const ranges = graph
      .ofType(targetType)
      .map(({ inputs }) =>
        ["resourceId", "scalableDimension", "minCapacity", "maxCapacity"].map((key) => inputs[key]),
      );

    expect(ranges).toEqual([
      [table, "dynamodb:table:ReadCapacityUnits", 5, 10],
      [table, "dynamodb:table:WriteCapacityUnits", 6, 20],
      [`${table}/index/PriceIndex`, "dynamodb:index:ReadCapacityUnits", 1, 2],
      [`${table}/index/PriceIndex`, "dynamodb:index:WriteCapacityUnits", 3, 4],
      [`${table}/index/CategoryIndex`, "dynamodb:index:ReadCapacityUnits", 5, 10],
      [`${table}/index/CategoryIndex`, "dynamodb:index:WriteCapacityUnits", 6, 20],
    ]);
  });

  it("follows what is used of a capacity, under a name of its own", async () => {
    const policies = (await scaled()).ofType(policyType);

    expect(policies).toHaveLength(6);
    expect(policies[3]?.inputs).toEqual({
      name: "payments-dev-products-PriceIndex-write-dev",
      policyType: "TargetTrackingScaling",
      serviceNamespace: "dynamodb",
      resourceId: "table/payments-dev-products-dev/index/PriceIndex",
      scalableDimension: "dynamodb:index:WriteCapacityUnits",
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: {
          predefinedMetricType: "DynamoDBWriteCapacityUtilization",
        },
        targetValue: 70,
      },
    });
  });

  it("stands with its scaling in another region under names of its own", async () => {
    const graph = await record(
      () =>
        new DynamoDbComponent("shop", {
          ...indexed,
          context: inRegion(context, "us-west-2"),
          capacity: { ...capacity },
        }),
    );
    const [, ...children] = graph.resources;

    expect(graph.one(tableType).inputs["name"]).toBe("payments-dev-products-usw2-dev");
    expect(children.map(({ inputs }) => inputs["region"])).toEqual(children.map(() => "us-west-2"));
  });
});
