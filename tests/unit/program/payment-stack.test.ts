import * as fs from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { dashboardPictures } from "../../../bin/docs/dashboard";
import { getEnvironmentConfig } from "../../../lib/config";
import { widgetsOf } from "../../../lib/dashboard/body";
import { registeredDashboard } from "../../../lib/dashboard/registered";
import { runbookFile } from "../../../lib/components/monitoring/runbook";
import { catalogue } from "../../../lib/catalogue";
import { maxSuffixLength } from "../../../lib/core/names";
import { PaymentStack } from "../../../lib/payment-stack";
import { environmentTypes } from "../../../lib/types";
import type { EnvironmentType } from "../../../lib/types";
import { record, valueOf } from "../../../lib/graph/record";
import type { ProgramGraph, RecordedResource } from "../../../lib/graph/program-graph";
import { recordProgram } from "../environments";
import { headingsOf } from "../../../bin/docs/markdown";

type Graphs = Map<EnvironmentType, ProgramGraph<PaymentStack["outputs"]>>;

/** As the environments are in the code. */
const graphs: Graphs = new Map();
/** With every module on: for what holds of each resource, of which there are fewer without them. */
const wholeGraphs: Graphs = new Map();

beforeAll(async () => {
  for (const environment of environmentTypes) {
    graphs.set(environment, await recordProgram(environment));
    wholeGraphs.set(environment, await recordProgram(environment, { with: ["all"] }));
  }
}, 120_000);

const graphIn = (all: Graphs, environment: EnvironmentType) => {
  const graph = all.get(environment);
  if (graph === undefined) throw new Error(`no graph of ${environment}`);
  return graph;
};
const graphOf = (environment: EnvironmentType) => graphIn(graphs, environment);
const wholeGraphOf = (environment: EnvironmentType) => graphIn(wholeGraphs, environment);

const isAws = ({ type }: { type: string }) => type.startsWith("aws:");

/** How many resources of each of these types an environment has. */
const counts = (environment: EnvironmentType, types: readonly string[]) =>
  types.map((type) => graphOf(environment).ofType(type).length);

