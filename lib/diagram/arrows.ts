import type { ProgramGraph, RecordedResource } from "../graph/program-graph";
import type { Boxes } from "./boxes";
import { grantsOf } from "./grants";
import type { Grant } from "./grants";
import { endpointService } from "./kinds";
import { text } from "./arguments";
import { callersId, hasManagedSecret, managedSecretId } from "./nodes";
import type { Nodes } from "./nodes";
import { tokens } from "./tokens";
import type { ArrowKind, DiagramArrow } from "./types";

/** The arguments by which a resource joins two others: what sends, and what receives. */
interface Joint {
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly kind: ArrowKind;
  readonly label?: string;
}

const joints: readonly Joint[] = [
  { type: tokens.integration, from: "restApi", to: "uri", kind: "request" },
  {
    type: tokens.authorizer,
    from: "restApi",
    to: "providerArns",
    kind: "request",
    label: "tokens",
  },
  { type: tokens.eventTarget, from: "rule", to: "arn", kind: "request" },
  {
    type: tokens.eventSourceMapping,
    from: "eventSourceArn",
    to: "functionName",
    kind: "event",
    label: "stream",
  },
  {
    type: tokens.eventSourceMapping,
    from: "functionName",
    to: "destinationConfig",
    kind: "request",
  },
];

/** Every path of data in a stack. */
export function arrowsOf(graph: ProgramGraph, nodes: Nodes, boxes: Boxes): DiagramArrow[] {
  const grants = grantsOf(graph);
  const direct: DiagramArrow[] = [
    ...entries(graph, nodes),
    ...joints.flatMap((joint) => joined(graph, nodes, joint)),
    ...namesOfApis(graph, nodes),
    ...alarms(graph, nodes),
    ...waysOut(graph, nodes),
    ...betweenGroups(graph, boxes),
    ...grants.flatMap((grant) => granted(grant, nodes)),
  ];
  return merged(direct, boxes).map((arrow) => throughEndpoint(arrow, graph, nodes, boxes));
}

function arrow(
  from: string | undefined,
  to: string | undefined,
  kind: ArrowKind,
  because: readonly RecordedResource[],
  label?: string,
): DiagramArrow[] {
  if (from === undefined || to === undefined) return [];
  const names = because.map(({ name }) => name);
  return [{ from, to, kind, ...(label === undefined ? {} : { label }), because: names }];
}

/** Callers reach an API through the web ACL of its stage, if it has one. */
function entries(graph: ProgramGraph, nodes: Nodes): DiagramArrow[] {
  return graph.ofType(tokens.restApi).flatMap((api) => {
    const associations = graph
      .referringTo(api, tokens.stage, "restApi")
      .flatMap((stage) => graph.referringTo(stage, tokens.webAclAssociation, "resourceArn"));
    const [acl] = associations.flatMap((one) =>
      graph.referredToBy(one, "webAclArn", tokens.webAcl),
    );
    return acl === undefined
      ? arrow(callersId, nodes.idOf(api), "request", [api])
      : [
          ...arrow(callersId, nodes.idOf(acl), "request", associations),
          ...arrow(nodes.idOf(acl), nodes.idOf(api), "request", associations),
        ];
  });
}

function joined(
  graph: ProgramGraph,
  nodes: Nodes,
  { type, from, to, kind, label }: Joint,
): DiagramArrow[] {
  return graph.ofType(type).flatMap((joint) => {
    const receivers = nodes.idsOf(graph.referredToBy(joint, to));
    return nodes
      .idsOf(graph.referredToBy(joint, from))
      .flatMap((sender) =>
        receivers.flatMap((receiver) => arrow(sender, receiver, kind, [joint], label)),
      );
  });
}

/** A record leads to a domain name, and that to an API. */
function namesOfApis(graph: ProgramGraph, nodes: Nodes): DiagramArrow[] {
  return graph.ofType(tokens.record).flatMap((record) => {
    const [zone] = graph.referredToBy(record, "zoneId", tokens.zone);
    if (zone === undefined) return [];
    return graph
      .referredToBy(record, "aliases", tokens.domainName)
      .flatMap((domain) => graph.referringTo(domain, tokens.basePathMapping, "domainName"))
      .flatMap((mapping) =>
        graph
          .referredToBy(mapping, "restApi")
          .flatMap((api) => arrow(nodes.idOf(zone), nodes.idOf(api), "way", [record, mapping])),
      );
  });
}

