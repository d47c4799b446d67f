import * as fs from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ApiDomainComponent } from "../../../lib/components/api-domain";
import { ApiEndpointComponent } from "../../../lib/components/api-endpoint";
import { ApiGatewayComponent } from "../../../lib/components/api-gateway";
import { DatabaseComponent } from "../../../lib/components/database";
import { DatabaseMigrationComponent } from "../../../lib/components/database-migration";
import { DynamoDbComponent } from "../../../lib/components/dynamodb";
import { IdempotencyTableComponent } from "../../../lib/components/idempotency-table";
import { LambdaComponent } from "../../../lib/components/lambda";
import { MonitoringComponent } from "../../../lib/components/monitoring";
import { S3Component } from "../../../lib/components/s3";
import { WafComponent } from "../../../lib/components/waf";
import { functionAlarms } from "../../../lib/components/monitoring/functions";
import { environmentSettings } from "../../../lib/config";
import { ApiAccountComponent } from "../../../lib/components/api-account";
import { EndpointsComponent } from "../../../lib/components/endpoints";
import { KeysComponent } from "../../../lib/components/keys";
import { ScheduleComponent } from "../../../lib/components/schedule";
import { SecurityGroupsComponent } from "../../../lib/components/security-groups";
import { StreamConsumerComponent } from "../../../lib/components/stream-consumer";
import { UserPoolComponent } from "../../../lib/components/user-pool";
import { VpcComponent } from "../../../lib/components/vpc";
import { inRegion } from "../../../lib/core/context";
import { catalogue } from "../../../lib/catalogue";
import type { ProgramGraph, RecordedResource } from "../../../lib/graph/program-graph";
import { region } from "../../../lib/graph/mock-aws";
import { record } from "../../../lib/graph/record";
import type { StackContext } from "../../../lib/types";
import { testContext } from "../context";

/** Builds a component under a logical name, for a purpose. */
type Builder = (name: string, purpose: string, context: StackContext) => unknown;

const logs = { retentionDays: 7, keyArn: "arn:key" } as const;

