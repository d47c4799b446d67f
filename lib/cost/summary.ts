import { sum } from "./estimate";
import type { Amounts, CostLine, Estimate } from "./estimate";

/** An estimate and the stack that it is of. */
export interface StackEstimate extends Estimate {
  readonly stack: string;
}

/** Amounts under one name: of a component or of a service. */
export interface Group extends Amounts {
  readonly name: string;
}

/** What every estimate excludes. */
export const exclusions = [
  "free tiers (an account's first three dashboards, say), savings plans, credits, and taxes",
  "data transfer: between zones, to callers, through NAT gateways and interface endpoints",
  "backups beyond the database's own size, restores, and snapshots that outlive a stack",
  "CPU credits of burstable instance classes under steady load",
  "support, and what belongs to the account: CloudTrail, Config, GuardDuty",
  "messages of alarms, retries, failures, and the attacks that a web ACL blocks",
] as const;

/** The lines of an estimate by component or by service, the most expensive first. */
export function grouped(lines: readonly CostLine[], by: "component" | "service"): Group[] {
  return [...new Set(lines.map((line) => line[by]))]
    .map((name) => ({ name, ...sum(lines.filter((line) => line[by] === name)) }))
    .sort((one, other) => other.month - one.month);
}

/** Charges of one kind within a component. */
export interface CombinedLine extends Pick<CostLine, "component" | "what" | "price" | "unit"> {
  /** How many resources have it. */
  readonly resources: number;
  readonly quantity: number;
  readonly month: number;
}

/** The lines, those of one component that are charged for the same together, by component, the most expensive first. */
export function combined(lines: readonly CostLine[]): CombinedLine[] {
  return grouped(lines, "component").flatMap(({ name }) => {
    const kinds = new Map<string, CombinedLine>();
    for (const line of lines.filter(({ component }) => component === name)) {
      const { component, what, price, unit } = line;
      const before = kinds.get(`${what} ${price}`) ?? { resources: 0, quantity: 0, month: 0 };
      kinds.set(`${what} ${price}`, {
        ...{ component, what, price, unit },
        resources: before.resources + 1,
        quantity: before.quantity + line.quantity,
        month: before.month + line.month,
      });
    }
    return [...kinds.values()].sort((one, other) => other.month - one.month);
  });
}

/** One name in several estimates, in their order; undefined where one has no such group. */
export interface Row {
  readonly name: string;
  readonly groups: readonly (Group | undefined)[];
}

/**
 * An amount that is shown, and the least of it that is a row of its own: what rounds to nothing is in the totals only.
 */
export interface Shown {
  readonly of: (amounts: Amounts) => number;
  readonly digits: number;
}

/** What is paid while nothing happens. */
export const idleShown: Shown = { of: ({ idle }) => idle, digits: 2 };

/** What a thousand more of a work add. */
export function nextThousandShown(work: string): Shown {
  return { of: ({ nextThousand }) => nextThousand[work] ?? 0, digits: 4 };
}

/** Several estimates side by side, by component or service, the most expensive first. */
export function sideBySide(
  estimates: readonly Estimate[],
  by: "component" | "service",
  { of, digits }: Shown,
): Row[] {
  const columns = estimates.map(({ lines }) => grouped(lines, by));
  const names = [...new Set(columns.flatMap((groups) => groups.map(({ name }) => name)))];
  const rows = names.map((name) => ({
    name,
    groups: columns.map((groups) => groups.find((group) => group.name === name)),
  }));
  const highest = ({ groups }: Row) => Math.max(...groups.map((group) => (group ? of(group) : 0)));
  return rows
    .filter((row) => highest(row) >= 0.5 * 10 ** -digits)
    .sort((one, other) => highest(other) - highest(one));
}

/** A number of units as it is shown. */
export function units(quantity: number): string {
  return quantity.toLocaleString("en-US", { maximumSignificantDigits: 4 });
}

/** How old the prices of estimates are. */
export interface PriceDates {
  readonly oldest: string;
  readonly newest: string;
}

/** The dates of the prices that went into estimates. */
export function priceDates(estimates: readonly Estimate[]): PriceDates {
  const dates = estimates.flatMap(({ lines }) => lines.map(({ source }) => source.asOf)).sort();
  return { oldest: String(dates[0]), newest: String(dates.at(-1)) };
}

/** An unknown cost, and where in the stacks it is. */
export interface UnknownKind {
  readonly because: string;
  readonly stacks: readonly string[];
  /** Names of the resources, with what of them is charged. */
  readonly of: readonly string[];
}

/** The unknown charges of several stacks, each reason once. */
export function unknownKinds(estimates: readonly StackEstimate[]): UnknownKind[] {
  const found = estimates.flatMap(({ stack, unknown }) =>
    unknown.map(({ resource, type, what, because, quantity }) => ({
      stack,
      because,
      of: `${resource} (${type}), ${what}${quantity === undefined ? "" : `: ${units(quantity)} units`}`,
    })),
  );
  return [...new Set(found.map(({ because }) => because))].map((because) => {
    const same = found.filter((one) => one.because === because);
    return {
      because,
      stacks: [...new Set(same.map(({ stack }) => stack))],
      of: [...new Set(same.map(({ of }) => of))],
    };
  });
}

/** What modules declare the use of and stacks do not have, for each stack that lacks something. */
export function unmatchedUses(estimates: readonly StackEstimate[]): string[] {
  return estimates
    .filter(({ unmatched }) => unmatched.length > 0)
    .map(({ stack, unmatched }) => {
      const uses = unmatched.map(({ module, place }) => `${place} (${module})`);
      return `${stack}: ${uses.join(", ")}`;
    });
}
