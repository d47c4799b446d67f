import { KeysComponent, keysWithUses } from "../../../lib/components/keys";
import type { KeysComponentArgs, NewKey } from "../../../lib/components/keys";
import { inRegion } from "../../../lib/core/context";
import { accountId, region } from "../../../lib/graph/mock-aws";
import { record, valueOf } from "../../../lib/graph/record";
import type { ProgramGraph } from "../../../lib/graph/program-graph";
import { testContext } from "../context";

const data: NewKey = {
  description: "tables, logs and alarms",
  uses: [
    { logs: true },
    { through: "dynamodb" },
    { principal: "cloudwatch", sid: "AlarmsOfThisAccount" },
    { through: "s3" },
  ],
};
const rds: NewKey = { description: "database and backups", uses: [{ through: "rds" }] };
type Args = KeysComponentArgs<"data" | "rds">;
const build = (args: Partial<Args> = {}) =>
  record(
    () => new KeysComponent("keys", { context: testContext("dev"), keys: { data, rds }, ...args }),
  );

const keyType = "aws:kms/key:Key";
const aliasType = "aws:kms/alias:Alias";
/** Sorted by name: the order of registration is not deterministic. */
const sorted = (graph: ProgramGraph, of: string) =>
  graph.ofType(of).sort((a, b) => a.name.localeCompare(b.name));
const policyOf = async (key: string, keys: Args["keys"] = { data, rds }): Promise<unknown> =>
  JSON.parse(String((await build({ keys })).one(keyType, key).inputs["policy"]));

