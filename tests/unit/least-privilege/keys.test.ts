import * as z from "zod";
import type { ProgramGraph, RecordedResource } from "../../../lib/graph/program-graph";
import { accountId, region } from "../../../lib/graph/mock-aws";
import { environmentGraph, environmentVariants } from "../environment-graph";
import { recordProgram } from "../environments";

/**
 * Who uses a key for an argument of a resource: a service on behalf of a caller (by the name that it has in
 * `kms:ViaService`), or a service as itself (its principal).
 */
const users: Readonly<Record<string, string>> = {
  "aws:dynamodb/table:Table serverSideEncryption.kmsKeyArn": "via dynamodb",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration rules.0.applyServerSideEncryptionByDefault.kmsMasterKeyId":
    "via s3",
  "aws:secretsmanager/secret:Secret kmsKeyId": "via secretsmanager",
  "aws:rds/instance:Instance masterUserSecretKmsKeyId": "via secretsmanager",
  "aws:rds/instance:Instance kmsKeyId": "via rds",
  "aws:rds/instance:Instance performanceInsightsKmsKeyId": "via rds",
  "aws:cloudwatch/logGroup:LogGroup kmsKeyId": `logs.${region}.amazonaws.com`,
  // alarms are what publishes to the topic
  "aws:sns/topic:Topic kmsMasterKeyId": "cloudwatch.amazonaws.com",
};

/** The key is only named there. */
const names = ["aws:kms/alias:Alias targetKeyId"];

const policySchema = z.object({
  Statement: z.array(
    z.looseObject({
      Sid: z.string(),
      Principal: z.object({ AWS: z.string().optional(), Service: z.string().optional() }),
      Condition: z
        .looseObject({
          StringEquals: z
            .looseObject({ "kms:ViaService": z.array(z.string()).optional() })
            .optional(),
        })
        .optional(),
    }),
  ),
});

/** Whom the policy of a key admits, but for the account that administers it. */
function admitted(key: RecordedResource): string[] {
  const { Statement } = policySchema.parse(JSON.parse(String(key.inputs["policy"])));
  return Statement.filter(({ Sid }) => Sid !== "AccountAdministration").flatMap(
    ({ Sid, Principal, Condition }) => {
      const via = Condition?.StringEquals?.["kms:ViaService"] ?? [];
      const services = via.map((service) => `via ${service.split(".")[0] ?? ""}`);
      const who = Principal.Service === undefined ? services : [Principal.Service];
      return who.length > 0 ? who : [`anyone: ${Sid}`];
    },
  );
}

/** Every argument with the key as its value: `type path`. */
function placesOf(graph: ProgramGraph, key: RecordedResource): string[] {
  // as the recording makes them up
  const ids = new Set([`${key.name}-id`, `arn:aws:kms:${region}:${accountId}:key/${key.name}`]);
  return graph.resources.flatMap(({ type, inputs }) =>
    paths(inputs, (value) => ids.has(value)).map((path) => `${type} ${path}`),
  );
}

function paths(value: unknown, found: (text: string) => boolean): string[] {
  if (typeof value === "string") return found(value) ? [""] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
    paths(inner, found).map((path) => (path === "" ? name : `${name}.${path}`)),
  );
}

/** Checks that a graph's keys admit each service that uses them for something, and no other. */
function expectExact(graph: ProgramGraph): void {
  const keys = graph.ofType("aws:kms/key:Key");
  expect(keys).toHaveLength(2);
  for (const key of keys) {
    const uses = placesOf(graph, key).filter((place) => !names.includes(place));
    const needed = new Set(uses.map((place) => users[place] ?? `unknown: ${place}`));
    expect(new Set(admitted(key))).toEqual(needed);
  }
}

describe("the keys' policies admit each service that uses a key for something, and no other", () => {
  it.each(environmentVariants)("in $environment $modules", async (variant) => {
    const { environment, chosen, config } = variant;
    expectExact(await environmentGraph(environment, chosen, config));
  });

  it("in prod with a master password of one's own", async () => {
    expectExact(
      await recordProgram("prod", { config: { "payments:dbPassword": "a-password-of-ones-own" } }),
    );
  });
});
