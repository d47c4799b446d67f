import { securityGroupRules } from "../../../../lib/policy/rules/security-groups";
import { securityGroupTypes } from "../../../../lib/policy/traffic";
import { describeRules, resource } from "../rule-cases";

const tcp = (fromPort: number, toPort = fromPort) => ({ protocol: "tcp", fromPort, toPort });
const anyone = { cidrBlocks: ["0.0.0.0/0"] };
const anyone6 = { ipv6CidrBlocks: ["::/0"] };
const ingressRule = (properties: Record<string, unknown>) =>
  resource(securityGroupTypes.ingressRule, { ipProtocol: "tcp", ...properties });
const egressRule = (properties: Record<string, unknown>) =>
  resource(securityGroupTypes.egressRule, { ipProtocol: "tcp", ...properties });
const rule = (properties: Record<string, unknown>) =>
  resource(securityGroupTypes.rule, { type: "ingress", ...properties });

/** The cases of a rule that everyone may not reach a port. */
const closed = (id: string, port: number, other: number) => ({
  rule: id,
  passes: [
    {},
    { ingress: [{ ...tcp(port), cidrBlocks: ["10.0.0.0/16"] }] },
    { ingress: [{ ...tcp(port), securityGroups: ["sg-1"] }] },
    { ingress: [{ ...tcp(other), ...anyone }] },
    { egress: [{ ...tcp(port), ...anyone }] },
    [ingressRule({ fromPort: port, toPort: port, referencedSecurityGroupId: "sg-1" })],
    [rule({ ...tcp(port), ...anyone, type: "egress" })],
  ],
  fails: [
    {
      given: { ingress: [{ ...tcp(port), cidrBlocks: ["10.0.0.0/16", "0.0.0.0/0"] }] },
      at: ["ingress.0.cidrBlocks"],
    },
    {
      given: {
        ingress: [
          { ...tcp(other), ...anyone },
          { ...tcp(port - 1, port + 1), ...anyone },
        ],
      },
      at: ["ingress.1.cidrBlocks"],
    },
    { given: { ingress: [{ protocol: "-1", ...anyone }] }, at: ["ingress.0.cidrBlocks"] },
    { given: [rule({ ...tcp(port), ...anyone })], at: ["cidrBlocks"] },
    {
      given: [ingressRule({ fromPort: port, toPort: port, cidrIpv4: "0.0.0.0/0" })],
      at: ["cidrIpv4"],
    },
    {
      given: [
        resource(securityGroupTypes.defaultGroup, { ingress: [{ ...tcp(port), ...anyone }] }),
      ],
      at: ["ingress.0.cidrBlocks"],
    },
  ],
});

/** With the failing cases of IPv6. */
const closed6 = (id: string, port: number, other: number) => {
  const cases = closed(id, port, other);
  return {
    ...cases,
    fails: [
      ...cases.fails,
      { given: { ingress: [{ ...tcp(port), ...anyone6 }] }, at: ["ingress.0.ipv6CidrBlocks"] },
      {
        given: [ingressRule({ fromPort: port, toPort: port, cidrIpv6: "::/0" })],
        at: ["cidrIpv6"],
      },
    ],
  };
};

const administration = closed("EC2.53", 22, 443);

describeRules("rules for security groups", securityGroupRules, [
  closed6("EC2.13", 22, 3389),
  closed6("EC2.14", 3389, 22),
  {
    ...closed6("EC2.18", 8443, 443),
    passes: [
      ...closed6("EC2.18", 8443, 443).passes,
      { ingress: [{ ...tcp(80), ...anyone, ...anyone6 }] },
      { ingress: [{ protocol: "icmp", fromPort: 8, toPort: 0, ...anyone }] },
    ],
    fails: [
      ...closed6("EC2.18", 8443, 443).fails,
      { given: { ingress: [{ ...tcp(80, 443), ...anyone }] }, at: ["ingress.0.cidrBlocks"] },
      {
        given: { ingress: [{ protocol: "udp", fromPort: 443, toPort: 443, ...anyone }] },
        at: ["ingress.0.cidrBlocks"],
      },
    ],
  },
  closed6("EC2.19", 5432, 443),
  {
    ...administration,
    passes: [...administration.passes, { ingress: [{ ...tcp(22), ...anyone6 }] }],
    fails: [
      ...administration.fails,
      { given: { ingress: [{ ...tcp(3389), ...anyone }] }, at: ["ingress.0.cidrBlocks"] },
    ],
  },
  {
    rule: "EC2.54",
    passes: [
      { ingress: [{ ...tcp(22), ...anyone }] },
      { ingress: [{ ...tcp(443), ...anyone6 }] },
      { ingress: [{ ...tcp(22), ipv6CidrBlocks: ["fd00::/8"] }] },
    ],
    fails: [
      { given: { ingress: [{ ...tcp(22), ...anyone6 }] }, at: ["ingress.0.ipv6CidrBlocks"] },
      { given: { ingress: [{ ...tcp(3389), ...anyone6 }] }, at: ["ingress.0.ipv6CidrBlocks"] },
      { given: [ingressRule({ ipProtocol: "-1", cidrIpv6: "::/0" })], at: ["cidrIpv6"] },
    ],
  },
  {
    rule: "Network.1",
    passes: [
      {},
      { ingress: [{ ...tcp(443), ...anyone }] },
      { egress: [{ ...tcp(443), cidrBlocks: ["10.0.0.0/16"] }] },
      [egressRule({ fromPort: 443, toPort: 443, prefixListId: "pl-1" })],
      [rule({ ...tcp(443), ...anyone })],
    ],
    fails: [
      { given: { egress: [{ protocol: "-1", ...anyone }] }, at: ["egress.0.cidrBlocks"] },
      { given: { egress: [{ ...tcp(443), ...anyone6 }] }, at: ["egress.0.ipv6CidrBlocks"] },
      { given: { egress: [{ protocol: "icmp", ...anyone }] }, at: ["egress.0.cidrBlocks"] },
      { given: [egressRule({ cidrIpv4: "0.0.0.0/0" })], at: ["cidrIpv4"] },
      { given: [rule({ ...tcp(443), ...anyone, type: "egress" })], at: ["cidrBlocks"] },
    ],
  },
  {
    rule: "Network.2",
    passes: [
      { description: "Functions" },
      {
        description: "Functions",
        ingress: [{ ...tcp(443), description: "Callers" }],
        egress: [{ ...tcp(443), description: "Endpoints" }],
      },
      [rule({ ...tcp(443), description: "Callers" })],
      [ingressRule({ description: "Callers" })],
    ],
    fails: [
      { given: {}, at: ["description"] },
      { given: { description: "Managed by Pulumi" }, at: ["description"] },
      {
        given: { description: "Functions", ingress: [tcp(443)], egress: [tcp(443)] },
        at: ["egress.0.description", "ingress.0.description"],
      },
      { given: [rule(tcp(443))], at: ["description"] },
      { given: [egressRule({})], at: ["description"] },
    ],
  },
]);
