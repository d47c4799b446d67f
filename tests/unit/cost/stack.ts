import type { DeclaredUsage } from "../../../lib/cost/charges";
import type { PlacedResource } from "../../../lib/cost/place";
import type { ModuleUsage } from "../../../lib/cost/usage";

/** A resource of a test; what is left out follows from its place in the list. */
export type GivenResource = Pick<PlacedResource, "type"> & Partial<PlacedResource>;

/**
 * Resources of the stack `payments`, in its component `payments-part`: the first is at the place
 * `part/resource-0`.
 */
export function stack(...given: readonly GivenResource[]): PlacedResource[] {
  const component = (type: string, name: string, parent: string) => ({
    ...{ type, name, parent },
    urn: name,
    inputs: {},
  });
  return [
    component("payments:index:PaymentStack", "payments", ""),
    component("payments:area:Part", "payments-part", "payments"),
    ...given.map((resource, index) => ({
      name: `payments-part-resource-${String(index)}`,
      urn: `resource-${String(index)}`,
      parent: "payments-part",
      inputs: {},
      ...resource,
    })),
  ];
}

/** A module that uses resources always alike. */
export function using(usage: DeclaredUsage): ModuleUsage {
  return { module: "test", assumptions: {}, usageOf: () => usage };
}
