import { KeysComponent } from "../../../lib/components/keys";
import type { KeysComponentArgs } from "../../../lib/components/keys";
import { accountId, region } from "../../../lib/graph/mock-aws";
import { record, valueOf } from "../../../lib/graph/record";
import type { Graph } from "../../../lib/graph/graph";
import { testContext } from "../context";

const build = (args: Partial<KeysComponentArgs> = {}) =>
  record(() => new KeysComponent("keys", { context: testContext("dev"), ...args }));

const keyType = "aws:kms/key:Key";
const aliasType = "aws:kms/alias:Alias";
/** In the order of their names: that of their registration is chance. */
const sorted = (graph: Graph, of: string) =>
  graph.ofType(of).sort((a, b) => a.name.localeCompare(b.name));
const policyOf = async (key: string): Promise<unknown> =>
  JSON.parse(String((await build()).one(keyType, key).inputs["policy"]));

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
  it("are one for data and one for the database, each under its alias", async () => {
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

  it("rotate, and can be brought back for seven days", async () => {
    const keys = sorted(await build(), keyType);

    expect(keys.map(({ inputs }) => inputs)).toEqual([
      {
        description: "payments dev: table, audit bucket, logs, alarms and secrets",
        enableKeyRotation: true,
        deletionWindowInDays: 7,
        policy: expect.any(String) as unknown,
        tags: { ...testContext("dev").tags, Name: "alias/payment-data-dev" },
      },
      {
        description: "payments dev: database, backups and query statistics",
        enableKeyRotation: true,
        deletionWindowInDays: 7,
        policy: expect.any(String) as unknown,
        tags: { ...testContext("dev").tags, Name: "alias/payment-rds-dev" },
      },
    ]);
  });

  it("for data may be used through DynamoDB, S3 and Secrets Manager, by this account's logs and alarms", async () => {
    expect(await policyOf("keys-data-key")).toEqual({
      Version: "2012-10-17",
      Statement: [
        administration,
        ...throughServices("dynamodb", "s3", "secretsmanager"),
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

  it("for the database may be used through RDS only", async () => {
    expect(await policyOf("keys-rds-key")).toEqual({
      Version: "2012-10-17",
      Statement: [administration, ...throughServices("rds")],
    });
  });

  it.each([
    ["dev", false],
    ["staging", false],
    ["prod", true],
  ] as const)("in %s: protected and kept when the stack goes: %s", async (environment, kept) => {
    const graph = await build({ context: testContext(environment) });
    const resources = [...graph.ofType(keyType), ...graph.ofType(aliasType)];

    expect(resources).toHaveLength(4);
    for (const { protect, retainOnDelete } of resources) {
      expect(protect).toBe(kept);
      expect(retainOnDelete).toBe(kept);
    }
  });

  it("are handed out by ARN and id, and belong to the component", async () => {
    const graph = await build();
    const { result } = graph;

    expect(await valueOf(result.dataKeyArn)).toMatch(/^arn:aws:kms:.*keys-data-key$/);
    expect(await valueOf(result.dataKeyId)).toBe("keys-data-key-id");
    expect(await valueOf(result.databaseKeyArn)).toMatch(/^arn:aws:kms:.*keys-rds-key$/);
    expect(await valueOf(result.databaseKeyId)).toBe("keys-rds-key-id");
    expect(graph.childrenOf(graph.one("payments:security:Keys"))).toHaveLength(4);
  });

  it("let a consumer change each key", async () => {
    const graph = await build({
      transform: {
        dataKey: { multiRegion: true },
        databaseKey: (args) => ({ ...args, deletionWindowInDays: 30 }),
      },
    });

    expect(graph.one(keyType, "keys-data-key").inputs["multiRegion"]).toBe(true);
    expect(graph.one(keyType, "keys-rds-key").inputs).toMatchObject({
      deletionWindowInDays: 30,
      enableKeyRotation: true,
    });
  });
});
