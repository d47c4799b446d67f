import { Netmask } from "netmask";

/** The availability zones that a network spreads over. */
export const zoneCount = 3;

/** The first zones of a region, by their names; throws when it has too few. */
export function firstZones(names: readonly string[]): string[] {
  if (names.length < zoneCount) {
    const found = `found ${String(names.length)} availability zones (${names.join(", ")})`;
    throw new Error(`${found}; the network needs a region with ${String(zoneCount)} or more`);
  }
  return names.slice(0, zoneCount);
}

/** The addresses of a network, as the configuration gives them. */
export interface AddressPlan {
  /** The VPC's block; AWS allows /16 to /28, and six subnets of at least /28 need /24 or larger. */
  readonly cidrBlock: string;
  /** One block a zone, or null to divide {@link cidrBlock}. */
  readonly privateSubnetCidrs: readonly string[] | null;
  readonly publicSubnetCidrs: readonly string[] | null;
}

/** The blocks of a network's subnets, one a zone. */
export interface SubnetCidrs {
  readonly private: readonly string[];
  readonly public: readonly string[];
}

/**
 * The subnets' blocks: those given, else sixteenths of the VPC's block, the private ones from its
 * first half, the public ones from its second, so that both have room to grow.
 */
export function subnetCidrs(plan: AddressPlan): SubnetCidrs {
  const vpc = new Netmask(plan.cidrBlock);
  const sixteenth = (index: number) =>
    new Netmask(`${vpc.base}/${String(vpc.bitmask + 4)}`).next(index).toString();
  const zones = Array.from({ length: zoneCount }, (_, zone) => zone);
  return {
    private: plan.privateSubnetCidrs ?? zones.map(sixteenth),
    public: plan.publicSubnetCidrs ?? zones.map((zone) => sixteenth(8 + zone)),
  };
}

/** What AWS would refuse of a plan: blocks that are none, of a wrong size, outside the VPC or overlapping. */
export function subnetProblems(plan: AddressPlan): { key: string; message: string }[] {
  const given = [
    { key: "cidrBlock", cidr: plan.cidrBlock },
    ...(plan.privateSubnetCidrs ?? []).map((cidr, i) => ({
      key: `privateSubnetCidrs.${String(i)}`,
      cidr,
    })),
    ...(plan.publicSubnetCidrs ?? []).map((cidr, i) => ({
      key: `publicSubnetCidrs.${String(i)}`,
      cidr,
    })),
  ];
  const malformed = given.flatMap(({ key, cidr }) => {
    const message = cidrProblem(cidr, key === "cidrBlock" ? 24 : 28);
    return message === undefined ? [] : [{ key, message }];
  });
  if (malformed.length > 0) return malformed;

  const vpc = new Netmask(plan.cidrBlock);
  const subnets = subnetCidrs(plan);
  const blocks = [
    ...subnets.private.map((cidr, i) => ({ key: `privateSubnetCidrs.${String(i)}`, cidr })),
    ...subnets.public.map((cidr, i) => ({ key: `publicSubnetCidrs.${String(i)}`, cidr })),
  ];
  return blocks.flatMap(({ key, cidr }, i) => {
    if (!vpc.contains(cidr)) {
      return [
        { key, message: `found ${cidr}; allowed: blocks inside cidrBlock (${plan.cidrBlock})` },
      ];
    }
    const other = blocks.slice(0, i).find((earlier) => overlap(earlier.cidr, cidr));
    return other === undefined
      ? []
      : [
          {
            key,
            message: `found ${cidr}, which overlaps ${other.key} (${other.cidr}); allowed: separate blocks`,
          },
        ];
  });
}

function overlap(a: string, b: string): boolean {
  return new Netmask(a).contains(b) || new Netmask(b).contains(a);
}

function cidrProblem(cidr: string, smallest: number): string | undefined {
  const allowed = `allowed: an IPv4 block of /16 to /${String(smallest)} that starts on its boundary, such as 10.0.0.0/16`;
  let block: Netmask;
  try {
    block = new Netmask(cidr);
  } catch {
    return `found ${cidr}; ${allowed}`;
  }
  if (block.bitmask < 16 || block.bitmask > smallest) {
    const size = block.bitmask < 16 ? "too large" : "too small";
    return `found ${cidr}, which is ${size}; ${allowed}`;
  }
  return block.toString() === cidr ? undefined : `found ${cidr}; ${allowed}`;
}
