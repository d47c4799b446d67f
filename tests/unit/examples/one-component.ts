import { valueOf } from "../../../lib/graph/record";
import type { ProgramGraph } from "../../../lib/graph/program-graph";
import type * as Program from "../../../examples/one-component";
import { expectRegisteredAsDocumented, recordExample, violations } from "./example";

describe("one component in another program", () => {
  let graph: ProgramGraph<typeof Program>;
  beforeAll(async () => {
    graph = await recordExample("one-component", { stack: "test" });
  });

  it("registers as many resources as its README says", () => {
    expectRegisteredAsDocumented("one-component", graph);
  });

  const subnets = (kind: "public" | "private") =>
    graph.ofType("aws:ec2/subnet:Subnet").filter(({ name }) => name.includes(`-${kind}-`));

  it("brings network and keys, and nothing else of the payments platform", () => {
    const components = graph.resources.filter(({ type }) => type.startsWith("payments:"));

    expect(components.map(({ type }) => type).sort()).toEqual([
      "payments:network:Vpc",
      "payments:security:Keys",
    ]);
  });

  it("has the program's own name, addresses and tags", () => {
    expect(graph.one("aws:ec2/vpc:Vpc").inputs).toMatchObject({
      cidrBlock: "10.20.0.0/16",
      tags: {
        Environment: "dev",
        Project: "payouts",
        Owner: "payouts-team",
        Name: "payments-dev-vpc-payouts-test",
      },
    });
  });

  it("adds a tag to the private subnets by a transform, and keeps those that they had", () => {
    expect(subnets("private")).toHaveLength(3);
    for (const { name, inputs } of subnets("private")) {
      expect([name, inputs["tags"]]).toEqual([
        name,
        expect.objectContaining({ Tier: "private", Project: "payouts" }) as unknown,
      ]);
    }
    for (const { name, inputs } of subnets("public")) {
      expect([name, inputs["tags"]]).toEqual([
        name,
        expect.not.objectContaining({ Tier: "private" }) as unknown,
      ]);
    }
  });

  it("puts resources of the program's own into it, by its outputs", async () => {
    const jobs = graph.one("aws:ec2/securityGroup:SecurityGroup");
    const toS3 = graph.one("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule");

    expect(jobs.inputs["vpcId"]).toBe(await valueOf(graph.result.vpcId));
    expect(graph.dependenciesOf(jobs)).toContain(graph.one("aws:ec2/vpc:Vpc"));
    expect(toS3.inputs["prefixListId"]).toBe("pl-payouts-network-s3-endpoint");
    expect(await valueOf(graph.result.jobSubnetIds)).toHaveLength(3);
    expect(await valueOf(graph.result.jobSecurityGroupId)).toBe("payout-jobs-id");
  });

  it("passes the security rules with no suppression at all", () => {
    expect(violations(graph, "dev")).toBe("");
  });
});
