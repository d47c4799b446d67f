import { counted } from "../core/counted";
import type { ProgramGraph, RecordedResource } from "../graph/program-graph";
import { text } from "./arguments";
import { nameOf } from "./names";
import type { LooseNode, Nodes } from "./nodes";
import { tokens } from "./tokens";
import type { DiagramBox, DiagramNode, DiagramOptions } from "./types";

/** Where a kind of resource stands: the arguments that name its subnets and its security groups. */
const placed: readonly { type: string; subnets?: string; groups?: string }[] = [
  { type: tokens.function, subnets: "vpcConfig", groups: "vpcConfig" },
  { type: tokens.database, groups: "vpcSecurityGroupIds" },
  { type: tokens.endpoint, subnets: "subnetIds", groups: "securityGroupIds" },
  { type: tokens.natGateway, subnets: "subnetId" },
];

/** The boundaries of a stack, and which of them each node is in. */
export class Boxes {
  private readonly made = new Map<string, DiagramBox>();
  /** Boxes of nodes. */
  private readonly around = new Map<string, string>();
  /** Nodes that are members of security groups, by the group's URN. */
  private readonly members = new Map<string, string[]>();

  constructor(
    private readonly graph: ProgramGraph,
    private readonly nodes: Nodes,
    options: DiagramOptions,
  ) {
    const region = this.make({
      id: "region",
      kind: "region",
      title: ["AWS", options.region ?? "one region"].join(" · "),
      resources: [],
    });
    for (const vpc of graph.ofType(tokens.vpc)) {
      this.make({
        id: vpcId(vpc),
        kind: "vpc",
        title: `VPC ${text(vpc, "cidrBlock")} · ${counted(this.zonesOf(vpc), "zone")}`,
        within: region,
        resources: [vpc.name],
      });
    }
    for (const { type, subnets, groups } of placed) {
      for (const resource of graph.ofType(type)) this.place(resource, subnets, groups);
    }
    for (const gateway of graph.ofType(tokens.internetGateway)) {
      this.put(gateway, this.vpcOf(gateway));
    }
    for (const group of graph.ofType(tokens.securityGroup)) this.enclose(group);
    if (nodes.all.some((node) => node.operations && !node.outside)) {
      this.make({
        id: "operations",
        kind: "operations",
        title: "Operations",
        within: region,
        resources: [],
      });
    }
  }

  get all(): readonly DiagramBox[] {
    return [...this.made.values()];
  }

  /** A node with the box that it is in. */
  boxed({ operations, outside, ...node }: LooseNode): DiagramNode {
    if (outside) return node;
    const box = operations ? "operations" : (this.around.get(node.id) ?? "region");
    return { ...node, box };
  }

  /** What stands for a security group: its box, or its only node. */
  ofGroup(group: RecordedResource): string | undefined {
    const box = groupId(group);
    return this.made.has(box) ? box : this.members.get(group.urn)?.[0];
  }

  /** The nodes and boxes that a node is in or is. */
  chainOf(node: string): string[] {
    const chain = [node];
    for (let box = this.around.get(node); box !== undefined; box = this.made.get(box)?.within) {
      chain.push(box);
    }
    return chain;
  }

  /** Whether two nodes are in the same VPC. */
  shareVpc(a: string, b: string): boolean {
    const vpc = (node: string) =>
      this.chainOf(node).find((id) => this.made.get(id)?.kind === "vpc");
    return vpc(a) !== undefined && vpc(a) === vpc(b);
  }

  private make(box: DiagramBox): string {
    const before = this.made.get(box.id);
    const resources = [...new Set([...(before?.resources ?? []), ...box.resources])];
    this.made.set(box.id, { ...box, resources });
    return box.id;
  }

  private put(resource: RecordedResource, box: string | undefined): void {
    const node = this.nodes.idOf(resource);
    if (node !== undefined && box !== undefined) this.around.set(node, box);
  }

  private place(resource: RecordedResource, subnets?: string, groups?: string): void {
    const [first] =
      resource.type === tokens.database
        ? this.databaseSubnets(resource)
        : this.graph.referredToBy(resource, String(subnets), tokens.subnet);
    this.put(resource, first === undefined ? this.vpcOf(resource) : this.subnetsBox(first));
    if (groups === undefined) return;
    for (const { urn } of this.graph.referredToBy(resource, groups, tokens.securityGroup)) {
      this.members.set(urn, [...(this.members.get(urn) ?? []), ...this.nodes.idsOf([resource])]);
    }
  }

  private databaseSubnets(database: RecordedResource): RecordedResource[] {
    return this.graph
      .referredToBy(database, "dbSubnetGroupName", tokens.databaseSubnets)
      .flatMap((group) => this.graph.referredToBy(group, "subnetIds", tokens.subnet));
  }

  private vpcOf(resource: RecordedResource): string | undefined {
    const [vpc] = this.graph.referredToBy(resource, "vpcId", tokens.vpc);
    return vpc === undefined ? undefined : vpcId(vpc);
  }

  private zonesOf(vpc: RecordedResource): number {
    const subnets = this.graph.referringTo(vpc, tokens.subnet, "vpcId");
    return new Set(subnets.map((subnet) => text(subnet, "availabilityZone"))).size;
  }

  /** The box of all subnets of a VPC that are public, or private, as one of them is. */
  private subnetsBox(subnet: RecordedResource): string | undefined {
    const vpc = this.vpcOf(subnet);
    if (vpc === undefined) return undefined;
    const kind = this.wayOut(subnet) === "gatewayId" ? "public" : "private";
    const alike = this.graph
      .ofType(tokens.subnet)
      .filter(
        (other) =>
          this.vpcOf(other) === vpc && (this.wayOut(other) === "gatewayId") === (kind === "public"),
      );
    const hasWay = kind === "public" || this.wayOut(subnet) !== undefined;
    return this.make({
      id: `${kind} ${vpc}`,
      kind,
      title:
        counted(alike.length, `${kind} subnet`) +
        (hasWay ? "" : ", no way to the internet") +
        (kind === "private" && hasWay ? ", out through NAT" : ""),
      within: vpc,
      resources: alike.map(({ name }) => name),
    });
  }

  /** The argument of a subnet's default route that names where it leads. */
  private wayOut(subnet: RecordedResource): "gatewayId" | "natGatewayId" | undefined {
    const routes = this.graph
      .referringTo(subnet, tokens.routeTableAssociation, "subnetId")
      .flatMap((association) => this.graph.referredToBy(association, "routeTableId"))
      .flatMap((table) => this.graph.referringTo(table, tokens.route, "routeTableId"));
    return (["gatewayId", "natGatewayId"] as const).find((way) =>
      routes.some((route) => (route.propertyDependencies[way] ?? []).length > 0),
    );
  }

  /** A box around the members of a security group, if they are several that stand together. */
  private enclose(group: RecordedResource): void {
    const members = this.members.get(group.urn) ?? [];
    const [within, ...others] = new Set(members.map((node) => this.around.get(node)));
    if (members.length < 2 || within === undefined || others.length > 0) return;
    const id = this.make({
      id: groupId(group),
      kind: "securityGroup",
      title: `security group: ${nameOf(group, this.graph)}`,
      within,
      resources: [group.name],
    });
    for (const node of members) this.around.set(node, id);
  }
}

function vpcId({ name }: RecordedResource): string {
  return `vpc ${name}`;
}

function groupId({ name }: RecordedResource): string {
  return `group ${name}`;
}
