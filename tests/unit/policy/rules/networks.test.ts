import { PolicyGraph, UnknownValueError, unknownValue } from "../../../../lib/policy/policy-graph";
import { networkRules } from "../../../../lib/policy/rules/networks";
import { securityGroupTypes } from "../../../../lib/policy/traffic";
import { describeRules, resource } from "../rule-cases";

const list = (...cidrs: unknown[]) =>
  resource(
    "aws:ec2/managedPrefixList:ManagedPrefixList",
    { entries: cidrs.map((cidr) => ({ cidr })) },
    { name: "list" },
  );
const entry = (cidr: string, of = "list") =>
  resource(
    "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry",
    { cidr },
    { name: `entry-${cidr}`, from: { prefixListId: of } },
  );
const group = (properties: Record<string, unknown>, from: Record<string, string> = {}) =>
  resource(securityGroupTypes.group, properties, { name: "group", from });
const ingress = (properties: Record<string, unknown>, from: Record<string, string> = {}) =>
  resource(
    securityGroupTypes.ingressRule,
    { ipProtocol: "tcp", fromPort: 5432, toPort: 5432, ...properties },
    { name: "rule", from: { securityGroupId: "group", ...from } },
  );
const inline = (cidr: string, fromPort: number, toPort = fromPort) => ({
  protocol: "tcp",
  fromPort,
  toPort,
  cidrBlocks: [cidr],
});

describeRules("rules for networks", networkRules, [
  {
    rule: "Network.4",
    passes: [
      [list("10.0.0.0/8", "203.0.113.0/24")],
      [list()],
      [resource("aws:ec2/managedPrefixList:ManagedPrefixList", {})],
      [list("17.0.0.0/8"), entry("18.0.0.0/8", "another")],
    ],
    fails: [
      { given: [list("0.0.0.0/0")], at: ["entries"] },
      { given: [list("::/1")], at: ["entries"] },
      { given: [list("10.0.0.0")], at: ["entries"] },
      { given: [list(), entry("0.0.0.0/0")], at: ["entries"] },
      { given: [list("17.0.0.0/8"), entry("18.0.0.0/8")], at: ["entries"] },
    ],
  },
  {
    rule: "Network.5",
    passes: [
      [group({})],
      [group({ ingress: [inline("17.0.0.0/8", 5432), inline("18.0.0.0/8", 5433)] })],
      [group({ ingress: [inline("17.0.0.0/8", 443), inline("18.0.0.0/8", 443)] })],
      [group({ ingress: [inline("17.0.0.0/8", 5432), inline("17.0.0.0/8", 5432)] })],
      // found by the rules for what one rule lets in
      [group({ ingress: [inline("0.0.0.0/0", 5432)] })],
      [group({ egress: [inline("17.0.0.0/8", 5432), inline("18.0.0.0/8", 5432)] })],
      [group({}), ingress({ cidrIpv4: "17.0.0.0/8" })],
      [group({}), list(), ingress({ prefixListId: "pl-1" }, { prefixListId: "list" })],
      [
        group({ ingress: [{ protocol: "-1", prefixListIds: ["pl-1"] }] }, { ingress: "list" }),
        list(),
      ],
    ],
    fails: [
      {
        given: [group({ ingress: [inline("17.0.0.0/8", 5432), inline("18.0.0.0/8", 5432)] })],
        at: [],
      },
      {
        given: [group({ ingress: [inline("17.0.0.0/8", 1, 9), inline("18.0.0.0/8", 5, 20)] })],
        at: [],
      },
      {
        given: [
          group({ ingress: [inline("17.0.0.0/8", 5432)] }),
          ingress({ cidrIpv4: "18.0.0.0/8" }),
        ],
        at: [],
      },
      {
        given: [
          group({}),
          ingress({ cidrIpv4: "17.0.0.0/8", ipProtocol: "-1" }),
          ingress({ cidrIpv4: "18.0.0.0/8" }),
        ],
        at: [],
      },
    ],
  },
]);

describe("what lets traffic in", () => {
  const rule = networkRules.find(({ id }) => id === "Network.5");

  it.each([
    ["a list that the stack does not declare", [group({}), ingress({ prefixListId: "pl-1" })]],
    ["a group's own", [group({ ingress: [{ protocol: "-1", prefixListIds: ["pl-1"] }] })]],
    ["a network that is not known yet", [group({}), ingress({ cidrIpv4: unknownValue })]],
  ])("is not evaluated by %s", (_, given) => {
    const [subject] = given;
    const graph = new PolicyGraph(given);
    expect(() => subject && rule?.check(subject, graph)).toThrow(UnknownValueError);
  });
});
