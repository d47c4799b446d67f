import { UserError } from "../core/user-error";
import type { Given } from "./assumption";
import type { Charge, UnknownCharge } from "./charge";
import { chargesOf, isCharged } from "./charges";
import { whyFree } from "./free";
import { componentOf, placeOf } from "./place";
import type { PlacedResource } from "./place";
import { priceOf, pricedRegions } from "./prices";
import type { PriceSource, PricedRegion, RegionalPrice, Service } from "./prices";
import { assumedOf, unmatchedUsage, worksOf } from "./usage";
import type { InputsAt, ModuleUsage, UnmatchedUsage } from "./usage";

/** USD a month: while nothing happens, at the assumed use, and what a thousand more of each module's work add. */
export interface Amounts {
  readonly idle: number;
  readonly month: number;
  /** By what the work is: `payments`. */
  readonly nextThousand: Readonly<Record<string, number>>;
}

/** One thing that is paid for. */
export interface CostLine extends Amounts {
  /** The component's name. */
  readonly component: string;
  readonly resource: string;
  readonly type: string;
  readonly service: Service;
  readonly what: string;
  /** Key of the price, its unit, and how many units are paid for at the assumed use. */
  readonly price: string;
  readonly unit: string;
  readonly usdPerUnit: number;
  readonly source: PriceSource;
  readonly quantity: number;
}

/** A cost that is missing from the total. */
export interface UnknownCost {
  readonly component: string;
  readonly resource: string;
  readonly type: string;
  readonly what: string;
  readonly because: string;
  /** How much of it is excluded, in the unit of its price, where only the price is unknown. */
  readonly quantity?: number;
}

/** What a stack costs. */
export interface Estimate {
  readonly region: PricedRegion;
  readonly lines: readonly CostLine[];
  /** What the totals exclude. */
  readonly unknown: readonly UnknownCost[];
  /** Uses that modules declare of what the stack does not have. */
  readonly unmatched: readonly UnmatchedUsage[];
  readonly total: Amounts;
}

/**
 * The region, if there are prices for it.
 *
 * @throws `UserError` naming the regions that there are prices for.
 */
export function pricedRegion(region: string): PricedRegion {
  const found = pricedRegions.find((one) => one === region);
  if (found !== undefined) return found;
  throw new UserError(
    `there are no prices for ${region}; with --region another region's are taken: ${pricedRegions.join(", ")}`,
  );
}

/** What the resources cost, at the use that modules declare, with some of their assumptions replaced. */
export function estimate(
  resources: readonly PlacedResource[],
  region: PricedRegion,
  modules: readonly ModuleUsage[],
  given: Given = {},
): Estimate {
  const places = new Map(resources.map((resource) => [resource, placeOf(resource, resources)]));
  const inputsAt: InputsAt = (type, place) =>
    resources.find((one) => one.type === type && places.get(one) === place)?.inputs;
  const declaredAt = (changed: Given) => {
    const assumed = assumedOf(modules, { ...given, ...changed });
    const usages = modules.map(({ module, usageOf }) => ({
      module,
      usage: usageOf(assumed, inputsAt),
    }));
    return { assumed, usages };
  };
  const chargesAt = (changed: Given) => {
    const { assumed, usages } = declaredAt(changed);
    const declared = usages.map(({ usage }) => usage);
    return (resource: PlacedResource) =>
      chargesOf(resource, places.get(resource), declared, assumed);
  };
  const works = worksOf(modules);
  const current = declaredAt({});
  const monthly = chargesAt({});
  const idle = chargesAt(Object.fromEntries(works.map(({ assumption }) => [assumption, 0])));
  const more = works.map(({ assumption, plural }) => ({
    plural,
    charges: chargesAt({ [assumption]: current.assumed(assumption) + 1000 }),
  }));
  const lines: CostLine[] = [];
  const unknown: UnknownCost[] = [];

  for (const resource of resources) {
    const { type, name } = resource;
    const about = { component: componentOf(resource, resources), resource: name, type };
    if (!isCharged(type) && whyFree(type) === undefined)
      unknown.push({ ...about, what: "everything", because: "its price is not known" });
    for (const charge of monthly(resource)) {
      const { what } = charge;
      if ("unknown" in charge) {
        unknown.push({ ...about, what, because: charge.unknown });
        continue;
      }
      const { quantity } = charge;
      const price = priceOf(charge.price, region);
      if (price === undefined) {
        const because = `no price of ${charge.price} in ${region}`;
        unknown.push({ ...about, what, because, quantity });
        continue;
      }
      const { usd } = price;
      lines.push({
        ...about,
        ...priced(charge, price),
        idle: usd * quantityOf(what, idle(resource)),
        month: usd * quantity,
        nextThousand: Object.fromEntries(
          more.map(({ plural, charges }) => [
            plural,
            usd * (quantityOf(what, charges(resource)) - quantity),
          ]),
        ),
      });
    }
  }
  const unmatched = unmatchedUsage(current.usages, inputsAt);
  return { region, lines, unknown, unmatched, total: sum(lines) };
}

/** Amounts added up. */
export function sum(amounts: readonly Amounts[]): Amounts {
  const nextThousand: Record<string, number> = {};
  for (const one of amounts)
    for (const [work, usd] of Object.entries(one.nextThousand))
      nextThousand[work] = (nextThousand[work] ?? 0) + usd;
  return {
    idle: amounts.reduce((all, { idle }) => all + idle, 0),
    month: amounts.reduce((all, { month }) => all + month, 0),
    nextThousand,
  };
}

function priced(charge: Charge, { service, unit, usd: usdPerUnit, source }: RegionalPrice) {
  const { what, price, quantity } = charge;
  return { service, what, price, unit, usdPerUnit, source, quantity };
}

/** How much of the same is charged at another use. */
function quantityOf(what: string, others: readonly (Charge | UnknownCharge)[]): number {
  const same = others.find((other) => other.what === what);
  return same !== undefined && "quantity" in same ? same.quantity : 0;
}
