import { SecurityGroupsComponent } from "../../../lib/components/security-groups";
import type { Flow, SecurityGroupsComponentArgs } from "../../../lib/components/security-groups";
import { inRegion } from "../../../lib/core/context";
import { record, valueOf } from "../../../lib/graph/record";
import type { ProgramGraph } from "../../../lib/graph/program-graph";
import { testContext } from "../context";

type Args = SecurityGroupsComponentArgs<"functions" | "database" | "endpoints", "s3" | "dynamodb">;
const groups: Args["groups"] = {
  functions: { description: "Functions" },
  database: { description: "PostgreSQL" },
  endpoints: { description: "Interface endpoints" },
};
const call = (to: "database" | "endpoints" | "s3" | "dynamodb", port: number) =>
  ({ from: "functions", to, port, description: `Functions call ${to}` }) as const;
const flows: Args["flows"] = [
  call("database", 5432),
  call("endpoints", 443),
  call("s3", 443),
  call("dynamodb", 443),
];
const build = (args: Partial<Args> = {}) =>
  record(
    () =>
      new SecurityGroupsComponent("sg", {
        context: testContext("dev"),
        vpcId: "vpc-1",
        groups,
        prefixLists: { s3: "pl-s3", dynamodb: "pl-dynamodb" },
        flows,
        ...args,
      }),
  );

/** Groups whose names the compiler does not know, as the foundation's, with one flow. */
const buildOne = (flow: Flow) =>
  record(
    () =>
      new SecurityGroupsComponent<string, string>("sg", {
        context: testContext("dev"),
        vpcId: "vpc-1",
        groups,
        prefixLists: {},
        flows: [flow],
      }),
  );

const groupType = "aws:ec2/securityGroup:SecurityGroup";
const ingressType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egressType = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

/** Sorted by name: the order of registration is not deterministic. */
const sorted = (graph: ProgramGraph, of: string) =>
  graph.ofType(of).sort((a, b) => a.name.localeCompare(b.name));

describe("the security groups", () => {
  it("wait for an hour for Lambda to let go of one that is deleted", async () => {
    for (const { deleteTimeout } of sorted(await build(), groupType)) {
      expect(deleteTimeout).toBe("60m");
    }
  });

  it("are one for each purpose, without rules of their own", async () => {
    const groups = sorted(await build(), groupType);

    expect(groups.map(({ inputs }) => inputs)).toEqual(
      (
        [
          ["database", "PostgreSQL"],
          ["endpoints", "Interface endpoints"],
          ["functions", "Functions"],
        ] as const
      ).map(([purpose, description]) => ({
        name: `payments-dev-${purpose}-dev`,
        description,
        vpcId: "vpc-1",
        tags: { ...testContext("dev").tags, Name: `payments-dev-${purpose}-dev` },
      })),
    );
  });

  it("let out what a flow begins at, to groups and prefix lists, and nothing else", async () => {
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

  it("let in where a flow ends what it begins at, and nothing else", async () => {
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

  it("let out to a group that is there already, which stays as it is", async () => {
    const graph = await build({
      groups: { ...groups, endpoints: { existing: "sg-of-the-network" } },
    });
    const endpoints = graph.one(egressType, "sg-functions-to-endpoints");

    expect(endpoints.inputs["referencedSecurityGroupId"]).toBe("sg-of-the-network");
    expect(sorted(graph, groupType).map(({ name }) => name)).toEqual([
      "sg-database",
      "sg-functions",
    ]);
    expect(sorted(graph, ingressType).map(({ name }) => name)).toEqual([
      "sg-database-from-functions",
    ]);
    expect(await valueOf(graph.result.ids.endpoints)).toBe("sg-of-the-network");
    expect(() => graph.result.arnOf("endpoints")).toThrow(
      "the ARN of an existing group is its owner's: endpoints",
    );
  });

  it("let in from a group that is there already", async () => {
    const graph = await build({ groups: { ...groups, functions: { existing: "sg-jobs" } } });

    expect(sorted(graph, egressType)).toEqual([]);
    expect(
      sorted(graph, ingressType).map(({ inputs }) => inputs["referencedSecurityGroupId"]),
    ).toEqual(["sg-jobs", "sg-jobs"]);
  });

  it("allow a flow once that several parts of a program need", async () => {
    const graph = await build({ flows: [...flows, call("database", 5432)] });

    expect(sorted(graph, egressType)).toHaveLength(4);
  });

  it("distinguish flows between the same two by their purposes", async () => {
    const more = { ...call("database", 9187), purpose: "metrics" };
    const graph = await build({ flows: [...flows, more] });

    expect(graph.one(egressType, "sg-functions-to-database-metrics").inputs["fromPort"]).toBe(9187);
    expect(graph.one(ingressType, "sg-database-from-functions-metrics").inputs["tags"]).toEqual({
      ...testContext("dev").tags,
      Name: "payments-dev-database-from-functions-metrics-dev",
    });
  });

  it("let out to every IPv4 address where a flow leads to the internet, and let nobody in", async () => {
    const out = {
      from: "functions",
      to: "internet",
      port: 443,
      description: "Functions call AWS",
    } as const;
    const graph = await build({ flows: [out] });

    expect(graph.one(egressType, "sg-functions-to-internet").inputs).toEqual({
      securityGroupId: "sg-functions-id",
      cidrIpv4: "0.0.0.0/0",
      description: "Functions call AWS",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      tags: { ...testContext("dev").tags, Name: "payments-dev-functions-to-internet-dev" },
    });
    expect(sorted(graph, egressType)).toHaveLength(1);
    expect(sorted(graph, ingressType)).toEqual([]);
  });

  it("are refused with a flow from the internet: who may come in is named", async () => {
    const flow: Flow = { from: "internet", to: "functions", port: 443, description: "all" };

    await expect(buildOne(flow)).rejects.toThrow(
      "a flow names internet, which is neither a group nor a prefix list",
    );
  });

  it("are refused with a flow to nowhere", async () => {
    const lost: Flow = { from: "functions", to: "cache", port: 6379, description: "lost" };

    await expect(buildOne(lost)).rejects.toThrow(
      "a flow names cache, which is neither a group nor a prefix list",
    );
  });

  it("and their rules are in another region where the context says so", async () => {
    const { resources } = await build({ context: inRegion(testContext("dev"), "us-west-2") });

    for (const { name, inputs } of resources.filter(({ custom }) => custom)) {
      expect([name, inputs["region"]]).toEqual([name, "us-west-2"]);
    }
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

  it("expose ids and ARNs, and belong to the component", async () => {
    const graph = await build();
    const { result } = graph;

    expect(await valueOf(result.ids.functions)).toBe("sg-functions-id");
    expect(await valueOf(result.arnOf("functions"))).toMatch(/sg-functions$/);
    expect(await valueOf(result.ids.endpoints)).toBe("sg-endpoints-id");
    expect(await valueOf(result.arnOf("endpoints"))).toMatch(/sg-endpoints$/);
    expect(graph.childrenOf(graph.one("payments:network:SecurityGroups"))).toHaveLength(9);
  });

  it("let a consumer change each group", async () => {
    const graph = await build({
      transform: {
        functions: { description: "mine" },
        database: { revokeRulesOnDelete: true },
        endpoints: (args) => ({ ...args, name: "endpoints" }),
      },
    });

    expect(graph.one(groupType, "sg-functions").inputs["description"]).toBe("mine");
    expect(graph.one(groupType, "sg-database").inputs["revokeRulesOnDelete"]).toBe(true);
    expect(graph.one(groupType, "sg-endpoints").inputs["name"]).toBe("endpoints");
  });
});
