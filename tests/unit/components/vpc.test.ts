import { VpcComponent } from "../../../lib/components/vpc";
import type { NewNetwork, VpcComponentArgs } from "../../../lib/components/vpc";
import { inRegion } from "../../../lib/core/context";
import { catalogue } from "../../../lib/catalogue";
import { maxSuffixLength } from "../../../lib/core/names";
import { accountId, region } from "../../../lib/graph/mock-aws";
import { record, valueOf } from "../../../lib/graph/record";
import type { ProgramGraph, RecordedResource } from "../../../lib/graph/program-graph";
import { testContext } from "../context";

const plan = {
  cidrBlock: "10.0.0.0/16",
  zones: 3,
  excludeZoneIds: [],
  privateSubnetCidrs: null,
  publicSubnetCidrs: null,
  natGateways: "none",
  gatewayEndpoints: {
    s3: ["s3:PutObject", "s3:GetObject"],
    dynamodb: ["dynamodb:Query"],
  },
  flowLogs: { retentionDays: 7, keyArn: "arn:key" },
} as const satisfies NewNetwork;
const build = (args: Partial<VpcComponentArgs> = {}) =>
  record(
    () =>
      new VpcComponent("net", {
        context: testContext("dev"),
        network: plan,
        ...args,
      }),
  );
const withNat = (natGateways: NewNetwork["natGateways"]) =>
  build({ network: { ...plan, natGateways } });

const type = {
  vpc: "aws:ec2/vpc:Vpc",
  subnet: "aws:ec2/subnet:Subnet",
  table: "aws:ec2/routeTable:RouteTable",
  route: "aws:ec2/route:Route",
  association: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  nat: "aws:ec2/natGateway:NatGateway",
  eip: "aws:ec2/eip:Eip",
  gateway: "aws:ec2/internetGateway:InternetGateway",
  endpoint: "aws:ec2/vpcEndpoint:VpcEndpoint",
  defaultGroup: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  flowLog: "aws:ec2/flowLog:FlowLog",
  logGroup: "aws:cloudwatch/logGroup:LogGroup",
  role: "aws:iam/role:Role",
  policy: "aws:iam/rolePolicy:RolePolicy",
};
/** Sorted by name: the order of registration is not deterministic. */
const sorted = (graph: ProgramGraph, of: string) =>
  graph.ofType(of).sort((a, b) => a.name.localeCompare(b.name));
const argument = (resources: readonly RecordedResource[], key: string) =>
  resources.map(({ inputs }) => inputs[key]);
const policyOf = ({ inputs }: RecordedResource, key = "policy"): unknown =>
  JSON.parse(String(inputs[key]));
const shape = ({ resources }: ProgramGraph) => resources.map((r) => `${r.type} ${r.name}`).sort();

