import { Netmask } from "netmask";
import type { ZoneCount } from "./zones";

/** As many items as there are zones. */
type PerZone<Item, Zones extends ZoneCount> = {
  2: readonly [Item, Item];
  3: readonly [Item, Item, Item];
}[Zones];

interface PlanOver<Zones extends ZoneCount> {
  /** The VPC's block; AWS allows /16 to /28, and six subnets of at least /28 need /24 or larger. */
  readonly cidrBlock: string;
  /** How many availability zones the network spreads over. RDS wants two or more. */
  readonly zones: Zones;
  /** One block a zone, or null to divide {@link cidrBlock}. */
  readonly privateSubnetCidrs: PerZone<string, Zones> | null;
  readonly publicSubnetCidrs: PerZone<string, Zones> | null;
}

/** The zones and addresses of a network: as many blocks as zones. */
export type AddressPlan = PlanOver<2> | PlanOver<3>;

/** A plan as it is written into a stack's file: with any number of blocks. */
export interface WrittenPlan {
  readonly cidrBlock: string;
  readonly zones: ZoneCount;
  readonly privateSubnetCidrs: readonly string[] | null;
  readonly publicSubnetCidrs: readonly string[] | null;
}

/**
 * A plan that was written, as one that a network can be made of.
 *
 * @throws if it has more or fewer blocks than zones.
 *
 * @example
 * ```ts
 * import { addressPlan, getEnvironmentConfig } from "payment-stack";
 *
 * const { network } = getEnvironmentConfig("dev", {
 *   overrides: { network: { zones: 2, publicSubnetCidrs: ["10.0.1.0/24", "10.0.2.0/24"] } },
 * });
 * export const { cidrBlock } = addressPlan(network);
 * ```
 */
export function addressPlan<Plan extends WrittenPlan>(plan: Plan): Plan & AddressPlan {
  if (hasBlockPerZone(plan)) return plan;
  throw new Error(
    countProblems(plan)
      .map(({ key, message }) => `${key}: ${message}`)
      .join("; "),
  );
}

function hasBlockPerZone<Plan extends WrittenPlan>(plan: Plan): plan is Plan & AddressPlan {
  return countProblems(plan).length === 0;
}

function countProblems(plan: WrittenPlan): PlanProblem[] {
  const zones = String(plan.zones);
  return (["privateSubnetCidrs", "publicSubnetCidrs"] as const).flatMap((key) => {
    const blocks = plan[key];
    if (blocks === null || blocks.length === plan.zones) return [];
    const message = `found ${String(blocks.length)} blocks; allowed: ${zones}, one for each of the zones, or null`;
    return [{ key, message }];
  });
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
export function subnetCidrs(plan: WrittenPlan): SubnetCidrs {
  const vpc = new Netmask(plan.cidrBlock);
  const sixteenth = (index: number) =>
    new Netmask(`${vpc.base}/${String(vpc.bitmask + 4)}`).next(index).toString();
  const zones = Array.from({ length: plan.zones }, (_, zone) => zone);
  return {
    private: plan.privateSubnetCidrs ?? zones.map(sixteenth),
    public: plan.publicSubnetCidrs ?? zones.map((zone) => sixteenth(8 + zone)),
  };
}

/** What is wrong with a part of a plan. */
interface PlanProblem {
  readonly key: string;
  readonly message: string;
}

/**
 * What is wrong with a plan: more or fewer blocks than zones, and what AWS would refuse: blocks that are none, of a wrong
 * size, outside the VPC or overlapping.
 */
export function subnetProblems(plan: WrittenPlan): PlanProblem[] {
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
  const miscounted = countProblems(plan);
  if (malformed.length + miscounted.length > 0) return [...miscounted, ...malformed];

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
