import * as fs from "node:fs";
import * as path from "node:path";
import { ApiAccountComponent } from "../../../lib/components/api-account";
import { EndpointsComponent } from "../../../lib/components/endpoints";
import { KeysComponent } from "../../../lib/components/keys";
import { ScheduleComponent } from "../../../lib/components/schedule";
import { SecurityGroupsComponent } from "../../../lib/components/security-groups";
import { StreamConsumerComponent } from "../../../lib/components/stream-consumer";
import { VpcComponent } from "../../../lib/components/vpc";
import { inRegion } from "../../../lib/core/context";
import { nameLimits } from "../../../lib/core/names";
import type { Graph, RecordedResource } from "../../../lib/graph/graph";
import { region } from "../../../lib/graph/mock-aws";
import { record } from "../../../lib/graph/record";
import type { StackContext } from "../../../lib/types";
import { testContext } from "../context";

/** Builds a component under a logical name, for a purpose. */
type Builder = (name: string, purpose: string, context: StackContext) => unknown;

/** A component of each file of lib/components. */
const builders: Readonly<Record<string, Builder>> = {
  "api-account": (name, purpose, context) => new ApiAccountComponent(name, { context, purpose }),
  // without names but for tags: two networks have the same endpoints
  endpoints: (name, _, context) =>
    new EndpointsComponent(name, {
      context,
      vpcId: "vpc-1",
      subnetIds: ["subnet-1"],
      securityGroupId: "sg-1",
      endpoints: { secretsmanager: ["secretsmanager:GetSecretValue"] },
    }),
  keys: (name, purpose, context) =>
    new KeysComponent(name, {
      context,
      keys: { [purpose]: { description: "tables", uses: [{ through: "s3" }, { logs: true }] } },
    }),
  schedule: (name, purpose, context) =>
    new ScheduleComponent(name, {
      context,
      purpose,
      description: "Reports",
      everyMinutes: 60,
      functionArn: "arn:function",
      functionName: "function",
    }),
  "security-groups": (name, purpose, context) =>
    new SecurityGroupsComponent(name, {
      context,
      vpcId: "vpc-1",
      groups: { [purpose]: { description: "Jobs" }, others: { existing: "sg-1" } },
      prefixLists: { s3: "pl-1" },
      flows: [
        { from: purpose, to: "s3", port: 443, description: "Jobs call S3" },
        { from: "others", to: purpose, port: 443, description: "Others call jobs" },
      ],
    }),
  "stream-consumer": (name, purpose, context) =>
    new StreamConsumerComponent(name, {
      context,
      purpose,
      streamArn: "arn:stream",
      functionArn: "arn:function",
      deadLetterBucketArn: "arn:bucket",
    }),
  vpc: (name, purpose, context) =>
    new VpcComponent(name, {
      context,
      purpose,
      network: {
        cidrBlock: "10.0.0.0/16",
        privateSubnetCidrs: null,
        publicSubnetCidrs: null,
        natGateways: "single",
        gatewayEndpoints: { s3: ["s3:GetObject"], dynamodb: ["dynamodb:Query"] },
        flowLogs: { retentionDays: 7, keyArn: "arn:key" },
      },
    }),
};

/** Files whose components cannot stand twice yet. */
const missing = [
  "api-domain",
  "api-gateway",
  "database",
  "database-migration",
  "dynamodb",
  "idempotency-table",
  "lambda",
  "monitoring",
  "s3",
  "waf",
];

const library = path.resolve(__dirname, "../../../lib/components");
const elsewhere = "us-west-2";

/** The component twice in a stack, and the first one again in another region. */
const recordThree = (build: Builder): Promise<Graph> =>
  record(() => {
    const context = testContext();
    build("first", "reports", context);
    build("second", "exports", context);
    build("third", "reports", inRegion(context, elsewhere));
  });

const created = ({ resources }: Graph, of = "") =>
  resources.filter(({ type, name }) => type.startsWith("aws:") && name.startsWith(of));

/** Names that have to differ within something else only: an API, a zone. */
const namedWithin = /^aws:(apigateway\/(model|requestValidator)|route53\/record):/;

/** The arguments that may name a resource; `nameLimits` knows what it is for a type. */
const nameArguments = ["name", "namePrefix", "bucket", "bucketPrefix", "identifier"];

/** The physical names of a resource, each with its type. */
function physicalNames({ type, inputs }: RecordedResource): string[] {
  if (namedWithin.test(type)) return [];
  const own = nameLimits[type]?.argument;
  const names = own === undefined || own === "name" ? nameArguments : [own];
  return names.flatMap((argument) => {
    const value = inputs[argument];
    return typeof value === "string" ? [`${type} ${value}`] : [];
  });
}

/** Whether the provider's resource has the argument `region`: global services' have none. */
function isRegional(type: string): boolean {
  const [, file = ""] = /^aws:(\w+\/\w+):/.exec(type) ?? [];
  const declaration = require.resolve(`@pulumi/aws/${file}`).replace(/\.js$/, ".d.ts");
  return /^ {4}region\?: pulumi\.Input</m.test(fs.readFileSync(declaration, "utf8"));
}

/** What occurs more than once. */
const repeated = (values: readonly string[]) =>
  values.filter((value, index) => values.indexOf(value) !== index);

it("each component of lib/components is built twice here", () => {
  const files = fs
    .readdirSync(library)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => path.basename(file, ".ts"));

  expect([...Object.keys(builders), ...missing].sort()).toEqual(files.sort());
});

describe.each(Object.entries(builders))("%s, twice and in another region", (_, build) => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await recordThree(build);
  });

  it("has no two physical names alike", () => {
    expect(repeated(created(graph).flatMap(physicalNames))).toEqual([]);
  });

  it("has no two logical names alike", () => {
    expect(repeated(graph.resources.map(({ type, name }) => `${type} ${name}`))).toEqual([]);
  });

  it("has a region where it is not the stack's own, unless the service is global", () => {
    const regionOf = ({ type, name, inputs }: RecordedResource) => [type, name, inputs["region"]];
    const expected = ({ type, name }: RecordedResource) => [
      type,
      name,
      name.startsWith("third") && isRegional(type) ? elsewhere : undefined,
    ];

    expect(created(graph, "third").length).toBeGreaterThan(0);
    expect(created(graph).map(regionOf)).toEqual(created(graph).map(expected));
  });

  it("says nothing of the stack's own region where it is in another", () => {
    expect(JSON.stringify(created(graph, "third").map(({ inputs }) => inputs))).not.toContain(
      region,
    );
  });
});