describe("a new network", () => {
  it("is the configured block, with DNS names", async () => {
    expect((await build()).one(type.vpc).inputs).toEqual({
      cidrBlock: "10.0.0.0/16",
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: expect.objectContaining({
        Name: "payments-dev-vpc-dev",
        Environment: "dev",
      }) as unknown,
    });
  });

  it("has a private and a public subnet in each of the region's first three zones", async () => {
    const subnets = sorted(await build(), type.subnet);

    expect(
      subnets.map(({ name, inputs }) => [name, inputs["cidrBlock"], inputs["availabilityZone"]]),
    ).toEqual([
      ["net-private-1", "10.0.0.0/20", `${region}a`],
      ["net-private-2", "10.0.16.0/20", `${region}b`],
      ["net-private-3", "10.0.32.0/20", `${region}c`],
      ["net-public-1", "10.0.128.0/20", `${region}a`],
      ["net-public-2", "10.0.144.0/20", `${region}b`],
      ["net-public-3", "10.0.160.0/20", `${region}c`],
    ]);
    for (const { inputs } of subnets) {
      expect(inputs).toMatchObject({ vpcId: "net-vpc-id", mapPublicIpOnLaunch: false });
    }
    expect(subnets[0]?.inputs["tags"]).toMatchObject({ Name: "payments-dev-private-1-dev" });
  });

  it("stays out of zones that are constrained or excluded, whatever the account calls them", async () => {
    const graph = await record(
      () =>
        new VpcComponent("net", {
          context: testContext("dev"),
          network: { ...plan, zones: 2, excludeZoneIds: ["use1-az6"] },
        }),
      {
        call: ({ token }) =>
          token === "aws:index/getAvailabilityZones:getAvailabilityZones"
            ? {
                names: ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d"],
                zoneIds: ["use1-az3", "use1-az1", "use1-az6", "use1-az2"],
              }
            : undefined,
      },
    );

    expect(argument(sorted(graph, type.subnet), "availabilityZone")).toEqual([
      "us-east-1b",
      "us-east-1d",
      "us-east-1b",
      "us-east-1d",
    ]);
  });

  it("has everything that is one a zone twice in two zones", async () => {
    const graph = await build({ network: { ...plan, zones: 2, natGateways: "perAz" } });

    expect(
      sorted(graph, type.subnet).map(({ name, inputs }) => [name, inputs["cidrBlock"]]),
    ).toEqual([
      ["net-private-1", "10.0.0.0/20"],
      ["net-private-2", "10.0.16.0/20"],
      ["net-public-1", "10.0.128.0/20"],
      ["net-public-2", "10.0.144.0/20"],
    ]);
    expect(await valueOf(graph.result.natGatewayIds)).toEqual(["net-nat-1-id", "net-nat-2-id"]);
    expect(await valueOf(graph.result.privateSubnetIds)).toHaveLength(2);
    expect(graph.one(type.endpoint, "net-s3-endpoint").inputs["routeTableIds"]).toEqual([
      "net-private-1-routes-id",
      "net-private-2-routes-id",
    ]);
  });

  it("keeps its subnets where they are when AWS adds or withdraws a zone", async () => {
    for (const { ignoreChanges } of sorted(await build(), type.subnet)) {
      expect(ignoreChanges).toEqual(["availabilityZone"]);
    }
  });

  it("waits for an hour for Lambda to let go of a subnet that is deleted", async () => {
    for (const { deleteTimeout } of sorted(await build(), type.subnet)) {
      expect(deleteTimeout).toBe("60m");
    }
  });

  it("takes blocks of the subnets as they are given", async () => {
    const graph = await build({
      network: {
        ...plan,
        privateSubnetCidrs: ["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"],
        publicSubnetCidrs: ["10.0.4.0/24", "10.0.5.0/24", "10.0.6.0/24"],
      },
    });

    expect(argument(sorted(graph, type.subnet), "cidrBlock")).toEqual([
      "10.0.1.0/24",
      "10.0.2.0/24",
      "10.0.3.0/24",
      "10.0.4.0/24",
      "10.0.5.0/24",
      "10.0.6.0/24",
    ]);
  });

  it("routes the public subnets to the internet gateway", async () => {
    const graph = await build();
    const associations = sorted(graph, type.association).filter(
      ({ inputs }) => inputs["routeTableId"] === "net-public-routes-id",
    );

    expect(graph.one(type.gateway).inputs).toMatchObject({ vpcId: "net-vpc-id" });
    expect(graph.one(type.route, "net-public-default-route").inputs).toEqual({
      routeTableId: "net-public-routes-id",
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: "net-internet-gateway-id",
    });
    expect(argument(associations, "subnetId")).toEqual([
      "net-public-1-id",
      "net-public-2-id",
      "net-public-3-id",
    ]);
  });

  it("has a private route table in each zone, associated with its subnet", async () => {
    const graph = await build();
    const associations = sorted(graph, type.association).filter(({ name }) =>
      name.startsWith("net-private"),
    );

    expect(sorted(graph, type.table)).toHaveLength(4);
    expect(associations.map(({ inputs }) => [inputs["routeTableId"], inputs["subnetId"]])).toEqual([
      ["net-private-1-routes-id", "net-private-1-id"],
      ["net-private-2-routes-id", "net-private-2-id"],
      ["net-private-3-routes-id", "net-private-3-id"],
    ]);
  });

  it("gives its private subnets no way to the internet without NAT gateways", async () => {
    const graph = await withNat("none");

    expect(sorted(graph, type.nat)).toEqual([]);
    expect(sorted(graph, type.eip)).toEqual([]);
    expect(sorted(graph, type.route).map(({ name }) => name)).toEqual(["net-public-default-route"]);
    expect(await valueOf(graph.result.natGatewayIds)).toEqual([]);
    expect(await valueOf(graph.result.natPublicIps)).toEqual([]);
  });

  it.each([
    ["single", ["net-nat-1-id", "net-nat-1-id", "net-nat-1-id"]],
    ["perAz", ["net-nat-1-id", "net-nat-2-id", "net-nat-3-id"]],
  ] as const)("with NAT %s, routes each private subnet to %j", async (natGateways, expected) => {
    const graph = await withNat(natGateways);
    const routes = sorted(graph, type.route).filter(
      ({ inputs }) => inputs["natGatewayId"] !== undefined,
    );

    expect(argument(routes, "natGatewayId")).toEqual(expected);
    expect(argument(routes, "routeTableId")).toEqual([
      "net-private-1-routes-id",
      "net-private-2-routes-id",
      "net-private-3-routes-id",
    ]);
    expect(new Set(argument(routes, "destinationCidrBlock"))).toEqual(new Set(["0.0.0.0/0"]));
    expect(await valueOf(graph.result.natGatewayIds)).toEqual([...new Set(expected)]);
  });

  it("puts each NAT gateway with an address of its own into its zone's public subnet, after the internet gateway", async () => {
    const graph = await build({
      network: { ...plan, natGateways: "perAz" },
    });
    const gateway = graph.one(type.gateway);
    const nats = sorted(graph, type.nat);

    expect(nats.map(({ inputs }) => [inputs["allocationId"], inputs["subnetId"]])).toEqual([
      ["net-nat-1-address-id", "net-public-1-id"],
      ["net-nat-2-address-id", "net-public-2-id"],
      ["net-nat-3-address-id", "net-public-3-id"],
    ]);
    expect(new Set(argument(sorted(graph, type.eip), "domain"))).toEqual(new Set(["vpc"]));
    for (const resource of [...nats, ...sorted(graph, type.eip)]) {
      expect(graph.dependenciesOf(resource)).toContain(gateway);
    }
  });

  it("exposes the public addresses of its NAT gateways", async () => {
    const graph = await record(
      () =>
        new VpcComponent("net", {
          context: testContext("staging"),
          network: { ...plan, natGateways: "single" },
        }),
      { state: (args) => (args.type === type.nat ? { publicIp: "203.0.113.7" } : undefined) },
    );

    expect(await valueOf(graph.result.natPublicIps)).toEqual(["203.0.113.7"]);
  });

  it("is the same in every environment but for NAT gateways, their addresses and their routes", async () => {
    const graphs = await Promise.all([withNat("none"), withNat("perAz")]);
    const [without, withThem] = graphs.map(shape);
    const more = withThem?.filter((resource) => !without?.includes(resource));

    expect(without?.filter((resource) => !withThem?.includes(resource))).toEqual([]);
    expect(more).toHaveLength(9);
    for (const resource of more ?? []) {
      expect(resource).toMatch(/NatGateway|Eip|Route net-private-\d-default-route/);
    }
  });

  it("reaches S3 and DynamoDB from every private subnet, for what is declared, by this account's principals, in its resources only", async () => {
    const endpoints = sorted(await build(), type.endpoint);

    expect(argument(endpoints, "serviceName")).toEqual([
      `com.amazonaws.${region}.dynamodb`,
      `com.amazonaws.${region}.s3`,
    ]);
    for (const { inputs } of endpoints) {
      expect(inputs).toMatchObject({
        vpcId: "net-vpc-id",
        vpcEndpointType: "Gateway",
        routeTableIds: [
          "net-private-1-routes-id",
          "net-private-2-routes-id",
          "net-private-3-routes-id",
        ],
      });
    }
    expect(endpoints.map((endpoint) => policyOf(endpoint))).toEqual(
      [["dynamodb:Query"], ["s3:PutObject", "s3:GetObject"]].map((actions) => ({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "OwnAccountOnly",
            Effect: "Allow",
            Principal: "*",
            Action: actions,
            Resource: "*",
            Condition: {
              StringEquals: { "aws:PrincipalAccount": accountId, "aws:ResourceAccount": accountId },
            },
          },
        ],
      })),
    );
  });

  it("locks the default security group", async () => {
    const { inputs } = (await build()).one(type.defaultGroup);

    expect(inputs).toEqual({ vpcId: "net-vpc-id", tags: expect.anything() as unknown });
  });

  it("logs every flow into an encrypted group with the configured retention", async () => {
    const graph = await build();
    const group = graph.one(type.logGroup);
    const flowLog = graph.one(type.flowLog);

    expect(group.inputs).toMatchObject({
      name: "/aws/vpc/payments-dev-flow-logs-dev",
      retentionInDays: 7,
      kmsKeyId: "arn:key",
    });
    expect(flowLog.inputs).toMatchObject({
      vpcId: "net-vpc-id",
      trafficType: "ALL",
      logDestination: await valueOf(graph.result.flowLogGroupArn ?? fail("no group")),
      iamRoleArn: `arn:aws:iam::${accountId}:role/dev-payment-flow-logs-role-dev`,
    });
    expect(graph.dependenciesOf(flowLog)).toContain(graph.one(type.policy));
  });

  it("logs into a group that is there already, which stays as it is", async () => {
    const existing = { arn: "arn:aws:logs:group", name: "flows" };
    const graph = await build({ network: { ...plan, flowLogs: { existing } } });

    expect(graph.ofType(type.logGroup)).toEqual([]);
    expect(graph.one(type.flowLog).inputs["logDestination"]).toBe(existing.arn);
    expect(policyOf(graph.one(type.policy))).toMatchObject({
      Statement: [{ Resource: "arn:aws:logs:group:*" }],
    });
    expect(await valueOf(graph.result.flowLogGroupArn ?? fail("no group"))).toBe(existing.arn);
    expect(await valueOf(graph.result.flowLogGroupName ?? fail("no group"))).toBe("flows");
  });

  it("lies in the zones of another region where its context says so", async () => {
    const graph = await build({ context: inRegion(testContext("dev"), "us-west-2") });

    expect(graph.one(type.subnet, "net-private-1").inputs["availabilityZone"]).toBe("us-west-2a");
    expect(graph.one(type.endpoint, "net-s3-endpoint").inputs).toMatchObject({
      region: "us-west-2",
      serviceName: "com.amazonaws.us-west-2.s3",
    });
  });

  it("has its purpose in its names, where it is not the stack's only one", async () => {
    const graph = await build({ purpose: "replica" });

    expect(graph.one(type.logGroup).inputs["name"]).toBe(
      "/aws/vpc/payments-dev-replica-flow-logs-dev",
    );
    expect(graph.one(type.vpc).inputs["tags"]).toMatchObject({
      Name: "payments-dev-replica-vpc-dev",
    });
  });

  it("lets only this account's flow logs assume the role, and write only to the flows' group", async () => {
    const graph = await build();
    const role = graph.one(type.role);
    const policy = graph.one(type.policy);

    expect(role.inputs["name"]).toBe("dev-payment-flow-logs-role-dev");
    expect(policyOf(role, "assumeRolePolicy")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "FlowLogsOfThisAccount",
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: "vpc-flow-logs.amazonaws.com" },
          Condition: {
            StringEquals: { "aws:SourceAccount": accountId },
            ArnLike: { "aws:SourceArn": `arn:aws:ec2:${region}:${accountId}:vpc-flow-log/*` },
          },
        },
      ],
    });
    expect(policy.inputs).toMatchObject({
      name: "dev-payment-flow-logs-policy-dev",
      role: "net-flow-logs-role-id",
    });
    expect(policyOf(policy)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Write",
          Effect: "Allow",
          Action: [
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "logs:DescribeLogGroups",
            "logs:DescribeLogStreams",
          ],
          Resource: `arn:aws:logs:${region}:${accountId}:log-group:/aws/vpc/payments-dev-flow-logs-dev:*`,
        },
      ],
    });
  });

  it("exposes ids, ARNs and prefix lists, and is the parent of every resource", async () => {
    const graph = await build();
    const { result } = graph;
    const component = graph.one("payments:network:Vpc");

    expect(await valueOf(result.vpcId)).toBe("net-vpc-id");
    expect(await valueOf(result.vpcArn ?? fail("no ARN"))).toMatch(/^arn:aws:ec2:.*net-vpc$/);
    expect(await valueOf(result.vpcCidr ?? fail("no block"))).toBe("10.0.0.0/16");
    expect(await valueOf(result.privateSubnetIds)).toEqual([
      "net-private-1-id",
      "net-private-2-id",
      "net-private-3-id",
    ]);
    expect(await valueOf(result.publicSubnetIds)).toEqual([
      "net-public-1-id",
      "net-public-2-id",
      "net-public-3-id",
    ]);
    expect(await valueOf(result.s3PrefixListId)).toBe("pl-net-s3-endpoint");
    expect(await valueOf(result.dynamoDbPrefixListId)).toBe("pl-net-dynamodb-endpoint");
    expect(await valueOf(result.flowLogGroupName ?? fail("no group"))).toBe(
      "/aws/vpc/payments-dev-flow-logs-dev",
    );
    expect(graph.childrenOf(component)).toHaveLength(graph.resources.length - 1);
  });

  it("lets a consumer change VPC, subnets and flow log", async () => {
    const graph = await build({
      transform: {
        vpc: { instanceTenancy: "dedicated" },
        publicSubnet: { mapPublicIpOnLaunch: true },
        privateSubnet: (args) => ({ ...args, tags: { Tier: "private" } }),
        flowLog: { trafficType: "REJECT" },
      },
    });

    expect(graph.one(type.vpc).inputs).toMatchObject({
      instanceTenancy: "dedicated",
      cidrBlock: "10.0.0.0/16",
    });
    expect(argument(sorted(graph, type.subnet), "mapPublicIpOnLaunch")).toEqual([
      false,
      false,
      false,
      true,
      true,
      true,
    ]);
    expect(graph.one(type.subnet, "net-private-2").inputs["tags"]).toEqual({ Tier: "private" });
    expect(graph.one(type.flowLog).inputs["trafficType"]).toBe("REJECT");
  });

  it("stays within the limits of IAM names for the longest suffix", async () => {
    const context = testContext("staging", "s".repeat(maxSuffixLength));
    const graph = await build({ context });

    for (const resource of [...sorted(graph, type.role), ...sorted(graph, type.policy)]) {
      expect(String(resource.inputs["name"]).length).toBeLessThanOrEqual(
        catalogue[resource.type]?.nameLimit?.max ?? 0,
      );
    }
  });
});

