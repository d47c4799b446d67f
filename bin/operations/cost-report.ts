import Table from "cli-table3";
import pc from "picocolors";
import type { Given } from "../../lib/cost/assumption";
import type { Amounts } from "../../lib/cost/estimate";
import {
  combined,
  exclusions,
  idleShown,
  nextThousandShown,
  priceDates,
  sideBySide,
  units,
  unknownKinds,
  unmatchedUses,
} from "../../lib/cost/summary";
import type { Shown, StackEstimate } from "../../lib/cost/summary";
import { assumedOf, assumptionsOf, worksOf } from "../../lib/cost/usage";
import type { ModuleUsage, Work } from "../../lib/cost/usage";

/** What is shown beside the totals. */
export interface ReportOptions {
  /** Every charge, also for several stacks. */
  readonly lines?: true;
  /** The assumptions of the estimate. */
  readonly assumptions?: true;
}

/** The use that stacks are assumed to have. */
export interface AssumedUse {
  /** Of every module that one of the stacks has. */
  readonly usages: readonly ModuleUsage[];
  readonly given: Given;
}

/** What stacks cost, for a terminal. */
export function costReport(
  estimates: readonly StackEstimate[],
  { usages, given }: AssumedUse,
  options: ReportOptions,
): string {
  const works = worksOf(usages);
  const assumed = assumedOf(usages, given);
  const amounts = works.map(
    ({ assumption, plural }) => `${assumed(assumption).toLocaleString("en-US")} ${plural}`,
  );
  return [
    pc.bold("USD a month without traffic, by component"),
    comparison(estimates, "component", idleShown, "all components"),
    "",
    ...works.flatMap(({ plural }) => [
      pc.bold(`USD that each further thousand ${plural} a month add, by service`),
      comparison(estimates, "service", nextThousandShown(plural), "all services"),
      "",
    ]),
    pc.bold(`USD a month at ${amounts.join(" and ")} a month`),
    totals(estimates, works),
    ...(options.lines === true || estimates.length === 1 ? estimates.flatMap(lines) : []),
    ...(options.assumptions === true
      ? ["", assumptionTable({ usages, given }), ...unmatched(estimates)]
      : []),
    ...unknown(estimates),
    "",
    ...notes(estimates),
  ].join("\n");
}

const plain = {
  style: { head: [], border: [] },
  chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
};

function columns(estimates: readonly StackEstimate[]) {
  const right = estimates.map(() => "right" as const);
  return {
    head: ["", ...estimates.map(({ stack }) => stack)],
    colAligns: ["left" as const, ...right],
  };
}

function comparison(
  estimates: readonly StackEstimate[],
  by: "component" | "service",
  shown: Shown,
  all: string,
): string {
  const { of, digits } = shown;
  const table = new Table({ ...columns(estimates), ...plain });
  for (const { name, groups } of sideBySide(estimates, by, shown))
    table.push([name, ...groups.map((group) => (group ? of(group).toFixed(digits) : "–"))]);
  table.push([all, ...estimates.map((one) => atLeast(one, of(one.total).toFixed(digits)))]);
  return table.toString();
}

function totals(estimates: readonly StackEstimate[], works: readonly Work[]): string {
  const table = new Table({ ...columns(estimates), ...plain });
  const row = (name: string, of: (total: Amounts) => number) =>
    table.push([name, ...estimates.map((one) => atLeast(one, of(one.total).toFixed(2)))]);
  row("without traffic", ({ idle }) => idle);
  row(
    `for the ${works.map(({ plural }) => plural).join(" and ")}`,
    ({ idle, month }) => month - idle,
  );
  row("total", ({ month }) => month);
  return table.toString();
}

/** A total that lacks something is a lower bound. */
function atLeast({ unknown }: StackEstimate, amount: string): string {
  return unknown.length > 0 ? `> ${amount}` : amount;
}

function lines({ stack, lines: all }: StackEstimate): string[] {
  const table = new Table({
    head: ["component", "charge", "units", "unit", "USD"],
    colAligns: ["left", "left", "right", "left", "right"],
    colWidths: [20, 36, 12, 16, 10],
    wordWrap: true,
    ...plain,
  });
  for (const { component, what, price, unit, ...line } of combined(all))
    if (line.month >= 0.005)
      table.push([
        component,
        `${line.resources > 1 ? `${String(line.resources)} × ` : ""}${what} (${price})`,
        units(line.quantity),
        unit,
        line.month.toFixed(2),
      ]);
  return ["", pc.bold(`${stack}: every charge of a cent or more a month`), table.toString()];
}

function assumptionTable({ usages, given }: AssumedUse): string {
  const assumed = assumedOf(usages, given);
  const table = new Table({
    head: ["assumption", "value", "meaning"],
    colWidths: [30, 16, 50],
    wordWrap: true,
    ...plain,
  });
  for (const [name, { unit, what, because }] of Object.entries(assumptionsOf(usages)))
    table.push([name, `${units(assumed(name))} ${unit}`, `${what}: ${because}.`]);
  return table.toString();
}

function unknown(estimates: readonly StackEstimate[]): string[] {
  const kinds = unknownKinds(estimates).map(({ because, stacks, of }) =>
    wrapped(`  - ${stacks.join(", ")}: ${because}, for ${of.join("; ")}`),
  );
  return kinds.length === 0
    ? []
    : ["", pc.yellow("Unknown, and missing from the totals, which are lower bounds:"), ...kinds];
}

function unmatched(estimates: readonly StackEstimate[]): string[] {
  const uses = unmatchedUses(estimates).map((one) => wrapped(`  - ${one}`));
  return uses.length === 0
    ? []
    : ["", "Modules declare usage of what is not in the stack:", ...uses];
}

function notes(estimates: readonly StackEstimate[]): string[] {
  const { oldest, newest } = priceDates(estimates);
  const regions = [...new Set(estimates.map(({ region }) => region))].join(", ");
  const dates = `Prices of ${regions} as of ${oldest} to ${newest}, from copies of AWS's list (lib/cost/prices.ts).`;
  return [
    wrapped(dates),
    "An estimate: its assumptions are shown by --assumptions. Not in it:",
    ...exclusions.map((what) => `  - ${what}`),
  ];
}

/** Text broken into lines that fit a terminal of 100 columns. */
function wrapped(text: string): string {
  return text.replace(/(.{1,96})(?: +|$)/g, "$1\n    ").trimEnd();
}