/** A component of each file of lib/components. */
const builders: Readonly<Record<string, Builder>> = {
  "api-account": (name, purpose, context) => new ApiAccountComponent(name, { context, purpose }),
  "api-domain": (name, purpose, context) =>
    new ApiDomainComponent(name, {
      context,
      domainName: `${purpose}.${context.region ?? "home"}.internal`,
      certificateArn: null,
      restApiId: "api",
      stageName: "dev",
      zone: { description: "A zone", vpcId: "vpc-1" },
    }),
  // without names but for tags: two networks have an endpoint each
  "api-endpoint": (name, _, context) =>
    new ApiEndpointComponent(name, {
      context,
      vpcId: "vpc-1",
      subnetIds: ["subnet-1"],
      securityGroupId: "sg-1",
    }),
  "api-gateway": (name, purpose, context) =>
    new ApiGatewayComponent(name, {
      context,
      purpose,
      description: "An API",
      routes: [],
      function: { name: "function", invokeArn: "arn:function" },
      authorization: "AWS_IAM",
      allowedOrigins: ["*"],
      problemTypePrefix: "urn:reports:problem:",
      throttle: { ratePerSecond: 1, burst: 1 },
      accessLogs: logs,
      executionLogs: logs,
    }),
  database: (name, purpose, context) =>
    new DatabaseComponent(name, {
      context,
      purpose,
      databaseName: "reports",
      masterUsername: "reports_admin",
      masterPassword: "correct-horse",
      descriptions: {
        subnetGroup: "Subnets",
        parameterGroup: "Parameters",
        masterSecret: "Master",
      },
      keyArn: "arn:key",
      secretKeyArn: "arn:key",
      subnetIds: ["subnet-1", "subnet-2"],
      securityGroupId: "sg-1",
      settings: environmentSettings.prod.database,
      logs,
    }),
  "database-migration": (name, _, context) =>
    new DatabaseMigrationComponent(name, {
      context,
      functionName: "function",
      codeHash: "hash",
      databaseResourceId: "db-1",
    }),
  dynamodb: (name, purpose, context) =>
    new DynamoDbComponent(name, {
      context,
      purpose,
      keyArn: "arn:key",
      key: { hash: { name: "id", type: "S" } },
      indexes: { ByUser: { hash: { name: "userId", type: "S" }, projection: "ALL" } },
      capacity: { read: { min: 1, max: 2 }, write: { min: 1, max: 2 }, targetPercent: 70 },
    }),
  // without names but for tags: two networks have the same endpoints
  endpoints: (name, _, context) =>
    new EndpointsComponent(name, {
      context,
      vpcId: "vpc-1",
      subnetIds: ["subnet-1"],
      securityGroupId: "sg-1",
      endpoints: { secretsmanager: ["secretsmanager:GetSecretValue"] },
    }),
  "idempotency-table": (name, purpose, context) =>
    new IdempotencyTableComponent(name, { context, purpose, keyArn: "arn:key" }),
  keys: (name, purpose, context) =>
    new KeysComponent(name, {
      context,
      keys: { [purpose]: { description: "tables", uses: [{ through: "s3" }, { logs: true }] } },
    }),
  lambda: (name, purpose, context) =>
    new LambdaComponent(name, {
      context,
      purpose,
      role: { purpose, permissions: [] },
      description: "A function",
      code: new pulumi.asset.AssetArchive({}),
      settings: environmentSettings.dev.functions,
      reservedConcurrency: null,
      metricsNamespace: "Reports",
      environment: {},
      network: "none",
      logs,
    }),
  monitoring: (name, purpose, context) =>
    new MonitoringComponent(name, {
      context,
      purpose,
      title: "Reports",
      graphs: [],
      topic: { emailAddresses: ["on-call@example.com"], keyArn: "arn:key" },
      alarms: functionAlarms([{ purpose: `${purpose}-function`, functionName: "function" }], {
        lambdaErrors: 1,
        lambdaThrottles: 1,
      }),
    }),
  s3: (name, purpose, context) =>
    new S3Component(name, {
      context,
      purpose,
      keyArn: "arn:key",
      retention: {
        ...environmentSettings.prod.audit,
        objectLock: { mode: "governance", days: 365 },
      },
      writeOnce: true,
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
  "user-pool": (name, purpose, context) =>
    new UserPoolComponent(name, {
      context,
      purpose,
      groups: { admins: { description: "Write reports" } },
    }),
  vpc: (name, purpose, context) =>
    new VpcComponent(name, {
      context,
      purpose,
      network: {
        cidrBlock: "10.0.0.0/16",
        zones: 3,
        excludeZoneIds: [],
        privateSubnetCidrs: null,
        publicSubnetCidrs: null,
        natGateways: "single",
        gatewayEndpoints: { s3: ["s3:GetObject"], dynamodb: ["dynamodb:Query"] },
        flowLogs: logs,
      },
    }),
  waf: (name, purpose, context) =>
    new WafComponent(name, {
      context,
      purpose,
      description: "A web ACL",
      stageArn: "arn:stage",
      rateLimit: 100,
      logs,
    }),
};

const library = path.resolve(__dirname, "../../../lib/components");
const elsewhere = "us-west-2";

/** The component twice in a stack, and the first one again in another region. */
const recordThree = (build: Builder): Promise<ProgramGraph> =>
  record(() => {
    const context = testContext();
    build("first", "reports", context);
    build("second", "exports", context);
    build("third", "reports", inRegion(context, elsewhere));
  });

const created = ({ resources }: ProgramGraph, of = "") =>
  resources.filter(({ type, name }) => type.startsWith("aws:") && name.startsWith(of));

/** Names that have to differ within something else only: an API, a user pool, a zone. */
const namedWithin =
  /^aws:(apigateway\/(model|requestValidator)|cognito\/userGroup|route53\/record):/;

/** The arguments that may name a resource; the catalogue knows what it is for a type. */
const nameArguments = ["name", "namePrefix", "bucket", "bucketPrefix", "identifier"];

/** The physical names of a resource, each with its type. */
function physicalNames({ type, inputs }: RecordedResource): string[] {
  if (namedWithin.test(type)) return [];
  const own = catalogue[type]?.nameLimit?.argument;
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

  expect(Object.keys(builders).sort()).toEqual(files.sort());
});

describe.each(Object.entries(builders))("%s, twice and in another region", (_, build) => {
  let graph: ProgramGraph;
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
