import { awsClients } from "./clients";
import type { LocalCloud } from "./resource";

/** An account of the local cloud, in every region that something is created in. */
export interface LocalAccount {
  /** The account in the stack's own region. */
  readonly cloud: LocalCloud;
  /** The account in each region that has been used so far, the stack's own first. */
  usedRegions(): readonly LocalCloud[];
}

/** What an account is in every region, and the stack's own region. */
export type AccountSettings = Omit<LocalCloud, "clients" | "inRegion">;

/**
 * The account in all regions, with one set of clients a region. The emulator separates the regions by the region that
 * a request is signed for.
 */
export function localAccount(settings: AccountSettings): LocalAccount {
  const { endpoint, credentials } = settings;
  const clouds = new Map<string, LocalCloud>();
  const inRegion = (region = settings.region): LocalCloud => {
    const used = clouds.get(region);
    if (used !== undefined) return used;
    const clients = awsClients({ endpoint, region, credentials });
    const cloud = { ...settings, region, clients, inRegion };
    clouds.set(region, cloud);
    return cloud;
  };
  return { cloud: inRegion(), usedRegions: () => [...clouds.values()] };
}
