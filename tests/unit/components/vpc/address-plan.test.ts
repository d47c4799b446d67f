import * as fc from "fast-check";
import { Netmask } from "netmask";
import {
  addressPlan,
  subnetCidrs,
  subnetProblems,
} from "../../../../lib/components/vpc/address-plan";

const divided = (cidrBlock: string) => ({
  cidrBlock,
  zones: 3 as const,
  privateSubnetCidrs: null,
  publicSubnetCidrs: null,
});

describe("the subnets of a network", () => {
  it("are sixteenths of its block, private ones from the first half, public ones from the second", () => {
    expect(subnetCidrs(divided("10.0.0.0/16"))).toEqual({
      private: ["10.0.0.0/20", "10.0.16.0/20", "10.0.32.0/20"],
      public: ["10.0.128.0/20", "10.0.144.0/20", "10.0.160.0/20"],
    });
  });

  it("are the first of the same sixteenths in two zones, so that a third one moves none", () => {
    expect(subnetCidrs({ ...divided("10.0.0.0/16"), zones: 2 })).toEqual({
      private: ["10.0.0.0/20", "10.0.16.0/20"],
      public: ["10.0.128.0/20", "10.0.144.0/20"],
    });
  });

  it("are the given ones where there are any", () => {
    const plan = {
      cidrBlock: "10.0.0.0/16",
      zones: 3 as const,
      privateSubnetCidrs: ["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"],
      publicSubnetCidrs: null,
    };

    expect(subnetCidrs(plan).private).toEqual(plan.privateSubnetCidrs);
    expect(subnetProblems(plan)).toEqual([]);
  });

  it("never leave the network nor overlap, whatever its size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 24 }), fc.nat(255), (bits, octet) => {
        const cidrBlock = new Netmask(`10.${String(octet)}.0.0/${String(bits)}`).toString();

        expect(subnetProblems(divided(cidrBlock))).toEqual([]);
      }),
    );
  });
});

describe("a network that AWS would refuse", () => {
  it.each([
    ["is no block", "10.0.0.300/16", /^found 10.0.0.300\/16; allowed/],
    ["does not start on its boundary", "10.0.7.0/16", /^found 10.0.7.0\/16; allowed/],
    ["is too large", "10.0.0.0/8", /too large/],
    ["is too small for six subnets", "10.0.0.0/25", /too small/],
  ])("%s", (_, cidrBlock, message) => {
    expect(subnetProblems(divided(cidrBlock))).toEqual([
      { key: "cidrBlock", message: expect.stringMatching(message) as unknown },
    ]);
  });

  it("has a subnet that is no block: only that is reported, since nothing else can be validated", () => {
    const plan = {
      cidrBlock: "10.0.0.0/16",
      zones: 3 as const,
      privateSubnetCidrs: ["10.0.1.0/24", "10.0.1.0/24", "10.0.3.0/29"],
      publicSubnetCidrs: null,
    };

    expect(subnetProblems(plan).map(({ key }) => key)).toEqual(["privateSubnetCidrs.2"]);
  });

  it("has subnets outside it, and subnets that overlap", () => {
    const plan = {
      cidrBlock: "10.0.0.0/16",
      zones: 3 as const,
      privateSubnetCidrs: ["10.0.0.0/20", "10.0.8.0/24", "10.0.32.0/20"],
      publicSubnetCidrs: ["10.1.0.0/20", "10.0.144.0/20", "10.0.128.0/17"],
    };

    expect(subnetProblems(plan)).toEqual([
      {
        key: "privateSubnetCidrs.1",
        message:
          "found 10.0.8.0/24, which overlaps privateSubnetCidrs.0 (10.0.0.0/20); allowed: separate blocks",
      },
      {
        key: "publicSubnetCidrs.0",
        message: "found 10.1.0.0/20; allowed: blocks inside cidrBlock (10.0.0.0/16)",
      },
      {
        key: "publicSubnetCidrs.2",
        message:
          "found 10.0.128.0/17, which overlaps publicSubnetCidrs.1 (10.0.144.0/20); allowed: separate blocks",
      },
    ]);
  });
});

describe("a plan with more or fewer blocks than zones", () => {
  const plan = {
    cidrBlock: "10.0.0.0/16",
    zones: 2 as const,
    privateSubnetCidrs: ["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"],
    publicSubnetCidrs: ["10.0.4.0/24", "10.0.5.0/24"],
  };

  it("is reported by the list that has them, beside blocks that are none", () => {
    const publicSubnetCidrs = ["10.0.4.0/24", "10.0.5.0/33"];

    expect(subnetProblems({ ...plan, publicSubnetCidrs })).toEqual([
      {
        key: "privateSubnetCidrs",
        message: "found 3 blocks; allowed: 2, one for each of the zones, or null",
      },
      {
        key: "publicSubnetCidrs.1",
        message: expect.stringMatching(/^found 10.0.5.0\/33/) as unknown,
      },
    ]);
  });

  it("is none that a network can be made of", () => {
    expect(() => addressPlan(plan)).toThrow(
      "privateSubnetCidrs: found 3 blocks; allowed: 2, one for each of the zones, or null",
    );
    expect(addressPlan({ ...plan, privateSubnetCidrs: null }).zones).toBe(2);
  });
});
