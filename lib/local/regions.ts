import { awsClients } from "./clients";
import type { LocalCloud } from "./resource";

/** An account of the local cloud, in every region that something is created in. */
export interface LocalAccount {
  /** The account in the stack's own region. */
  readonly cloud: LocalCloud;
  /** The account in each region that has been used so far, the stack's own first. */
  usedRegions(): readonly LocalCloud[];
}

/**
 * The account in all regions, with one set of clients a region. The emulator keeps the regions apart by the
 * region that a request is signed for.
 *
 * @param own - The account in the stack's own region.
 */
export function localAccount(own: Omit<LocalCloud, "clients" | "inRegion">): LocalAccount {
  const { endpoint, credentials } = own;
  const clouds = new Map<string, LocalCloud>();
  const inRegion = (region = own.region): LocalCloud => {
    const used = clouds.get(region);
    if (used !== undefined) return used;
    const clients = awsClients({ endpoint, region, credentials });
    const cloud = { ...own, region, clients, inRegion };
    clouds.set(region, cloud);
    return cloud;
  };
  return { cloud: inRegion(), usedRegions: () => [...clouds.values()] };
}