/** Every alarm, and so the one node of all, notifies its topics. */
function alarms(graph: ProgramGraph, nodes: Nodes): DiagramArrow[] {
  return graph
    .ofType(tokens.alarm)
    .flatMap((alarm) =>
      graph
        .referredToBy(alarm, "alarmActions", tokens.topic)
        .flatMap((topic) => arrow(nodes.idOf(alarm), nodes.idOf(topic), "event", [alarm])),
    );
}

/** NAT gateways stand in subnets whose default route leads to the internet gateway. */
function waysOut(graph: ProgramGraph, nodes: Nodes): DiagramArrow[] {
  return graph.ofType(tokens.natGateway).flatMap((nat) =>
    graph
      .referredToBy(nat, "subnetId", tokens.subnet)
      .flatMap((subnet) => graph.referringTo(subnet, tokens.routeTableAssociation, "subnetId"))
      .flatMap((association) => graph.referredToBy(association, "routeTableId"))
      .flatMap((table) => graph.referringTo(table, tokens.route, "routeTableId"))
      .flatMap((route) =>
        graph
          .referredToBy(route, "gatewayId", tokens.internetGateway)
          .flatMap((gateway) => arrow(nodes.idOf(nat), nodes.idOf(gateway), "way", [route])),
      ),
  );
}

/** What a group admits from another; endpoints are no end of a path, but on the way of one. */
function betweenGroups(graph: ProgramGraph, boxes: Boxes): DiagramArrow[] {
  return graph.ofType(tokens.ingressRule).flatMap((rule) =>
    graph.referredToBy(rule, "referencedSecurityGroupId", tokens.securityGroup).flatMap((from) =>
      graph.referredToBy(rule, "securityGroupId", tokens.securityGroup).flatMap((to) => {
        const target = boxes.ofGroup(to);
        if (target?.startsWith("endpoint:") === true) return [];
        const label = `${text(rule, "ipProtocol")} ${text(rule, "fromPort")}`;
        return arrow(boxes.ofGroup(from), target, "request", [rule], label);
      }),
    ),
  );
}

function granted({ function: one, target, service, policy }: Grant, nodes: Nodes): DiagramArrow[] {
  const isManagedSecret = service === "secretsmanager" && target.type === tokens.database;
  if (isManagedSecret && !hasManagedSecret(target)) return [];
  const to = isManagedSecret ? managedSecretId(target) : nodes.idOf(target);
  return arrow(nodes.idOf(one), to, "request", [policy]);
}

/** One arrow for each pair; what goes from a node goes from its box, if another does. */
function merged(arrows: readonly DiagramArrow[], boxes: Boxes): DiagramArrow[] {
  const byPair = new Map<string, DiagramArrow>();
  const pair = (from: string, to: string) => `${from} -> ${to}`;
  const direct = new Set(arrows.map(({ from, to }) => pair(from, to)));
  for (const one of arrows) {
    const around = boxes.chainOf(one.from).slice(1);
    const from = around.reverse().find((start) => direct.has(pair(start, one.to))) ?? one.from;
    const key = pair(from, one.to);
    const before = byPair.get(key);
    const because = [...new Set([...(before?.because ?? []), ...one.because])];
    byPair.set(key, { ...one, ...before, from, because });
  }
  return [...byPair.values()];
}

/** With the endpoint of the VPC that leads to the service of the arrow's end. */
function throughEndpoint(
  one: DiagramArrow,
  graph: ProgramGraph,
  nodes: Nodes,
  boxes: Boxes,
): DiagramArrow {
  const service = endpointServices[one.to.replace(/:.*$/, "")];
  const leading = graph
    .ofType(tokens.endpoint)
    .filter((endpoint) => endpointService(endpoint) === service);
  const endpoint = nodes.idsOf(leading).find((candidate) => boxes.shareVpc(candidate, one.from));
  return endpoint === undefined ? one : { ...one, via: endpoint };
}

/** The service that an endpoint leads to, by what the ids of its nodes begin with. */
const endpointServices: Readonly<Record<string, string>> = {
  bucket: "s3",
  secret: "secretsmanager",
  table: "dynamodb",
  topic: "sns",
};
