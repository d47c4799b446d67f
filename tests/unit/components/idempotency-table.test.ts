import { IdempotencyTableComponent } from "../../../lib/components/idempotency-table";
import type { EnvironmentType } from "../../../lib/types";
import { record, valueOf } from "../../../lib/graph/record";
import { testContext } from "../context";

const tableType = "aws:dynamodb/table:Table";
const build = (environment: EnvironmentType, transform = {}) =>
  record(
    () =>
      new IdempotencyTableComponent("answers", {
        context: testContext(environment),
        purpose: "idempotency",
        keyArn: "arn:aws:kms:key",
        transform,
      }),
  );

describe("the idempotency table", () => {
  it("is keyed by the hash of a key, on demand, recoverable, encrypted, and expires its items", async () => {
    const { inputs } = (await build("dev")).one(tableType);

    expect(inputs).toEqual({
      name: "payments-dev-idempotency-dev",
      billingMode: "PAY_PER_REQUEST",
      hashKey: "keyHash",
      attributes: [{ name: "keyHash", type: "S" }],
      ttl: { attributeName: "expirationTime", enabled: true },
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: "arn:aws:kms:key" },
      deletionProtectionEnabled: false,
      tags: { ...testContext("dev").tags, Name: "payments-dev-idempotency-dev" },
    });
  });

  it("is protected in prod, where a lost response could be a second payment", async () => {
    const table = (await build("prod")).one(tableType);

    expect(table.inputs["deletionProtectionEnabled"]).toBe(true);
    expect(table.protect).toBe(true);
  });

  it("is a child of the component, which exposes its name and ARN", async () => {
    const graph = await build("dev");
    const component = graph.one("payments:storage:IdempotencyTable");

    expect(graph.childrenOf(component).map(({ type }) => type)).toEqual([tableType]);
    expect(await valueOf(graph.result.tableName)).toBe("payments-dev-idempotency-dev");
    expect(await valueOf(graph.result.tableArn)).toMatch(/^arn:aws:dynamodb:/);
  });

  it("lets a consumer change an argument of the table", async () => {
    const graph = await build("dev", { table: { tableClass: "STANDARD_INFREQUENT_ACCESS" } });

    expect(graph.one(tableType).inputs["tableClass"]).toBe("STANDARD_INFREQUENT_ACCESS");
  });
});
