import type { NetworkAclRuleArgs, SecurityGroupArgs, SecurityGroupRuleArgs } from "@pulumi/aws/ec2";
import type { SecurityGroupEgressRuleArgs, SecurityGroupIngressRuleArgs } from "@pulumi/aws/vpc";
import { Subject } from "./rule";
import type { PolicyResource } from "./resource";

/** Which way traffic goes, seen from what is guarded. */
export type Direction = "ingress" | "egress";

/** A rule of a security group or network ACL that lets everyone's traffic through. */
export interface Opening {
  readonly ipVersion: 4 | 6;
  /** The argument that lets everyone in: `ingress.0.cidrBlocks`. */
  readonly path: string;
  /** Other is what has no ports, such as ICMP. */
  readonly protocol: "all" | "tcp" | "udp" | "other";
  /** 0 to 65535. */
  readonly fromPort: number;
  readonly toPort: number;
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
 * Where a security group, a network ACL, or one of their rules lets everyone's traffic through.
 *
 * @throws `UnknownValueError` if that takes a value which is not known yet.
 */
export function openings(resource: PolicyResource, direction: Direction): Opening[] {
  const subject = new Subject<Readonly<Record<string, unknown>>>(resource);
  switch (resource.type) {
    case securityGroupTypes.group:
    case securityGroupTypes.defaultGroup:
      return inline(subject, direction).flatMap((at) => openingsAt(subject, at, groupForm));
    case securityGroupTypes.rule:
      return subject.get("type") === direction ? openingsAt(subject, "", groupForm) : [];
    case securityGroupTypes.ingressRule:
      return direction === "ingress" ? openingsAt(subject, "", ruleForm) : [];
    case securityGroupTypes.egressRule:
      return direction === "egress" ? openingsAt(subject, "", ruleForm) : [];
    case networkAclTypes.rule: {
      const isOf = (subject.get("egress") === true ? "egress" : "ingress") === direction;
      return isOf && allows(subject.get("ruleAction")) ? openingsAt(subject, "", aclForm) : [];
    }
    default:
      return inline(subject, direction)
        .filter((at) => allows(subject.get(`${at}action`)))
        .flatMap((at) => openingsAt(subject, at, aclForm));
  }
}

/** Whether traffic to a port over TCP or UDP is let through. */
export function includesPort({ protocol, fromPort, toPort }: Opening, port: number): boolean {
  return protocol !== "other" && fromPort <= port && port <= toPort;
}

/** The arguments of a rule that differ from class to class. */
interface Form<Args> {
  readonly protocol: keyof Args & string;
  readonly blocks: readonly (keyof Args & string)[];
}

const groupForm = {
  protocol: "protocol",
  blocks: ["cidrBlocks", "ipv6CidrBlocks"],
} satisfies Form<SecurityGroupRuleArgs>;
const ruleForm = {
  protocol: "ipProtocol",
  blocks: ["cidrIpv4", "cidrIpv6"],
} satisfies Form<SecurityGroupIngressRuleArgs & SecurityGroupEgressRuleArgs>;
const aclForm = {
  protocol: "protocol",
  blocks: ["cidrBlock", "ipv6CidrBlock"],
} satisfies Form<NetworkAclRuleArgs>;

type AnySubject = Subject<Readonly<Record<string, unknown>>>;

/** The starts of the paths of a group's own rules. */
function inline(subject: AnySubject, direction: Direction & keyof SecurityGroupArgs): string[] {
  const rules = subject.get(direction);
  return Array.isArray(rules) ? rules.map((_, i) => `${direction}.${String(i)}.`) : [];
}

function openingsAt(
  subject: AnySubject,
  at: string,
  form: Form<Readonly<Record<string, unknown>>>,
): Opening[] {
  return form.blocks
    .map((name) => `${at}${name}`)
    .flatMap((path) =>
      texts(subject, path)
        .filter((block) => block.endsWith("/0"))
        .map((block) => ({
          ipVersion: block.includes(":") ? 6 : 4,
          path,
          ...ports(subject, at, form.protocol),
        })),
    );
}

function texts(subject: AnySubject, path: string): string[] {
  const value = subject.get(path);
  const values = Array.isArray(value)
    ? value.map((_, i) => subject.get(`${path}.${String(i)}`))
    : [value];
  return values.filter((one) => typeof one === "string");
}

function ports(subject: AnySubject, at: string, protocolName: string) {
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
