import Table from "cli-table3";
import { Command, Option } from "commander";
import pc from "picocolors";
import { between, exitCodes, root } from "../operations/command";
import { recordGraph } from "../operations/recorded-stack";
import { print } from "../operations/terminal";
import { estimate, pricedRegion } from "../../lib/cost/estimate";
import type { Amounts } from "../../lib/cost/estimate";
import { pricedRegions } from "../../lib/cost/prices";
import { combined, leftOut, priceDates, sideBySide, unknownKinds } from "../../lib/cost/summary";
import type { StackEstimate } from "../../lib/cost/summary";
import { assumptionNames, assumptions, usageWith } from "../../lib/cost/usage";
import type { GivenUsage, Usage } from "../../lib/cost/usage";
import { stackNames } from "../../lib/core/stack-file";
import { environmentTypes } from "../../lib/types";

interface Options {
  readonly paymentsPerMonth?: number;
  readonly readsPerPayment?: number;
  readonly months?: number;
  readonly region?: string;
  readonly lines?: true;
  readonly assumptions?: true;
  readonly json?: true;
}

async function run(named: readonly string[], options: Options): Promise<void> {
  const { paymentsPerMonth, readsPerPayment, months } = options;
  const given = { paymentsPerMonth, readsPerPayment, months };
  const stacks = named.length > 0 ? named : inOrder(stackNames(root));
  const estimates: StackEstimate[] = [];
  for (const stack of stacks) estimates.push(await estimated(stack, options.region, given));
  print(options.json === true ? json(estimates, given) : text(estimates, given, options));
  const complete = estimates.every(({ unknown }) => unknown.length === 0);
  process.exitCode = complete ? exitCodes.done : exitCodes.attention;
}

async function estimated(
  stack: string,
  elsewhere: string | undefined,
  given: GivenUsage,
): Promise<StackEstimate> {
  const { graph, region = "its region, which its file does not name" } = await recordGraph(stack);
  return { stack, ...estimate(graph.resources, pricedRegion(elsewhere ?? region), given) };
}

/** The environments' own stacks in the order in which a change reaches them, then the others. */
function inOrder(stacks: readonly string[]): string[] {
  const rank = (stack: string) => {
    const index = environmentTypes.findIndex((environment) => environment === stack);
    return index < 0 ? environmentTypes.length : index;
  };
  return [...stacks].sort((one, other) => rank(one) - rank(other));
}

function json(estimates: readonly StackEstimate[], given: GivenUsage): string {
  const usage = usageWith(given);
  const used = assumptionNames.map((name): [string, number] => [name, usage(name)]);
  const report = { currency: "USD", usage: Object.fromEntries<number>(used), estimates, leftOut };
  return JSON.stringify(report, undefined, 2);
}

