import { UserError } from "../../core/user-error";

/** How many availability zones a network may spread over. */
export type ZoneCount = 2 | 3;

/** The most of them. */
export const mostZones: ZoneCount = 3;

/** An availability zone. Its id names the same place in every account; its name, in each account another one. */
export interface Zone {
  /** `us-east-1a` */
  readonly name: string;
  /** `use1-az1` */
  readonly id: string;
}

/**
 * Zones that no new network is put into, by id, with what they are known to lack. AWS calls them constrained and has no
 * list of them: no new capacity comes to them, so that one service after the other leaves them out.
 */
export const constrainedZones: Readonly<Record<string, string>> = {
  // Lambda: "The provided subnets contain availability zone Lambda doesn't support" (keboola/developer-portal#81).
  // Graviton: wolfman.dev/posts/exclude-use1-az3. RDS User Guide, limitations for RDS Proxy. EKS User Guide,
  // network-reqs, subnet requirements.
  "use1-az3": "functions in a network, and Graviton",
  // EKS User Guide, network-reqs, subnet requirements; PrivateLink Guide, cross-region access
  "usw1-az2": "EKS and parts of PrivateLink",
  "cac1-az3": "EKS",
  // NotAvailableInZone (sysdiglabs/terraform-aws-secure-for-cloud#52); PrivateLink Guide, cross-region access
  "apne1-az3": "NAT gateways",
};

/**
 * The zones that the provider has found: it lists names and ids in one order. The mocks of a program's own tests may know
 * names only.
 */
export function zonesOf({
  names,
  zoneIds,
}: {
  readonly names: readonly string[];
  readonly zoneIds?: readonly string[];
}): Zone[] {
  return names.map((name, i) => ({ name, id: zoneIds?.[i] ?? name }));
}

/** Which zones a network may be put into. */
export interface ZoneChoice {
  /** How many it spreads over. */
  readonly zones: ZoneCount;
  /** The ids of those that it stays out of, beside {@link constrainedZones}. */
  readonly excludeZoneIds: readonly string[];
}

/**
 * The names of the first zones that are neither constrained nor excluded.
 *
 * @throws if there are too few, with what helps.
 */
export function chosenZones(
  found: readonly Zone[],
  { zones, excludeZoneIds }: ZoneChoice,
): string[] {
  const isConstrained = ({ id }: Zone) => id in constrainedZones;
  const isExcluded = ({ id }: Zone) => excludeZoneIds.includes(id);
  const usable = found.filter((zone) => !isConstrained(zone) && !isExcluded(zone));
  if (usable.length >= zones) return usable.slice(0, zones).map(({ name }) => name);

  const left = found.flatMap((zone) => {
    if (isExcluded(zone)) return [`${zone.id} is in network.excludeZoneIds`];
    return isConstrained(zone) ? [`${zone.id} lacks ${String(constrainedZones[zone.id])}`] : [];
  });
  const ids = usable.map(({ id }) => id).join(", ");
  const smaller = usable.length === 2 ? "set network.zones to 2, or " : "";
  throw new UserError(
    `the network needs ${String(zones)} availability zones and the region has ${String(usable.length)} for it` +
      `${ids === "" ? "" : ` (${ids})`}${left.map((why) => `; ${why}`).join("")}: ${smaller}` +
      `${found.some(isExcluded) ? "shorten network.excludeZoneIds, or " : ""}choose another region`,
  );
}