const administration = {
  Sid: "AccountAdministration",
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${accountId}:root` },
  Action: "kms:*",
  Resource: "*",
};
const use = [
  "kms:Encrypt",
  "kms:Decrypt",
  "kms:ReEncrypt*",
  "kms:GenerateDataKey*",
  "kms:DescribeKey",
];
const throughServices = (...services: string[]) => {
  const condition = {
    "kms:CallerAccount": accountId,
    "kms:ViaService": services.map((service) => `${service}.${region}.amazonaws.com`),
  };
  return [
    {
      Sid: "UseThroughServices",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: use,
      Resource: "*",
      Condition: { StringEquals: condition },
    },
    {
      Sid: "GrantThroughServices",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: "kms:CreateGrant",
      Resource: "*",
      Condition: { StringEquals: condition, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
};

describe("the keys", () => {
  it("are one for each purpose, under its alias", async () => {
    const graph = await build();

    expect(sorted(graph, keyType).map(({ name }) => name)).toEqual([
      "keys-data-key",
      "keys-rds-key",
    ]);
    expect(sorted(graph, aliasType).map(({ inputs }) => inputs)).toEqual([
      { name: "alias/payment-data-dev", targetKeyId: "keys-data-key-id" },
      { name: "alias/payment-rds-dev", targetKeyId: "keys-rds-key-id" },
    ]);
  });

  it("rotate, and can be recovered for seven days", async () => {
    const keys = sorted(await build(), keyType);

    expect(keys.map(({ inputs }) => inputs)).toEqual([
      {
        description: "payments dev: tables, logs and alarms",
        enableKeyRotation: true,
        deletionWindowInDays: 7,
        policy: expect.any(String) as unknown,
        tags: { ...testContext("dev").tags, Name: "alias/payment-data-dev" },
      },
      {
        description: "payments dev: database and backups",
        enableKeyRotation: true,
        deletionWindowInDays: 7,
        policy: expect.any(String) as unknown,
        tags: { ...testContext("dev").tags, Name: "alias/payment-rds-dev" },
      },
    ]);
  });

  it("may be used through the services that are named, then by this account's logs and services", async () => {
    expect(await policyOf("keys-data-key")).toEqual({
      Version: "2012-10-17",
      Statement: [
        administration,
        ...throughServices("dynamodb", "s3"),
        {
          Sid: "LogGroupsOfThisAccount",
          Effect: "Allow",
          Principal: { Service: `logs.${region}.amazonaws.com` },
          Action: use,
          Resource: "*",
          Condition: {
            ArnLike: {
              "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${accountId}:log-group:*`,
            },
          },
        },
        {
          Sid: "AlarmsOfThisAccount",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
          Resource: "*",
          Condition: { StringEquals: { "aws:SourceAccount": accountId } },
        },
      ],
    });
  });

  it("may be used through no other service", async () => {
    expect(await policyOf("keys-rds-key")).toEqual({
      Version: "2012-10-17",
      Statement: [administration, ...throughServices("rds")],
    });
    const logsOnly = { data, rds: { description: "logs", uses: [{ logs: true }] } } as const;
    expect(await policyOf("keys-rds-key", logsOnly)).toMatchObject({
      Statement: [administration, { Sid: "LogGroupsOfThisAccount" }],
    });
  });

  it("are made for a program and a region: by its prefix, by services there", async () => {
    const context = { ...inRegion(testContext("dev"), "us-west-2"), prefix: "shop" };
    const key = (await build({ context })).one(keyType, "keys-rds-key");

    expect(key.inputs).toMatchObject({
      region: "us-west-2",
      description: "shop dev: database and backups",
    });
    expect(String(key.inputs["policy"])).toContain("rds.us-west-2.amazonaws.com");
  });

  it.each([
    ["dev", false],
    ["staging", false],
    ["prod", true],
  ] as const)("in %s: protected and kept when the stack goes: %s", async (environment, kept) => {
    const keys = (await build({ context: testContext(environment) })).ofType(keyType);

    expect(keys.map(({ protect, retainOnDelete }) => [protect, retainOnDelete])).toEqual([
      [kept, kept],
      [kept, kept],
    ]);
  });

  it("stay with the data that outlive the stack, whether it is protected at the moment or not", async () => {
    const context = { ...testContext("prod"), protect: false };

    for (const { protect, retainOnDelete } of (await build({ context })).ofType(keyType)) {
      expect([protect, retainOnDelete]).toEqual([false, true]);
    }
  });

  it("leave their aliases to the next stack of the same name", async () => {
    const graph = await build({ context: testContext("prod") });

    for (const { protect, retainOnDelete } of graph.ofType(aliasType)) {
      expect([protect, retainOnDelete]).toEqual([false, false]);
    }
  });

  it("are exposed by ARN and id, and belong to the component", async () => {
    const graph = await build();
    const { result } = graph;

    expect(await valueOf(result.arns.data)).toMatch(/^arn:aws:kms:.*keys-data-key$/);
    expect(await valueOf(result.ids.data)).toBe("keys-data-key-id");
    expect(await valueOf(result.arns.rds)).toMatch(/^arn:aws:kms:.*keys-rds-key$/);
    expect(await valueOf(result.ids.rds)).toBe("keys-rds-key-id");
    expect(graph.childrenOf(graph.one("payments:security:Keys"))).toHaveLength(4);
  });

  it("are exposed where they exist already, and are not changed", async () => {
    const arn = `arn:aws:kms:${region}:${accountId}:key/1234-abcd`;
    const graph = await build({ keys: { data: { existing: arn }, rds } });

    expect(sorted(graph, keyType).map(({ name }) => name)).toEqual(["keys-rds-key"]);
    expect(sorted(graph, aliasType).map(({ name }) => name)).toEqual(["keys-rds-key-alias"]);
    expect(await valueOf(graph.result.arns.data)).toBe(arn);
    expect(await valueOf(graph.result.ids.data)).toBe("1234-abcd");
  });

  it("let a consumer change each key", async () => {
    const graph = await build({
      transform: {
        data: { multiRegion: true },
        rds: (args) => ({ ...args, deletionWindowInDays: 30 }),
      },
    });

    expect(graph.one(keyType, "keys-data-key").inputs["multiRegion"]).toBe(true);
    expect(graph.one(keyType, "keys-rds-key").inputs).toMatchObject({
      deletionWindowInDays: 30,
      enableKeyRotation: true,
    });
  });
});

describe("keys that several parts of a program use", () => {
  it("serve all of them, each use once, in the order in which they are given", () => {
    const keys = keysWithUses(
      { data, rds },
      { data: [{ through: "sqs" }, { logs: true }] },
      { data: [{ through: "kinesis" }, { through: "sqs" }], rds: [] },
    );

    expect(keys.data.description).toBe("tables, logs and alarms");
    expect(keys.data.uses).toEqual([...data.uses, { through: "sqs" }, { through: "kinesis" }]);
    expect(keys.rds).toEqual(rds);
  });
});
