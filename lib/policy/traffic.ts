import type { NetworkAclRuleArgs, SecurityGroupArgs, SecurityGroupRuleArgs } from "@pulumi/aws/ec2";
import type { SecurityGroupEgressRuleArgs, SecurityGroupIngressRuleArgs } from "@pulumi/aws/vpc";
import { isEveryone, networksOf, parseNetwork } from "./network";
import type { Network } from "./network";
import { findingsOf } from "./policy-graph";
import type { PolicyResource } from "./policy-graph";
import { Subject } from "./rule";

/** The direction of traffic, seen from the protected resource. */
export type Direction = "ingress" | "egress";

/** What a rule of a security group or network ACL lets through. */
export interface Ports {
  /** Other is what has no ports, such as ICMP. */
  readonly protocol: "all" | "tcp" | "udp" | "other";
  /** 0 to 65535. */
  readonly fromPort: number;
  readonly toPort: number;
}

/** A rule of a security group or network ACL that lets everyone's traffic through. */
export interface Opening extends Ports {
  readonly ipVersion: 4 | 6;
  /** The argument that lets everyone in: `ingress.0.cidrBlocks`. */
  readonly path: string;
  /** Whose traffic, in words. */
  readonly whose: string;
}

/** Whose traffic a rule allows, and to which ports. */
export interface TrafficRule extends Ports {
  readonly networks: readonly Network[];
  /** The argument that names prefix lists, if there is one: `ingress.0.prefixListIds`. */
  readonly lists?: string;
}

/** Type tokens of what can let traffic through a security group. */
export const securityGroupTypes = {
  group: "aws:ec2/securityGroup:SecurityGroup",
  defaultGroup: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  rule: "aws:ec2/securityGroupRule:SecurityGroupRule",
  ingressRule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  egressRule: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
} as const;

/** Type tokens of what can let traffic through a network ACL. */
export const networkAclTypes = {
  acl: "aws:ec2/networkAcl:NetworkAcl",
  defaultAcl: "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
  rule: "aws:ec2/networkAclRule:NetworkAclRule",
} as const;

/**
 * Where a security group, a network ACL, or one of their rules lets everyone's traffic through that is forbidden. What
 * is no network in CIDR notation counts as everyone: nobody knows whom it means.
 *
 * @throws `UnknownValueError` if none is found, and that takes a value which is not known yet.
 */
export function openings(
  resource: PolicyResource,
  direction: Direction,
  isForbidden: (opening: Opening) => boolean,
): Opening[] {
  const subject: AnySubject = new Subject(resource);
  return findingsOf(
    rulesOf(subject, direction).flatMap(({ at, form }) =>
      form.blocks.map((name) => () => {
        const path = `${at}${name}`;
        return admitted(texts(subject, path))
          .map((who) => ({ ...who, path, ...ports(subject, at, form.protocol) }))
          .filter(isForbidden);
      }),
    ),
  );
}

/**
 * What each rule of a security group or network ACL, or a rule that stands alone, lets through.
 *
 * @throws `UnknownValueError` if that takes a value which is not known yet.
 */
export function trafficRules(resource: PolicyResource, direction: Direction): TrafficRule[] {
  const subject: AnySubject = new Subject(resource);
  return rulesOf(subject, direction).map(({ at, form }) => {
    const lists = `${at}${form.lists}`;
    return {
      networks: networksOf(form.blocks.flatMap((name) => texts(subject, `${at}${name}`))),
      ...(subject.has(lists) && { lists }),
      ...ports(subject, at, form.protocol),
    };
  });
}

/** A protocol and ports in words. */
export function formatPorts({ protocol, fromPort, toPort }: Ports): string {
  if (protocol === "all") return "all ports";
  if (protocol === "other") return "a protocol without ports";
  return `${protocol} ${fromPort === toPort ? String(fromPort) : `${String(fromPort)}-${String(toPort)}`}`;
}

/** Whether it is what the web may reach: HTTP or HTTPS, and nothing beside it. */
export function isWeb({ protocol, fromPort, toPort }: Ports): boolean {
  return protocol === "tcp" && fromPort === toPort && webPorts.includes(fromPort);
}

const webPorts = [80, 443];

/** Whether traffic to a port over TCP or UDP is let through. */
export function includesPort({ protocol, fromPort, toPort }: Ports, port: number): boolean {
  return protocol !== "other" && fromPort <= port && port <= toPort;
}

