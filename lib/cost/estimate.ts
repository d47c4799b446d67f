import { UserError } from "../core/user-error";
import { dataCharges } from "./charges/data";
import { networkCharges } from "./charges/network";
import { serviceCharges } from "./charges/service";
import type { Charge, Charging, PricedResource, UnknownCharge } from "./charge";
import { whyFree } from "./free";
import { priceOf, pricedRegions } from "./prices";
import type { PriceSource, PricedRegion, RegionalPrice, Service } from "./prices";
import { usageWith } from "./usage";
import type { GivenUsage } from "./usage";

/** A resource with its place among the components. */
export interface EstimatedResource extends PricedResource {
  readonly urn: string;
  readonly parent: string;
}

/** USD a month: while nothing happens, at the assumed use, and what the next thousand payments would add. */
export interface Amounts {
  readonly idle: number;
  readonly month: number;
  readonly nextThousand: number;
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

/** Something that is missing from the total. */
export interface UnknownCost {
  readonly component: string;
  readonly resource: string;
  readonly type: string;
  readonly what: string;
  readonly because: string;
}

/** What a stack costs. */
export interface Estimate {
  readonly region: PricedRegion;
  readonly lines: readonly CostLine[];
  /** What the totals lack. */
  readonly unknown: readonly UnknownCost[];
  readonly total: Amounts;
}

const charges: Readonly<Record<string, Charging>> = {
  ...networkCharges,
  ...dataCharges,
  ...serviceCharges,
};

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

/** What the resources cost, at the assumed use and at what is given of it. */
export function estimate(
  resources: readonly EstimatedResource[],
  region: PricedRegion,
  given: GivenUsage = {},
): Estimate {
  const payments = usageWith(given)("paymentsPerMonth");
  const at = (paymentsPerMonth: number) => ({
    usage: usageWith({ ...given, paymentsPerMonth }),
    resources,
  });
  const [idle, month, more] = [at(0), at(payments), at(payments + 1000)];
  const lines: CostLine[] = [];
  const unknown: UnknownCost[] = [];

  for (const resource of resources) {
    const { type, name } = resource;
    const about = { component: componentOf(resource, resources), resource: name, type };
    const charging = charges[type];
    if (charging === undefined) {
      if (whyFree(type) === undefined) {
        unknown.push({ ...about, what: "everything", because: "nobody has looked up its price" });
      }
      continue;
    }
    const [atRest, next] = [charging(resource, idle), charging(resource, more)];
    for (const charge of charging(resource, month)) {
      const { what } = charge;
      const price = "unknown" in charge ? undefined : priceOf(charge.price, region);
      if ("unknown" in charge || price === undefined) {
        unknown.push({ ...about, what, because: whyUnknown(charge, region) });
        continue;
      }
      const { usd } = price;
      lines.push({
        ...about,
        ...priced(charge, price),
        idle: usd * quantityOf(what, atRest),
        month: usd * charge.quantity,
        nextThousand: usd * (quantityOf(what, next) - charge.quantity),
      });
    }
  }
  return { region, lines, unknown, total: sum(lines) };
}

/** Amounts added up. */
export function sum(amounts: readonly Amounts[]): Amounts {
  const total = (key: keyof Amounts) => amounts.reduce((all, one) => all + one[key], 0);
  return { idle: total("idle"), month: total("month"), nextThousand: total("nextThousand") };
}

function priced(charge: Charge, { service, unit, usd: usdPerUnit, source }: RegionalPrice) {
  const { what, price, quantity } = charge;
  return { service, what, price, unit, usdPerUnit, source, quantity };
}

function whyUnknown(charge: Charge | UnknownCharge, region: string): string {
  return "unknown" in charge ? charge.unknown : `no price of ${charge.price} in ${region}`;
}

/** How much of the same is charged at another use. */
function quantityOf(what: string, others: readonly (Charge | UnknownCharge)[]): number {
  const same = others.find((other) => other.what === what);
  return same !== undefined && "quantity" in same ? same.quantity : 0;
}

/** The name of the component that a resource belongs to, without the stack's. */
function componentOf(
  { parent }: EstimatedResource,
  resources: readonly EstimatedResource[],
): string {
  const component = resources.find(({ urn }) => urn === parent);
  const stack = resources.find(({ type }) => type === "payments:index:PaymentStack")?.name ?? "";
  const name = component?.name ?? "(none)";
  return name.startsWith(`${stack}-`) ? name.slice(stack.length + 1) : name;
}
