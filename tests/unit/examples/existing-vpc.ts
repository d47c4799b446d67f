import { mockCallResult } from "../../../lib/graph/mock-aws";
import { valueOf } from "../../../lib/graph/record";
import type { ProgramGraph } from "../../../lib/graph/program-graph";
import type * as Program from "../../../examples/existing-vpc";
import { expectRegisteredAsDocumented, recordExample, violations } from "./example";

const vpcId = "vpc-0a1b2c3d";
const subnetIds = ["subnet-1", "subnet-2", "subnet-3"];

const load = (config: Record<string, string>) =>
  recordExample<typeof Program>("existing-vpc", {
    stack: "staging",
    config,
    call: (args) => {
      const { id, serviceName } = args.inputs as Record<string, unknown>;
      switch (args.token) {
        case "aws:ec2/getVpc:getVpc":
          return { id, cidrBlock: "10.9.0.0/16" };
        case "aws:ec2/getVpcEndpoint:getVpcEndpoint":
          return {
            prefixListId: `pl of ${String(serviceName)}`,
            securityGroupIds: ["sg-endpoints"],
          };
        default:
          return mockCallResult(args);
      }
    },
  });

describe("a network that cannot be", () => {
  it.each([
    [{}, "Missing required configuration variable 'payments-existing-vpc:vpcId'"],
    [{ vpcId }, "Missing required configuration variable 'payments-existing-vpc:privateSubnetIds'"],
    [
      { vpcId, privateSubnetIds: '["subnet-1"]' },
      "privateSubnetIds: found 1; RDS requires one in each of two zones or more",
    ],
  ])("is refused with what is missing: %j", async (config, message) => {
    await expect(load(config)).rejects.toThrow(message);
  });
});

describe("an existing network", () => {
  let graph: ProgramGraph<typeof Program>;
  beforeAll(async () => {
    graph = await load({ vpcId, privateSubnetIds: JSON.stringify(subnetIds) });
  });

  it("registers as many resources as its README says", () => {
    expectRegisteredAsDocumented("existing-vpc", graph);
  });

  it("gets nothing but security groups: no VPC, subnet, route, gateway or endpoint", () => {
    const inNetwork = graph.resources
      .map(({ type }) => type)
      .filter((type) => /^aws:(ec2|vpc)\//.test(type));

    expect([...new Set(inNetwork)].sort()).toEqual([
      "aws:ec2/securityGroup:SecurityGroup",
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    ]);
  });

  it("has functions and database in its private subnets", () => {
    expect(graph.one("aws:rds/subnetGroup:SubnetGroup").inputs["subnetIds"]).toEqual(subnetIds);
    for (const { name, inputs } of graph.ofType("aws:lambda/function:Function")) {
      expect([name, inputs["vpcConfig"]]).toEqual([
        name,
        expect.objectContaining({ subnetIds }) as unknown,
      ]);
    }
    for (const { name, inputs } of graph.ofType("aws:ec2/securityGroup:SecurityGroup")) {
      expect([name, inputs["vpcId"]]).toEqual([name, vpcId]);
    }
  });

  it("provides its endpoints, of which no group is changed", () => {
    const rules = graph.ofType("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule");
    const targets = rules.map(
      ({ inputs }) => inputs["prefixListId"] ?? inputs["referencedSecurityGroupId"],
    );

    expect(targets.sort()).toEqual([
      "payments-security-groups-database-id",
      "pl of com.amazonaws.eu-central-1.dynamodb",
      "pl of com.amazonaws.eu-central-1.s3",
      "sg-endpoints",
    ]);
    expect(
      graph
        .ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
        .map(({ inputs }) => inputs["securityGroupId"]),
    ).toEqual(["payments-security-groups-database-id"]);
  });

  it("is left by the way to Secrets Manager before the database is migrated", () => {
    const migration = graph.one("aws:lambda/invocation:Invocation");
    const toSecrets = graph.one(
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
      "payments-security-groups-functions-to-endpoints",
    );

    expect(graph.resources.indexOf(toSecrets)).toBeLessThan(graph.resources.indexOf(migration));
  });

  it("knows the stack by its outputs", async () => {
    expect(await valueOf(graph.result.apiEndpoint)).toMatch(/^https:/);
    expect(await valueOf(graph.result.dbEndpoint)).toMatch(/:5432$/);
  });

  it("passes the security rules", () => {
    expect(violations(graph, "staging")).toBe("");
  });
});