describe("the stack", () => {
  it.each([
    ["dev", 0, 1, 0],
    ["staging", 0, 1, 0],
    ["prod", 0, 1, 1],
  ] as const)("in %s has %d NAT gateways, %d routes, %d web ACLs", (environment, ...expected) => {
    const types = [
      "aws:ec2/natGateway:NatGateway",
      "aws:ec2/route:Route",
      "aws:wafv2/webAcl:WebAcl",
    ];

    expect(counts(environment, types)).toEqual(expected);
  });

  it.each(environmentTypes)("in %s has one of everything that it is made of", (environment) => {
    expect(
      counts(environment, [
        "payments:index:PaymentStack",
        "aws:ec2/vpc:Vpc",
        "aws:ec2/subnet:Subnet",
        "aws:rds/instance:Instance",
        "aws:dynamodb/table:Table",
        "aws:s3/bucket:Bucket",
        "aws:lambda/function:Function",
        "aws:lambda/invocation:Invocation",
        "aws:lambda/eventSourceMapping:EventSourceMapping",
        "aws:apigateway/restApi:RestApi",
        "aws:apigateway/stage:Stage",
        "aws:apigateway/domainName:DomainName",
        "aws:kms/key:Key",
        "aws:sns/topic:Topic",
        "aws:cloudwatch/dashboard:Dashboard",
      ]),
    ).toEqual([1, 1, 6, 1, 2, 2, 5, 1, 1, 1, 1, 1, 2, 1, 1]);
  });

  it.each(environmentTypes)(
    "in %s parents every resource to a component of its own",
    (environment) => {
      const graph = wholeGraphOf(environment);
      const stack = graph.one("payments:index:PaymentStack");
      const components = graph.resources.filter(({ type }) => type.startsWith("payments:"));

      for (const resource of graph.resources) {
        if (resource === stack) continue;
        expect([resource.name, components.map(({ urn }) => urn)]).toEqual([
          resource.name,
          expect.arrayContaining([resource.parent]) as unknown,
        ]);
      }
    },
  );

  it.each(environmentTypes)("in %s tags whatever can be tagged", (environment) => {
    const tagged = wholeGraphOf(environment).resources.filter(({ inputs }) => "tags" in inputs);

    expect(tagged.length).toBeGreaterThan(60);
    for (const { name, inputs } of tagged) {
      expect([name, inputs["tags"]]).toEqual([
        name,
        expect.objectContaining({
          Environment: environment,
          Project: "payments",
          ManagedBy: "Pulumi",
          Owner: "payments-team",
          CostCenter: "payments",
          DataClassification: "confidential",
          Name: expect.stringContaining(environment) as unknown,
        }) as unknown,
      ]);
    }
  });

  it("protects what holds data in prod, and nothing elsewhere", () => {
    const protectedTypes = (environment: EnvironmentType) => [
      ...new Set(
        wholeGraphOf(environment)
          .resources.filter(({ protect }) => protect)
          .map(({ type }) => type),
      ),
    ];

    expect(protectedTypes("dev")).toEqual([]);
    expect(protectedTypes("staging")).toEqual([]);
    expect(protectedTypes("prod").sort()).toEqual([
      "aws:cognito/userGroup:UserGroup",
      "aws:cognito/userPool:UserPool",
      "aws:dynamodb/table:Table",
      "aws:kms/key:Key",
      "aws:rds/instance:Instance",
      "aws:s3/bucket:Bucket",
    ]);
  });

  /** Types of what stays when a stack is destroyed, but for the account's logging role. */
  const retainedTypes = ({ resources }: ProgramGraph) => [
    ...new Set(
      resources
        .filter(({ retainOnDelete, name }) => retainOnDelete && !name.includes("api-account"))
        .map(({ type }) => type),
    ),
  ];

  it("leaves keys and locked documents of prod, with the settings of their bucket, and nothing elsewhere", () => {
    expect(retainedTypes(wholeGraphOf("dev"))).toEqual([]);
    expect(retainedTypes(wholeGraphOf("staging"))).toEqual([]);
    expect(retainedTypes(wholeGraphOf("prod")).sort()).toEqual([
      "aws:kms/key:Key",
      "aws:s3/bucket:Bucket",
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
      "aws:s3/bucketPolicy:BucketPolicy",
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "aws:s3/bucketVersioning:BucketVersioning",
    ]);
  });

  it("leaves nothing of a stack like prod that is not to", async () => {
    const graph = await recordProgram("prod", {
      config: {
        "payments:protection": JSON.stringify({ enabled: false, retainData: false }),
        "payments:audit": JSON.stringify({ objectLockDays: null }),
      },
      with: ["all"],
    });

    expect(retainedTypes(graph)).toEqual([]);
    expect(graph.resources.filter(({ protect }) => protect)).toEqual([]);
    expect(graph.one("aws:rds/instance:Instance").inputs).toMatchObject({
      deletionProtection: false,
      skipFinalSnapshot: true,
      deleteAutomatedBackups: true,
    });
    for (const { name, inputs } of graph.ofType("aws:s3/bucket:Bucket"))
      expect([name, inputs["forceDestroy"]]).toEqual([name, true]);
  });

  it("deletes nothing before it replaces it, but a domain name, which is there once", () => {
    for (const environment of environmentTypes) {
      const deleted = wholeGraphOf(environment).resources.filter((r) => r.deleteBeforeReplace);

      expect(new Set(deleted.map(({ type }) => type))).toEqual(
        new Set(["aws:apigateway/domainName:DomainName"]),
      );
    }
  });

  it("starts every IAM name with the environment", () => {
    for (const environment of environmentTypes) {
      const graph = wholeGraphOf(environment);
      const named = [
        ...graph.ofType("aws:iam/role:Role"),
        ...graph.ofType("aws:iam/rolePolicy:RolePolicy"),
      ];
      for (const { inputs } of named) {
        expect(String(inputs["name"] ?? inputs["namePrefix"])).toMatch(
          new RegExp(`^${environment}-payment-`),
        );
      }
    }
  });

  it("migrates the database once the way to it stands, and before code that uses it goes live", () => {
    const graph = graphOf("dev");
    const before = (resource: RecordedResource): Set<RecordedResource> => {
      const found = new Set<RecordedResource>();
      const visit = (current: RecordedResource) => {
        for (const next of graph.dependenciesOf(current)) {
          if (!found.has(next)) {
            found.add(next);
            visit(next);
          }
        }
      };
      visit(resource);
      return found;
    };
    const migration = graph.one("aws:lambda/invocation:Invocation");
    const types = [...before(migration)].map(({ type }) => type);

    expect(types).toEqual(
      expect.arrayContaining(["aws:rds/instance:Instance", "aws:lambda/function:Function"]),
    );
    const after = graph.resources.slice(graph.resources.indexOf(migration));
    expect(
      after.filter(({ type }) => type === "aws:lambda/function:Function").map(({ name }) => name),
    ).toEqual(
      expect.arrayContaining(
        ["accounts", "ledger", "reconcile"].map((purpose) => `payments-${purpose}-function`),
      ),
    );
    expect(after).toContain(graph.one("aws:lambda/eventSourceMapping:EventSourceMapping"));
    // it needs no database
    expect(after.map(({ name }) => name)).not.toContain("payments-payment-function");
    for (const type of [
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      "aws:ec2/vpcEndpoint:VpcEndpoint",
    ]) {
      for (const resource of graph.ofType(type)) {
        expect(graph.resources.indexOf(resource)).toBeLessThan(graph.resources.indexOf(migration));
      }
    }
  });
});

