import * as fc from "fast-check";
import { Netmask } from "netmask";
import {
  firstZones,
  subnetCidrs,
  subnetProblems,
} from "../../../../lib/components/vpc/address-plan";

const divided = (cidrBlock: string) => ({
  cidrBlock,
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

  it("are the given ones where there are any", () => {
    const plan = {
      cidrBlock: "10.0.0.0/16",
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
      privateSubnetCidrs: ["10.0.1.0/24", "10.0.1.0/24", "10.0.3.0/29"],
      publicSubnetCidrs: null,
    };

    expect(subnetProblems(plan).map(({ key }) => key)).toEqual(["privateSubnetCidrs.2"]);
  });

  it("has subnets outside it, and subnets that overlap", () => {
    const plan = {
      cidrBlock: "10.0.0.0/16",
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

describe("the zones of a network", () => {
  it("are the region's first three", () => {
    expect(firstZones(["a", "b", "c", "d"])).toEqual(["a", "b", "c"]);
  });

  it("are refused with what was found where there are fewer", () => {
    expect(() => firstZones(["us-west-1a", "us-west-1c"])).toThrow(
      "found 2 availability zones (us-west-1a, us-west-1c); the network needs a region with 3 or more",
    );
  });
});
