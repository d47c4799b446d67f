import { UnknownValueError, unknownValue } from "../../../lib/policy/policy-graph";
import {
  openings as forbiddenOpenings,
  includesPort,
  networkAclTypes,
  securityGroupTypes,
} from "../../../lib/policy/traffic";
import type { Direction } from "../../../lib/policy/traffic";
import type { PolicyResource } from "../../../lib/policy/policy-graph";
import { resource } from "./rule-cases";

const openings = (given: PolicyResource, direction: Direction) =>
  forbiddenOpenings(given, direction, () => true);
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
      {
        ipVersion: 4,
        path: "cidrIpv4",
        whose: "everyone",
        protocol,
        fromPort: 8,
        toPort: 9,
      },
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
  ])("cannot be determined while %s is unknown", (_, given) => {
    expect(() => openings(given, "ingress")).toThrow(UnknownValueError);
  });

  it("do not need the port of a rule that is not open", () => {
    expect(openings(rule({ cidrIpv4: "10.0.0.0/8", fromPort: unknownValue }), "ingress")).toEqual(
      [],
    );
  });

  it("are reported when they are known, whatever else is not", () => {
    const given = resource(securityGroupTypes.group, {
      ingress: [
        { protocol: "tcp", cidrBlocks: [unknownValue] },
        { protocol: "tcp", cidrBlocks: ["0.0.0.0/0"] },
      ],
    });
    expect(openings(given, "ingress").map(({ path }) => path)).toEqual(["ingress.1.cidrBlocks"]);
    expect(() => forbiddenOpenings(given, "ingress", () => false)).toThrow(UnknownValueError);
    const failing = () => {
      throw new TypeError("a bug");
    };
    expect(() => forbiddenOpenings(given, "ingress", failing)).toThrow("a bug");
  });

  it.each([
    ["two halves of the internet", ["0.0.0.0/1", "128.0.0.0/1"]],
    ["half of it", ["128.0.0.0/1"]],
    ["a range just broader than /8", ["64.0.0.0/7"]],
    ["two ranges of /8", ["64.0.0.0/8", "66.0.0.0/8"]],
    ["two ranges of /8, the higher first", ["66.0.0.0/8", "64.0.0.0/8"]],
    ["a range with bits of a host", ["10.1.2.3/4"]],
  ])("are there for %s", (_, cidrBlocks) => {
    expect(openings(groupWith({ cidrBlocks }), "ingress")).toMatchObject([
      { ipVersion: 4, whose: "everyone", path: "ingress.0.cidrBlocks" },
    ]);
  });

  it.each([
    ["every address", "::/0", 6],
    ["half of them", "8000::/1", 6],
    ["all that are given out", "2000::/3", 6],
    ["all of a version, written out", "0:0:0:0:0:0:0:0/0", 6],
    ["a range just broader than /32", "2606:4700::/31", 6],
    ["every address of IPv4, mapped", "::FFFF:0:0/96", 4],
    ["every address of IPv4, mapped and dotted", "::ffff:0.0.0.0/96", 4],
  ])("are there for %s of IPv6", (_, cidrIpv6, ipVersion) => {
    expect(openings(rule({ cidrIpv6 }), "ingress")).toMatchObject([
      { ipVersion, whose: "everyone", path: "cidrIpv6" },
    ]);
  });

  it.each([
    ["private networks", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]],
    ["someone's large network", ["17.0.0.0/8"]],
    ["the same network twice, and a part of it", ["17.0.0.0/8", "17.0.0.0/8", "17.1.0.0/16"]],
    ["an argument that is left out", [""]],
    ["an address", ["203.0.113.7/32"]],
    ["private networks of IPv6", ["fd00::/8", "fe80::/64"]],
    ["a provider's network of IPv6", ["2606:4700::/32"]],
    ["an address of IPv4, mapped", ["::ffff:203.0.113.7/128"]],
  ])("are none for %s", (_, cidrBlocks) => {
    expect(openings(groupWith({ cidrBlocks }), "ingress")).toEqual([]);
  });

  it.each(["10.0.0/8", "10.0.0.0", "10.0.0.0/33", "anywhere", "fe80::%eth0/10", "::/129"])(
    "are there for %j, which is no network",
    (cidrIpv4) => {
      expect(openings(rule({ cidrIpv4 }), "ingress")).toMatchObject([
        { whose: `"${cidrIpv4}", which is no network,`, path: "cidrIpv4" },
      ]);
    },
  );

  it("are those of the given direction", () => {
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
    const range = { protocol: "tcp", fromPort: 22, toPort: 25 } as const;
    expect(includesPort(range, port)).toBe(expected);
  });

  it("has a protocol without ports include none", () => {
    const echo = {
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
