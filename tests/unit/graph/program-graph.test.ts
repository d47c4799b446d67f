import { ProgramGraph } from "../../../lib/graph/program-graph";
import { resource } from "../diagram/test-diagram";

const network = resource("payments:network:Vpc", "network", { custom: false });
const vpc = resource("aws:ec2/vpc:Vpc", "vpc", { parent: "network" });
const subnets = ["b", "a"].map((name) =>
  resource("aws:ec2/subnet:Subnet", name, { parent: "network", from: { vpcId: ["vpc"] } }),
);
const database = resource("aws:rds/subnetGroup:SubnetGroup", "database", {
  from: { subnetIds: ["a", "b", "elsewhere"] },
  dependencies: ["a", "vpc", "elsewhere"],
});
const graph = new ProgramGraph(undefined, [network, vpc, ...subnets, database]);
const names = (resources: readonly { readonly name: string }[]) =>
  resources.map(({ name }) => name);

describe("a recorded graph", () => {
  it("knows the resources of types, type by type", () => {
    expect(names(graph.ofType("aws:ec2/subnet:Subnet", "aws:ec2/vpc:Vpc"))).toEqual([
      "b",
      "a",
      "vpc",
    ]);
    expect(graph.ofType("aws:s3/bucket:Bucket")).toEqual([]);
  });

  it("knows who belongs to whom", () => {
    expect(graph.parentOf(vpc)).toBe(network);
    expect(graph.parentOf(network)).toBeUndefined();
    expect(names(graph.childrenOf(network))).toEqual(["vpc", "b", "a"]);
  });

  it("knows who refers to whom by an argument, in its own order", () => {
    expect(names(graph.referringTo(vpc, "aws:ec2/subnet:Subnet", "vpcId"))).toEqual(["b", "a"]);
    expect(names(graph.referredToBy(database, "subnetIds"))).toEqual(["b", "a"]);
    expect(graph.referredToBy(database, "subnetIds", "aws:ec2/vpc:Vpc")).toEqual([]);
    expect(graph.referredToBy(database, "tags")).toEqual([]);
    expect(names(graph.dependenciesOf(database))).toEqual(["vpc", "a"]);
  });

  it("has one of a type and name, or names what there is", () => {
    expect(graph.one("aws:ec2/subnet:Subnet", "a")).toBe(subnets[1]);
    expect(() => graph.one("aws:ec2/subnet:Subnet")).toThrow(
      /expected one aws:ec2\/subnet:Subnet .*found 2 of: b, a/,
    );
  });
});