describe("an existing network", () => {
  const existing = {
    vpcId: "vpc-1",
    privateSubnetIds: ["subnet-1", "subnet-2"],
    publicSubnetIds: ["subnet-3"],
    s3PrefixListId: "pl-1",
    dynamoDbPrefixListId: "pl-2",
  };

  it("is exposed as it is, and nothing is created", async () => {
    const graph = await build({ network: { existing: { ...existing, vpcCidr: "10.9.0.0/16" } } });
    const { result } = graph;

    expect(graph.resources.map((resource) => resource.type)).toEqual(["payments:network:Vpc"]);
    expect(await valueOf(result.vpcId)).toBe("vpc-1");
    expect(await valueOf(result.vpcCidr ?? fail("no block"))).toBe("10.9.0.0/16");
    expect(await valueOf(result.privateSubnetIds)).toEqual(["subnet-1", "subnet-2"]);
    expect(await valueOf(result.publicSubnetIds)).toEqual(["subnet-3"]);
    expect(await valueOf(result.s3PrefixListId)).toBe("pl-1");
    expect(await valueOf(result.dynamoDbPrefixListId)).toBe("pl-2");
    expect(await valueOf(result.natGatewayIds)).toEqual([]);
    expect(await valueOf(result.natPublicIps)).toEqual([]);
  });

  it("leaves undefined what only its owner knows", async () => {
    const { result } = await build({ network: { existing } });

    expect(result.vpcArn).toBeUndefined();
    expect(result.vpcCidr).toBeUndefined();
    expect(result.flowLogGroupArn).toBeUndefined();
    expect(result.flowLogGroupName).toBeUndefined();
  });
});

function fail(message: string): never {
  throw new Error(message);
}