function text(estimates: readonly StackEstimate[], given: GivenUsage, options: Options): string {
  const usage = usageWith(given);
  const payments = usage("paymentsPerMonth").toLocaleString("en-US");
  return [
    pc.bold("USD a month while nothing happens, by component"),
    comparison(estimates, "component", "idle", "all components"),
    "",
    pc.bold("USD that each further thousand payments a month add, by service"),
    comparison(estimates, "service", "nextThousand", "all services"),
    "",
    pc.bold(`USD a month at ${payments} payments a month`),
    totals(estimates),
    ...(options.lines === true || estimates.length === 1 ? estimates.flatMap(lines) : []),
    ...(options.assumptions === true ? ["", assumptionTable(usage)] : []),
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
  amount: "idle" | "nextThousand",
  all: string,
): string {
  const digits = amount === "idle" ? 2 : 4;
  const table = new Table({ ...columns(estimates), ...plain });
  for (const { name, groups } of sideBySide(estimates, by, amount))
    table.push([name, ...groups.map((group) => (group ? group[amount].toFixed(digits) : "–"))]);
  table.push([all, ...estimates.map((one) => atLeast(one, one.total[amount].toFixed(digits)))]);
  return table.toString();
}

function totals(estimates: readonly StackEstimate[]): string {
  const table = new Table({ ...columns(estimates), ...plain });
  const row = (name: string, of: (total: Amounts) => number) =>
    table.push([name, ...estimates.map((one) => atLeast(one, of(one.total).toFixed(2)))]);
  row("while nothing happens", ({ idle }) => idle);
  row("for the payments", ({ idle, month }) => month - idle);
  row("total", ({ month }) => month);
  return table.toString();
}

/** A total that lacks something is a lower bound. */
function atLeast({ unknown }: StackEstimate, amount: string): string {
  return unknown.length > 0 ? `> ${amount}` : amount;
}

function lines({ stack, lines: all }: StackEstimate): string[] {
  const table = new Table({
    head: ["component", "what is paid for", "units", "unit", "USD"],
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
        quantity(line.quantity),
        unit,
        line.month.toFixed(2),
      ]);
  return ["", pc.bold(`${stack}: every charge of a cent or more a month`), table.toString()];
}

function quantity(units: number): string {
  return units.toLocaleString("en-US", { maximumSignificantDigits: 4 });
}

function assumptionTable(usage: Usage): string {
  const table = new Table({
    head: ["assumption", "value", "meaning"],
    colWidths: [26, 16, 54],
    wordWrap: true,
    ...plain,
  });
  for (const name of assumptionNames) {
    const { unit, what, because } = assumptions[name];
    table.push([name, `${quantity(usage(name))} ${unit}`, `${what}: ${because}.`]);
  }
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

function notes(estimates: readonly StackEstimate[]): string[] {
  const { oldest, newest, undated } = priceDates(estimates);
  const regions = [...new Set(estimates.map(({ region }) => region))].join(", ");
  const dates = `Prices of ${regions} as of ${oldest} to ${newest}, from copies of AWS's list (lib/cost/prices.ts).`;
  return [
    wrapped(dates),
    ...(undated.length > 0
      ? [wrapped(`Of no certain date, to be checked: ${undated.join(", ")}.`)]
      : []),
    "An estimate: it rests on the assumptions that --assumptions shows. Not in it:",
    ...leftOut.map((what) => `  - ${what}`),
  ];
}

/** Text broken into lines that fit a terminal of 100 columns. */
function wrapped(text: string): string {
  return text.replace(/(.{1,96})(?: +|$)/g, "$1\n    ").trimEnd();
}

/** `npm run cost`. */
export const command = new Command("cost")
  .description(
    "What stacks cost in a month, from what their programs register: while nothing happens, and for each " +
      "thousand payments. No cloud and no Pulumi CLI are needed; the prices are in lib/cost/prices.ts.",
  )
  .argument("[stacks...]", "by default every stack that has a file")
  .addOption(
    new Option("--payments-per-month <number>", "payments that are made")
      .argParser(between(0, 1_000_000_000))
      .default(assumptions.paymentsPerMonth.value),
  )
  .addOption(
    new Option("--reads-per-payment <number>", "how often each is read")
      .argParser(between(0, 10_000))
      .default(assumptions.readsPerPayment.value),
  )
  .addOption(
    new Option("--months <number>", "how long the stack has taken and kept payments")
      .argParser(between(1, 600))
      .default(assumptions.months.value),
  )
  .addOption(
    new Option("--region <name>", "take another region's prices than the stack's").choices(
      pricedRegions,
    ),
  )
  .option("--lines", "every charge, also for several stacks")
  .option("--assumptions", "what the estimate rests on")
  .option("--json", "print it as JSON")
  .addHelpText(
    "after",
    "\nExit code: 0 done; 1 something has an unknown price or use, so that the totals are lower bounds;\n" +
      "2 wrong usage, a refused configuration or a region without prices.",
  )
  .action(run);
