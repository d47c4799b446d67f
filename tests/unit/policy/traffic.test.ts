import { UnknownValueError, unknownValue } from "../../../lib/policy/resource";
import {
  includesPort,
  networkAclTypes,
  openings,
  securityGroupTypes,
} from "../../../lib/policy/traffic";
import { resource } from "./judge";

const rule = (properties: Record<string, unknown>) =>
  resource(securityGroupTypes.ingressRule, { ipProtocol: "tcp", ...properties });

describe("openings", () => {
  it.each([
    ["tcp", "tcp"],
    ["TCP", "tcp"],
    ["6", "tcp"],
    ["udp", "udp"],
    ["17", "udp"],
    ["icmp", "other"],
    ["50", "other"],
  ])("know the protocol %s as %s", (ipProtocol, protocol) => {
    const given = rule({ cidrIpv4: "0.0.0.0/0", ipProtocol, fromPort: 8, toPort: 9 });
    expect(openings(given, "ingress")).toEqual([
      { ipVersion: 4, path: "cidrIpv4", protocol, fromPort: 8, toPort: 9 },
    ]);
  });

  it.each([
    ["every protocol", { ipProtocol: "-1", fromPort: 22, toPort: 22 }],
    ["every protocol by name", { ipProtocol: "all" }],
    ["no ports", { ipProtocol: "tcp" }],
    ["no last port", { ipProtocol: "tcp", fromPort: 22 }],
    ["-1 for every port", { ipProtocol: "udp", fromPort: -1, toPort: -1 }],
  ])("take %s for every port", (_, properties) => {
    const [opening] = openings(rule({ cidrIpv6: "::/0", ...properties }), "ingress");
    expect(opening).toMatchObject({ ipVersion: 6, fromPort: 0, toPort: 65_535 });
  });

  it.each([
    ["a rule's block", rule({ cidrIpv4: unknownValue })],
    ["one of many blocks", groupWith({ cidrBlocks: ["10.0.0.0/8", unknownValue] })],
    ["a group's rule", resource(securityGroupTypes.group, { ingress: [unknownValue] })],
    ["the port of an open rule", rule({ cidrIpv4: "0.0.0.0/0", fromPort: unknownValue })],
  ])("cannot be told while %s is unknown", (_, given) => {
    expect(() => openings(given, "ingress")).toThrow(UnknownValueError);
  });

  it("do not need the port of a rule that is not open", () => {
    expect(openings(rule({ cidrIpv4: "10.0.0.0/8", fromPort: unknownValue }), "ingress")).toEqual(
      [],
    );
  });

  it("are those of the direction asked for", () => {
    const open = { protocol: "-1", cidrBlocks: ["0.0.0.0/0"] };
    const counts = [
      resource(securityGroupTypes.group, { ingress: [open], egress: [open, open] }),
      resource(securityGroupTypes.rule, { type: "ingress", ...open }),
      rule({ cidrIpv4: "0.0.0.0/0" }),
      resource(securityGroupTypes.egressRule, { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" }),
      resource(networkAclTypes.rule, { egress: true, ruleAction: "allow", cidrBlock: "0.0.0.0/0" }),
      resource(networkAclTypes.rule, { ruleAction: "allow", cidrBlock: "0.0.0.0/0" }),
    ].map((given) => [openings(given, "ingress").length, openings(given, "egress").length]);
    expect(counts).toEqual([
      [1, 2],
      [1, 0],
      [1, 0],
      [0, 1],
      [0, 1],
      [1, 0],
    ]);
  });
});

describe("includesPort", () => {
  it.each([
    [21, false],
    [22, true],
    [25, true],
    [26, false],
  ])("has 22 to 25 include %i: %s", (port, expected) => {
    const range = { ipVersion: 4, path: "", protocol: "tcp", fromPort: 22, toPort: 25 } as const;
    expect(includesPort(range, port)).toBe(expected);
  });

  it("has a protocol without ports include none", () => {
    const echo = {
      ipVersion: 4,
      path: "",
      protocol: "other",
      fromPort: 0,
      toPort: 65_535,
    } as const;
    expect(includesPort(echo, 22)).toBe(false);
  });
});

function groupWith(ingress: Record<string, unknown>) {
  return resource(securityGroupTypes.group, { ingress: [{ protocol: "tcp", ...ingress }] });
}
