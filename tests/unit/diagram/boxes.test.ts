import { tokens } from "../../../lib/diagram/tokens";
import type { Diagram } from "../../../lib/diagram/types";
import { arrows, diagram, resource } from "./test-diagram";

const vpc = resource(tokens.vpc, "vpc", { inputs: { cidrBlock: "10.0.0.0/16" } });

function subnet(name: string, zone: string) {
  return resource(tokens.subnet, name, {
    inputs: { availabilityZone: zone },
    from: { vpcId: ["vpc"] },
  });
}

/** A subnet's route table with its default route. */
function routed(name: string, way: "gatewayId" | "natGatewayId", to: string) {
  return [
    resource(tokens.routeTable, `${name}-table`),
    resource(tokens.routeTableAssociation, `${name}-association`, {
      from: { subnetId: [name], routeTableId: [`${name}-table`] },
    }),
    resource(tokens.route, `${name}-route`, {
      from: { routeTableId: [`${name}-table`], [way]: [to] },
    }),
  ];
}

const inSubnet = (name: string, subnets: string[], groups: string[] = []) =>
  resource(tokens.function, name, { from: { vpcConfig: [...subnets, ...groups] } });

const titles = ({ boxes }: Diagram) => boxes.map(({ title }) => title);
const boxOf = ({ nodes }: Diagram, id: string) => nodes.find((node) => node.id === id)?.box;

describe("boxes", () => {
  it("are the region, by its name if it is known, and the VPC with its zones", () => {
    const made = diagram(vpc, subnet("a", "1a"), subnet("b", "1b"), subnet("c", "1b"));

    expect(titles(made)).toEqual(["AWS · one region", "VPC 10.0.0.0/16 · 2 zones"]);
  });

  it("are the subnets that something is in: public ones by the way of their default route", () => {
    const made = diagram(
      vpc,
      subnet("inside-1", "1a"),
      subnet("inside-2", "1b"),
      subnet("edge", "1a"),
      ...routed("inside-1", "natGatewayId", "nat"),
      ...routed("edge", "gatewayId", "gateway"),
      resource(tokens.internetGateway, "gateway", { from: { vpcId: ["vpc"] } }),
      resource(tokens.natGateway, "nat", { from: { subnetId: ["edge"] } }),
      inSubnet("one", ["inside-1", "inside-2"]),
    );

    expect(titles(made).slice(2)).toEqual([
      "2 private subnets, out through NAT",
      "1 public subnet",
    ]);
    expect(boxOf(made, "function:one")).toBe("private vpc vpc");
    expect(boxOf(made, "nat")).toBe("public vpc vpc");
    expect(boxOf(made, "internet-gateway:gateway")).toBe("vpc vpc");
    expect(arrows(made)).toEqual(["nat -> internet-gateway:gateway"]);
  });

  it("hold a database by the subnets of its group", () => {
    const made = diagram(
      vpc,
      subnet("a", "1a"),
      resource(tokens.databaseSubnets, "subnets", { from: { subnetIds: ["a"] } }),
      resource(tokens.database, "db", { from: { dbSubnetGroupName: ["subnets"] } }),
    );

    expect(titles(made)).toContain("1 private subnet, no way to the internet");
    expect(boxOf(made, "database:db")).toBe("private vpc vpc");
  });

  it("leave what is in subnets of another program in the region", () => {
    const foreign = resource(tokens.subnet, "foreign");

    expect(boxOf(diagram(foreign, inSubnet("one", ["foreign"])), "function:one")).toBe("region");
    expect(boxOf(diagram(inSubnet("one", [])), "function:one")).toBe("region");
  });

  it("hold what operators use", () => {
    const made = diagram(resource(tokens.topic, "topic"));

    expect(boxOf(made, "topic:topic")).toBe("operations");
    expect(titles(made)).toEqual(["AWS · one region", "Operations"]);
  });
});

describe("a box of a security group", () => {
  const group = resource(tokens.securityGroup, "group");
  const others = resource(tokens.securityGroup, "others");
  const rule = resource(tokens.ingressRule, "rule", {
    inputs: { ipProtocol: "tcp", fromPort: 443 },
    from: { referencedSecurityGroupId: ["group"], securityGroupId: ["others"] },
  });
  const endpoint = resource(tokens.endpoint, "endpoint", {
    inputs: { serviceName: "com.amazonaws.eu-central-1.dynamodb" },
    from: { vpcId: ["vpc"] },
  });
  const database = resource(tokens.database, "db", { from: { vpcSecurityGroupIds: ["others"] } });

  it("holds its members, and an arrow from it is of them all", () => {
    const made = diagram(
      vpc,
      subnet("a", "1a"),
      group,
      others,
      rule,
      database,
      resource(tokens.role, "role"),
      resource(tokens.rolePolicy, "policy", {
        inputs: {
          policy: { Statement: { Effect: "Allow", Action: "rds-db:connect", Resource: "*" } },
        },
        from: { role: ["role"], policy: ["db"] },
      }),
      resource(tokens.function, "one", { from: { vpcConfig: ["a", "group"], role: ["role"] } }),
      inSubnet("two", ["a"], ["group"]),
    );

    expect(titles(made)).toContain("security group: group");
    expect(boxOf(made, "function:one")).toBe("group group");
    expect(made.arrows).toMatchObject([
      { from: "group group", to: "database:db", label: "tcp 443", because: ["rule", "policy"] },
    ]);
  });

  it("is not made for members that stand apart, or for a single one", () => {
    const apart = diagram(
      vpc,
      subnet("a", "1a"),
      group,
      inSubnet("one", ["a"], ["group"]),
      inSubnet("two", [], ["group"]),
    );

    expect(titles(apart)).not.toContain("security group: group");
    expect(titles(diagram(group, inSubnet("one", [], ["group"])))).toHaveLength(1);
  });

  it("keeps a path to a service through the VPC's endpoint", () => {
    const reading = [
      resource(tokens.table, "table"),
      resource(tokens.role, "role"),
      resource(tokens.rolePolicy, "policy", {
        inputs: {
          policy: { Statement: [{ Effect: "Allow", Action: "dynamodb:Query", Resource: "*" }] },
        },
        from: { role: ["role"], policy: ["table"] },
      }),
    ];
    const reader = (subnets: string[]) =>
      resource(tokens.function, "one", { from: { vpcConfig: subnets, role: ["role"] } });
    const all = [vpc, subnet("a", "1a"), endpoint, ...reading];

    expect(arrows(diagram(...all, reader(["a"])))).toEqual([
      "function:one -> endpoint:endpoint -> table:table",
    ]);
    expect(arrows(diagram(...all, reader([])))).toEqual(["function:one -> table:table"]);
  });
});
