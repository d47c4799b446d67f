import type { Assumed } from "../assumption";
import type { Charge, FixedCharging, PricedResource, UnknownCharge, UseChargings } from "../charge";
import type { CommonAssumption } from "../common-assumptions";
import { dataFixedCharges, dataUseCharges } from "./data";
import type { DataUsage } from "./data";
import { networkFixedCharges } from "./network";
import { serviceFixedCharges, serviceUseCharges } from "./service";
import type { ServiceUsage } from "./service";

/** What can be declared of a resource of each type that is charged by its use. */
export interface UsageByType extends DataUsage, ServiceUsage {}

/** A type that is charged by its use. */
export type UsedType = keyof UsageByType;

/**
 * The use of resources in a month, by type and place. A place is the resource's component and its own name
 * there, each without the name that it begins with: `table/transactions` is `payments-table-transactions` in
 * the component `payments-table` of the stack `payments`. What several modules declare of one resource is
 * added up.
 */
export type DeclaredUsage = {
  readonly [Type in UsedType]?: Readonly<Record<string, UsageByType[Type]>>;
};

const fixedCharges: Readonly<Record<string, FixedCharging>> = {
  ...networkFixedCharges,
  ...dataFixedCharges,
  ...serviceFixedCharges,
};

const useCharges: UseChargings<UsageByType> = { ...dataUseCharges, ...serviceUseCharges };

/** Whether anything is charged for resources of a type. */
export function isCharged(type: string): boolean {
  return Object.hasOwn(fixedCharges, type) || isUsedType(type);
}

/** What a resource at a place is charged for in a month. */
export function chargesOf(
  resource: PricedResource,
  place: string | undefined,
  declared: readonly DeclaredUsage[],
  assumed: Assumed<CommonAssumption>,
): readonly (Charge | UnknownCharge)[] {
  const { type } = resource;
  const fixed = fixedCharges[type]?.(resource, assumed) ?? [];
  if (!isUsedType(type)) return fixed;
  const byUse = chargesByUse(useCharges[type], resource, usesOf(type, place, declared), assumed);
  return [...fixed, ...byUse];
}

/** What modules declare of the use of a type at a place. */
function usesOf<Type extends UsedType>(
  type: Type,
  place: string | undefined,
  declared: readonly DeclaredUsage[],
): UsageByType[Type][] {
  if (place === undefined) return [];
  return declared.flatMap((usage) => usage[type]?.[place] ?? []);
}

function chargesByUse<Type extends UsedType>(
  charging: UseChargings<UsageByType>[Type],
  resource: PricedResource,
  uses: readonly UsageByType[Type][],
  assumed: Assumed<CommonAssumption>,
): readonly (Charge | UnknownCharge)[] {
  if (uses.length === 0) return [{ what: "its use", unknown: "no module declares its use" }];
  return charging(resource, uses, assumed);
}

function isUsedType(type: string): type is UsedType {
  return Object.hasOwn(useCharges, type);
}
