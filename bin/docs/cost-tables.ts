import type { Assumption } from "../../lib/cost/assumption";
import type { Amounts } from "../../lib/cost/estimate";
import { sideBySide } from "../../lib/cost/summary";
import type { Shown, StackEstimate } from "../../lib/cost/summary";
import type { ModuleUsage } from "../../lib/cost/usage";
import { assumedOf, worksOf } from "../../lib/cost/usage";
import { table } from "./markdown";

/** Estimates side by side, by component or service, with their totals. */
export function sideBySideTable(
  estimates: readonly StackEstimate[],
  by: "component" | "service",
  shown: Shown,
): string {
  const { of, digits } = shown;
  const rows = sideBySide(estimates, by, shown).map(({ name, groups }) => [
    name,
    ...groups.map((group) => (group ? of(group).toFixed(digits) : "–")),
  ]);
  const totals = estimates.map(({ total }) => `**${of(total).toFixed(digits)}**`);
  return table(["", ...estimates.map(({ stack }) => stack)], [...rows, ["**all**", ...totals]]);
}

/** Months of stacks: without traffic, for what is done, and both together. */
export function monthTable(
  months: readonly (Pick<Amounts, "idle" | "month"> & { readonly stack: string })[],
  plurals: string,
): string {
  return table(
    ["", ...months.map(({ stack }) => stack)],
    [
      ["without traffic", ...months.map(({ idle }) => idle.toFixed(2))],
      [`for the ${plurals}`, ...months.map(({ idle, month }) => (month - idle).toFixed(2))],
      ["**total**", ...months.map(({ month }) => `**${month.toFixed(2)}**`)],
    ],
  );
}

/** How much of their work modules are assumed to do: `100,000 payments`. */
export function valuesOf(usages: readonly ModuleUsage[]): string {
  const assumed = assumedOf(usages);
  return worksOf(usages)
    .map(({ assumption, plural }) => `${assumed(assumption).toLocaleString("en-US")} ${plural}`)
    .join(" and ");
}

/** Assumptions, with the module that makes them. */
export function assumptionTable(
  made: readonly {
    readonly module: string;
    readonly assumptions: Readonly<Record<string, Assumption>>;
  }[],
): string {
  return table(
    ["Assumption", "Value", "Meaning", "Because", "Module"],
    made.flatMap(({ module, assumptions }) =>
      Object.entries(assumptions).map(([name, { value, unit, what, because }]) => [
        `\`${name}\``,
        `${value.toLocaleString("en-US")} ${unit}`,
        ...[what, because, module],
      ]),
    ),
  );
}