describe("the outputs", () => {
  it.each(environmentTypes)("in %s are all known", async (environment) => {
    const values = await Promise.all(
      Object.entries(wholeGraphOf(environment).result).map(
        async ([name, output]: [string, pulumi.Output<unknown> | undefined]) =>
          [name, output === undefined ? "absent" : await valueOf(output)] as const,
      ),
    );
    const absent = values.filter(([, value]) => value === "absent").map(([name]) => name);

    for (const [name, value] of values) expect([name, value]).not.toEqual([name, undefined]);
    const ofPrivateApi = [
      ...["apiVpcEndpointId", "apiCallerSecurityGroupId", "apiCallerSecurityGroupArn"],
      ...["hostedZoneId", "hostedZoneArn", "ShopZoneId", "ShopZoneArn"],
    ];
    const ofWebAcl = ["webAclArn", "webAclId", "webAclLogGroupArn", "webAclLogGroupName"];
    const ofShop = ofWebAcl.map((name) => name.replace("web", "ShopWeb"));
    expect(absent.sort()).toEqual(
      [...ofPrivateApi, ...(environment === "prod" ? [] : [...ofWebAcl, ...ofShop])].sort(),
    );
  });
});

describe("the longest suffix", () => {
  it("keeps every name within its service's limit", async () => {
    const suffix = "s".repeat(maxSuffixLength);
    const graph = await recordProgram("staging", {
      config: { "payments:environmentSuffix": suffix },
      with: ["all"],
    });
    const checked = graph.resources.flatMap(({ type, inputs }) => {
      const limit = catalogue[type]?.nameLimit;
      const value = limit === undefined ? undefined : inputs[limit.argument];
      return limit === undefined || typeof value !== "string" ? [] : [{ value, max: limit.max }];
    });

    expect(checked.length).toBeGreaterThan(50);
    expect(checked.filter(({ value, max }) => value.length > max)).toEqual([]);
  });

  it("is checked for every resource that has a name", () => {
    const withName = wholeGraphOf("prod").resources.filter(
      (resource) => isAws(resource) && typeof resource.inputs["name"] === "string",
    );
    const unchecked = withName.filter(({ type }) => catalogue[type]?.nameLimit === undefined);

    expect([...new Set(unchecked.map(({ type }) => type))].sort()).toEqual([
      "aws:apigateway/authorizer:Authorizer",
      "aws:apigateway/model:Model",
      "aws:apigateway/requestValidator:RequestValidator",
      "aws:cognito/userGroup:UserGroup",
    ]);
  });
});