/** The arguments of a rule that differ from class to class. */
interface Form<Args> {
  readonly protocol: keyof Args & string;
  readonly blocks: readonly (keyof Args & string)[];
  /** Network ACLs know no prefix lists. */
  readonly lists: string;
}

const groupForm = {
  protocol: "protocol",
  blocks: ["cidrBlocks", "ipv6CidrBlocks"],
  lists: "prefixListIds",
} satisfies Form<SecurityGroupRuleArgs>;
const ruleForm = {
  protocol: "ipProtocol",
  blocks: ["cidrIpv4", "cidrIpv6"],
  lists: "prefixListId",
} satisfies Form<SecurityGroupIngressRuleArgs & SecurityGroupEgressRuleArgs>;
const aclForm = {
  protocol: "protocol",
  blocks: ["cidrBlock", "ipv6CidrBlock"],
  lists: "prefixListIds",
} satisfies Form<NetworkAclRuleArgs>;

type AnySubject = Subject<Readonly<Record<string, unknown>>>;

/** A rule's place among the arguments, and how its arguments are called. */
interface Place {
  /** The start of its arguments' paths. */
  readonly at: string;
  readonly form: Form<Readonly<Record<string, unknown>>>;
}

/** The rules of a direction that let something through. */
function rulesOf(subject: AnySubject, direction: Direction): Place[] {
  const alone = (isOne: boolean, form: Place["form"]) => (isOne ? [{ at: "", form }] : []);
  switch (subject.resource.type) {
    case securityGroupTypes.group:
    case securityGroupTypes.defaultGroup:
      return inline(subject, direction).map((at) => ({ at, form: groupForm }));
    case securityGroupTypes.rule:
      return alone(subject.get("type") === direction, groupForm);
    case securityGroupTypes.ingressRule:
      return alone(direction === "ingress", ruleForm);
    case securityGroupTypes.egressRule:
      return alone(direction === "egress", ruleForm);
    case networkAclTypes.rule: {
      const isOf = (subject.get("egress") === true ? "egress" : "ingress") === direction;
      return alone(isOf && allows(subject.get("ruleAction")), aclForm);
    }
    default:
      return inline(subject, direction)
        .filter((at) => allows(subject.get(`${at}action`)))
        .map((at) => ({ at, form: aclForm }));
  }
}

/** The starts of the paths of a group's own rules. */
function inline(subject: AnySubject, direction: Direction & keyof SecurityGroupArgs): string[] {
  const rules = subject.get(direction);
  return Array.isArray(rules) ? rules.map((_, i) => `${direction}.${String(i)}.`) : [];
}

/** Who of everyone is let in by blocks in CIDR notation. */
function admitted(blocks: readonly string[]): Pick<Opening, "ipVersion" | "whose">[] {
  const networks = networksOf(blocks);
  return [
    ...([4, 6] as const)
      .filter((version) => isEveryone(networks.filter(({ ipVersion }) => ipVersion === version)))
      .map((ipVersion) => ({ ipVersion, whose: "everyone" })),
    ...blocks
      .filter((block) => parseNetwork(block) === undefined)
      .map((block): Pick<Opening, "ipVersion" | "whose"> => ({
        ipVersion: block.includes(":") ? 6 : 4,
        whose: `"${block}", which is no network,`,
      })),
  ];
}

function texts(subject: AnySubject, path: string): string[] {
  const value = subject.get(path);
  const values = Array.isArray(value)
    ? value.map((_, i) => subject.get(`${path}.${String(i)}`))
    : [value];
  // providers note an argument that is left out as an empty text
  return values.filter((one): one is string => typeof one === "string" && one !== "");
}

function ports(subject: AnySubject, at: string, protocolName: string): Ports {
  const name = String(subject.get(`${at}${protocolName}`)).toLowerCase();
  const protocol = protocols[name] ?? "other";
  const from = subject.get(`${at}fromPort`);
  const to = subject.get(`${at}toPort`);
  return protocol !== "all" && typeof from === "number" && typeof to === "number" && from >= 0
    ? { protocol, fromPort: from, toPort: to }
    : { protocol, fromPort: 0, toPort: 65_535 };
}

/** By name, and by IANA's number. */
const protocols: Readonly<Record<string, Opening["protocol"]>> = {
  "-1": "all",
  all: "all",
  tcp: "tcp",
  "6": "tcp",
  udp: "udp",
  "17": "udp",
};

function allows(action: unknown): boolean {
  return String(action).toLowerCase() === "allow";
}
