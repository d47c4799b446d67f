import * as pulumi from "@pulumi/pulumi";
import { SecurityGroupsComponent } from "../../../lib/components/security-groups";
import type { SecurityGroupsComponentArgs } from "../../../lib/components/security-groups";
import { record, valueOf } from "../../../lib/graph/record";
import type { Graph } from "../../../lib/graph/graph";
import { testContext } from "../context";

const build = (args: Partial<SecurityGroupsComponentArgs> = {}) =>
  record(
    () =>
      new SecurityGroupsComponent("sg", {
        context: testContext("dev"),
        vpcId: "vpc-1",
        s3PrefixListId: "pl-s3",
        dynamoDbPrefixListId: "pl-dynamodb",
        ...args,
      }),
  );

const groupType = "aws:ec2/securityGroup:SecurityGroup";
const ingressType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egressType = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

/** In the order of their names: that of their registration is chance. */
const sorted = (graph: Graph, of: string) =>
  graph.ofType(of).sort((a, b) => a.name.localeCompare(b.name));

describe("the security groups", () => {
  it("are one for functions, one for the database and one for endpoints, without rules of their own", async () => {
    const groups = sorted(await build(), groupType);

    expect(groups.map(({ inputs }) => inputs)).toEqual(
      (
        [
          ["database", "PostgreSQL of the ledger"],
          ["endpoints", "Interface endpoints of AWS services"],
          ["functions", "Functions of the payments platform"],
        ] as const
      ).map(([purpose, description]) => ({
        name: `payments-dev-${purpose}-dev`,
        description,
        vpcId: "vpc-1",
        tags: { ...testContext("dev").tags, Name: `payments-dev-${purpose}-dev` },
      })),
    );
  });

  it("let functions out to database, endpoints, S3 and DynamoDB, and to nothing else", async () => {
    const rules = sorted(await build(), egressType);
    const port = (number: number) => ({ ipProtocol: "tcp", fromPort: number, toPort: number });
    const described = {
      description: expect.stringMatching(/^Functions call /) as unknown,
      tags: expect.objectContaining({ Name: expect.anything() as unknown }) as unknown,
    };
    const from = { securityGroupId: "sg-functions-id", ...described };

    expect(rules.map(({ inputs }) => inputs)).toEqual([
      { ...from, referencedSecurityGroupId: "sg-database-id", ...port(5432) },
      { ...from, prefixListId: "pl-dynamodb", ...port(443) },
      { ...from, referencedSecurityGroupId: "sg-endpoints-id", ...port(443) },
      { ...from, prefixListId: "pl-s3", ...port(443) },
    ]);
  });

  it("let functions, and only them, in to database and endpoints", async () => {
    const rules = sorted(await build(), ingressType);

    expect(
      rules.map(({ inputs }) => [
        inputs["securityGroupId"],
        inputs["referencedSecurityGroupId"],
        inputs["ipProtocol"],
        inputs["fromPort"],
        inputs["toPort"],
      ]),
    ).toEqual([
      ["sg-database-id", "sg-functions-id", "tcp", 5432, 5432],
      ["sg-endpoints-id", "sg-functions-id", "tcp", 443, 443],
    ]);
  });

  it("let functions out to endpoints that are there already, whose group stays as it is", async () => {
    const graph = await build({ existingEndpointGroupId: "sg-of-the-network" });
    const endpoints = graph.one(egressType, "sg-functions-to-endpoints");

    expect(endpoints.inputs["referencedSecurityGroupId"]).toBe("sg-of-the-network");
    expect(sorted(graph, groupType).map(({ name }) => name)).toEqual([
      "sg-database",
      "sg-functions",
    ]);
    expect(sorted(graph, ingressType).map(({ name }) => name)).toEqual([
      "sg-database-from-functions",
    ]);
    expect(await valueOf(graph.result.endpointSecurityGroupId)).toBe("sg-of-the-network");
    expect(graph.result.endpointSecurityGroupArn).toBeUndefined();
  });

  it("are described in the characters that EC2 accepts", async () => {
    const { resources } = await build();
    const described = resources.filter(({ type }) => type.startsWith("aws:"));

    expect(described).toHaveLength(9);
    for (const { inputs } of described) {
      expect(inputs["description"]).toMatch(/^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/);
    }
  });

  it("name each rule", async () => {
    const graph = await build();
    const rules = [...sorted(graph, egressType), ...sorted(graph, ingressType)];
    const tags = rules.map(({ inputs }) => inputs["tags"]);

    expect(tags).toEqual(
      [
        "payments-dev-functions-to-database-dev",
        "payments-dev-functions-to-dynamodb-dev",
        "payments-dev-functions-to-endpoints-dev",
        "payments-dev-functions-to-s3-dev",
        "payments-dev-database-from-functions-dev",
        "payments-dev-endpoints-from-functions-dev",
      ].map((Name) => ({ ...testContext("dev").tags, Name })),
    );
  });

  it("hand out ids and ARNs, and belong to the component", async () => {
    const graph = await build();
    const { result } = graph;

    expect(await valueOf(result.functionSecurityGroupId)).toBe("sg-functions-id");
    expect(await valueOf(result.functionSecurityGroupArn)).toMatch(/sg-functions$/);
    expect(await valueOf(result.databaseSecurityGroupId)).toBe("sg-database-id");
    expect(await valueOf(result.databaseSecurityGroupArn)).toMatch(/sg-database$/);
    expect(await valueOf(result.endpointSecurityGroupId)).toBe("sg-endpoints-id");
    expect(await valueOf(pulumi.output(result.endpointSecurityGroupArn))).toMatch(/sg-endpoints$/);
    expect(graph.childrenOf(graph.one("payments:network:SecurityGroups"))).toHaveLength(9);
  });

  it("let a consumer change each group", async () => {
    const graph = await build({
      transform: {
        functionGroup: { description: "mine" },
        databaseGroup: { revokeRulesOnDelete: true },
        endpointGroup: (args) => ({ ...args, name: "endpoints" }),
      },
    });

    expect(graph.one(groupType, "sg-functions").inputs["description"]).toBe("mine");
    expect(graph.one(groupType, "sg-database").inputs["revokeRulesOnDelete"]).toBe(true);
    expect(graph.one(groupType, "sg-endpoints").inputs["name"]).toBe("endpoints");
  });
});