describe("a consumer's program", () => {
  const config = (overrides: Parameters<typeof getEnvironmentConfig>[1] = {}) =>
    getEnvironmentConfig("dev", overrides);

  it("gives the stack an existing network and topic", async () => {
    const graph = await record(
      () =>
        new PaymentStack("payments", {
          config: config(),
          network: {
            vpcId: "vpc-1",
            privateSubnetIds: ["subnet-1", "subnet-2"],
            publicSubnetIds: [],
            s3PrefixListId: "pl-1",
            dynamoDbPrefixListId: "pl-2",
            endpointSecurityGroupId: "sg-endpoints",
          },
          alarmTopicArn: "arn:aws:sns:topic",
        }),
    );

    expect(graph.ofType("aws:ec2/vpc:Vpc")).toEqual([]);
    expect(graph.ofType("aws:ec2/vpcEndpoint:VpcEndpoint")).toEqual([]);
    expect(graph.ofType("aws:sns/topic:Topic")).toEqual([]);
    expect(await valueOf(graph.result.outputs.vpcId)).toBe("vpc-1");
    expect(await valueOf(graph.result.outputs.endpointSecurityGroupId)).toBe("sg-endpoints");
    expect(graph.result.outputs.endpointSecurityGroupArn).toBeUndefined();
    expect(await valueOf(graph.result.outputs.alarmTopicArn)).toBe("arn:aws:sns:topic");
  });

  it.each([
    ["nobody", "none", []],
    ["whom it names", ["a@example.com", "b@example.com"], ["a@example.com", "b@example.com"]],
  ])("sends alarms to %s", async (_, emailAddresses, endpoints) => {
    const graph = await recordProgram("prod", {
      config: { "payments:alarms": JSON.stringify({ emailAddresses }) },
    });
    const subscriptions = graph.ofType("aws:sns/topicSubscription:TopicSubscription");

    expect(subscriptions.map(({ inputs }) => inputs["endpoint"])).toEqual(endpoints);
  });

  it("leaves who is notified to an existing topic", async () => {
    const graph = await record(
      () =>
        new PaymentStack("payments", {
          config: config({ overrides: { alarms: { emailAddresses: ["a@example.com"] } } }),
          alarmTopicArn: "arn:aws:sns:topic",
        }),
    );

    expect(graph.ofType("aws:sns/topicSubscription:TopicSubscription")).toEqual([]);
  });

  it("certifies the domain by what only the program knows, before what the configuration says", async () => {
    const configured = "arn:aws:acm:eu-central-1:123456789012:certificate/configured";
    const graph = await record(
      () =>
        new PaymentStack("payments", {
          config: config({ overrides: { api: { certificateArn: configured } } }),
          apiCertificateArn: pulumi.output(
            "arn:aws:acm:eu-central-1:123456789012:certificate/made",
          ),
        }),
    );

    expect(graph.one("aws:apigateway/domainName:DomainName").inputs).toMatchObject({
      regionalCertificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/made",
    });
    expect(graph.ofType("aws:acm/certificate:Certificate")).toEqual([]);
  });

  it("spreads statuses, batches documents, sweeps and limits as the configuration says", async () => {
    const graph = await record(
      () =>
        new PaymentStack("payments", {
          config: config({
            overrides: {
              table: { statusShards: 4, statusShardsRead: 8 },
              ledger: { parallelizationFactor: 3, changesPerDocument: 50 },
              functions: { accountsConcurrency: 7 },
              reconciliation: { everyMinutes: 15, sweepDays: 30 },
              alarms: { sweepLagHours: 6 },
            },
          }),
        }),
    );
    const of = (purpose: string) =>
      graph.one("aws:lambda/function:Function", `payments-${purpose}-function`).inputs;
    const mapping = graph.one("aws:lambda/eventSourceMapping:EventSourceMapping").inputs;
    const missing = graph.one(
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      "payments-monitoring-reconciliation-missing",
    ).inputs;
    const behind = graph.one(
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      "payments-monitoring-sweep-behind",
    ).inputs;

    expect(of("payment")["environment"]).toMatchObject({
      variables: { STATUS_SHARDS: "4", STATUS_SHARDS_READ: "8" },
    });
    expect(of("accounts")["reservedConcurrentExecutions"]).toBe(7);
    expect(of("ledger")["environment"]).toMatchObject({
      variables: { CHANGES_PER_DOCUMENT: "50" },
    });
    expect(of("reconcile")["environment"]).toMatchObject({
      variables: { STATUS_SHARDS_READ: "8", EVERY_MINUTES: "15", SWEEP_DAYS: "30" },
    });
    expect(mapping["parallelizationFactor"]).toBe(3);
    expect(missing["evaluationPeriods"]).toBe(3);
    expect(behind["threshold"]).toBe(6 * 3600);
  });

  it("has a private API on request, known in its network, which callers reach by joining a group", async () => {
    const graph = await recordProgram("dev", {
      config: { "payments:api": JSON.stringify({ endpoint: "private" }) },
    });
    const { result } = graph;
    const output = (name: "apiVpcEndpointId" | "apiCallerSecurityGroupId" | "customDomainTarget") =>
      valueOf(pulumi.output(result[name]));

    expect(graph.one("aws:apigateway/restApi:RestApi").inputs).toMatchObject({
      endpointConfiguration: {
        types: "PRIVATE",
        vpcEndpointIds: ["payments-api-endpoint-execute-api-id"],
      },
    });
    expect(graph.one("aws:route53/zone:Zone").inputs).toMatchObject({
      name: "api-dev-123456789012.payments.internal",
      vpcs: [{ vpcId: "payments-network-vpc-id" }],
    });
    expect(await output("apiVpcEndpointId")).toBe("payments-api-endpoint-execute-api-id");
    expect(await output("apiCallerSecurityGroupId")).toBe(
      "payments-security-groups-api-callers-id",
    );
    expect(await output("customDomainTarget")).toMatch(/^payments-api-endpoint-execute-api\./);
    expect(
      graph
        .ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
        .filter(({ inputs }) => String(inputs["securityGroupId"]).includes("api-endpoint"))
        .map(({ inputs }) => inputs["referencedSecurityGroupId"]),
    ).toEqual(["payments-security-groups-api-callers-id"]);
  });

  it("has the record of its domain in a zone that is given, and no zone of its own", async () => {
    for (const endpoint of ["regional", "private"]) {
      const api = { endpoint, hostedZoneId: "Z0123456789ABC" };
      const graph = await recordProgram("dev", { config: { "payments:api": JSON.stringify(api) } });

      expect(graph.one("aws:route53/record:Record").inputs).toMatchObject({
        zoneId: "Z0123456789ABC",
        name: "api-dev-123456789012.payments.internal",
      });
      expect(graph.ofType("aws:route53/zone:Zone")).toEqual([]);
    }
  });

  it("leaves out domain, logging role and migration where the configuration does", async () => {
    const graph = await record(
      () =>
        new PaymentStack("payments", {
          config: config({
            overrides: {
              api: { customDomain: null, accountLogging: "external" },
              database: { migrateOnDeploy: false },
            },
          }),
        }),
    );

    expect(graph.ofType("aws:apigateway/domainName:DomainName")).toEqual([]);
    expect(graph.ofType("aws:apigateway/account:Account")).toEqual([]);
    expect(graph.ofType("aws:lambda/invocation:Invocation")).toEqual([]);
    expect(graph.result.outputs.customDomain).toBeUndefined();
    expect(graph.result.outputs.apiLoggingRoleArn).toBeUndefined();
  });

  it("gives a password of its own, which is in no output", async () => {
    const graph = await recordProgram("dev", {
      config: { "payments:dbPassword": "correct-horse-battery" },
    });
    const outputs = await Promise.all(
      Object.values(graph.result).flatMap((output: pulumi.Output<unknown> | undefined) =>
        output === undefined ? [] : [valueOf(output)],
      ),
    );

    expect(graph.one("aws:rds/instance:Instance").inputs).not.toHaveProperty(
      "manageMasterUserPassword",
    );
    expect(graph.ofType("aws:secretsmanager/secret:Secret")).toHaveLength(1);
    expect(JSON.stringify(outputs)).not.toContain("correct-horse");
    for (const { type, inputs } of graph.ofType("aws:lambda/function:Function")) {
      expect([type, JSON.stringify(inputs["environment"])]).not.toContain("correct-horse");
    }
  });

  it("has its provider reach every child, and its aliases the engine, which gives them to the children", async () => {
    const formerUrn = "urn:pulumi:dev::payments::payments:index:PaymentStack::old-payments";
    class Provider extends pulumi.ProviderResource {
      constructor() {
        super("aws", "elsewhere", { region: "eu-west-1" });
      }
    }
    const graph = await record(
      () =>
        new PaymentStack(
          "payments",
          { config: config() },
          {
            providers: [new Provider()],
            aliases: [formerUrn],
          },
        ),
    );

    for (const { name, provider } of graph.resources.filter(isAws)) {
      expect([name, provider]).toEqual([name, expect.stringContaining("elsewhere") as unknown]);
    }
    expect(graph.one("payments:index:PaymentStack").aliases).toEqual([formerUrn]);
  });
});

describe("the runbook", () => {
  const entries = headingsOf(fs.readFileSync(runbookFile, "utf8")).filter(
    ({ level }) => level === 3,
  );
  const alarmsOf = (environment: EnvironmentType) =>
    wholeGraphOf(environment).ofType("aws:cloudwatch/metricAlarm:MetricAlarm");

  it.each(environmentTypes)(
    "has one entry for every alarm of %s, and no other",
    async (environment) => {
      const purposes = Object.keys(await valueOf(wholeGraphOf(environment).result.alarmArns));

      expect(purposes).toHaveLength(alarmsOf(environment).length);
      expect(entries.map(({ text }) => text).sort()).toEqual(purposes.sort());
    },
  );

  it.each(environmentTypes)("is linked to its entry by every alarm of %s", (environment) => {
    const anchors = entries.map(({ anchor }) => anchor);

    for (const { inputs } of alarmsOf(environment)) {
      const description = String(inputs["alarmDescription"]);
      const [, file, anchor] = /Runbook: (.*)#(.*)$/.exec(description) ?? [];
      expect(file).toBe(runbookFile);
      expect(anchors).toContain(anchor);
      expect(String(inputs["name"])).toContain(`-${String(anchor)}-`);
      expect(description.length).toBeLessThan(1024 - 700); // room for the longest address that is allowed
    }
  });
});

describe("the dashboard", () => {
  it.each(environmentTypes)(
    "of %s has only widgets that are sound and side by side",
    (environment) => {
      const { body } = registeredDashboard(wholeGraphOf(environment).resources);

      expect(() => widgetsOf(body)).not.toThrow();
    },
  );

  it("of prod looks as its pictures in docs/images (npm run docs)", () => {
    const pictures = Object.entries(dashboardPictures(graphOf("prod").resources));

    expect(pictures).toHaveLength(2);
    for (const [file, svg] of pictures) {
      expect({ file, isStale: fs.readFileSync(file, "utf8") !== svg }).toEqual({
        file,
        isStale: false,
      });
    }
  });
});
