import { Command, Option } from "commander";
import { between, exitCodes, root, withOption } from "../operations/command";
import { costReport } from "../operations/cost-report";
import type { AssumedUse, ReportOptions } from "../operations/cost-report";
import { recordGraph } from "../operations/recorded-stack";
import { print } from "../operations/terminal";
import type { Given } from "../../lib/cost/assumption";
import { estimate, pricedRegion } from "../../lib/cost/estimate";
import { pricedRegions } from "../../lib/cost/prices";
import { exclusions } from "../../lib/cost/summary";
import type { StackEstimate } from "../../lib/cost/summary";
import { assumedOf, assumptionsOf } from "../../lib/cost/usage";
import type { ModuleUsage } from "../../lib/cost/usage";
import { stackNames } from "../../lib/core/stack-file";
import { modules } from "../../lib/modules";
import { environmentTypes } from "../../lib/types";

interface Options extends ReportOptions {
  readonly with?: readonly string[];
  readonly region?: string;
  readonly json?: true;
}

/** A flag for each assumption that has a range, of modules that are off too, in the order of the declarations. */
const flags = Object.entries(assumptionsOf(modules.usages)).flatMap(
  ([name, { value, what, range }]) => {
    if (range === undefined) return [];
    const flag = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const option = new Option(`--${flag} <number>`, what)
      .argParser(between(...range))
      .default(value);
    return [{ name, option }];
  },
);

async function run(named: readonly string[], options: Options, command: Command): Promise<void> {
  const values: Readonly<Record<string, unknown>> = command.opts();
  const given: Given = Object.fromEntries(flags.map(({ name }) => [name, Number(values[name])]));
  const stacks = named.length > 0 ? named : inOrder(stackNames(root));
  const estimates: StackEstimate[] = [];
  const used = new Set<ModuleUsage>();
  for (const stack of stacks) {
    const { estimate: one, usages } = await estimated(stack, options, given);
    estimates.push(one);
    for (const usage of usages) used.add(usage);
  }
  const use = { usages: modules.usages.filter((usage) => used.has(usage)), given };
  print(options.json === true ? json(estimates, use) : costReport(estimates, use, options));
  const complete = estimates.every(({ unknown }) => unknown.length === 0);
  process.exitCode = complete ? exitCodes.done : exitCodes.attention;
}

/** What a stack costs, and the use of the modules that it has. */
async function estimated(stack: string, options: Options, given: Given) {
  const { graph, region = "its region, which its file does not name" } = await recordGraph(
    stack,
    options.with,
  );
  const usages = modules.usagesOf(graph.result);
  const prices = pricedRegion(options.region ?? region);
  return { estimate: { stack, ...estimate(graph.resources, prices, usages, given) }, usages };
}

/** The environments' own stacks in the order in which a change reaches them, then the others. */
function inOrder(stacks: readonly string[]): string[] {
  const rank = (stack: string) => {
    const index = environmentTypes.findIndex((environment) => environment === stack);
    return index < 0 ? environmentTypes.length : index;
  };
  return [...stacks].sort((one, other) => rank(one) - rank(other));
}

function json(estimates: readonly StackEstimate[], { usages, given }: AssumedUse): string {
  const assumed = assumedOf(usages, given);
  const names = Object.keys(assumptionsOf(usages));
  const usage = Object.fromEntries(names.map((name) => [name, assumed(name)]));
  return JSON.stringify({ currency: "USD", usage, estimates, exclusions }, undefined, 2);
}

/** `npm run cost`. */
export const command = new Command("cost")
  .description(
    "What stacks cost in a month, from what their programs register and the usage that modules declare: without " +
      "traffic, and for each thousand payments. No cloud and no Pulumi CLI are needed; the prices are in " +
      "lib/cost/prices.ts.",
  )
  .argument("[stacks...]", "by default every stack that has a file");
for (const { option } of flags) command.addOption(option);
command
  .addOption(withOption())
  .addOption(
    new Option("--region <name>", "use the prices of this region, not of the stack's").choices(
      pricedRegions,
    ),
  )
  .option("--lines", "every charge, also for several stacks")
  .option("--assumptions", "the assumptions of the estimate")
  .option("--json", "print it as JSON")
  .addHelpText(
    "after",
    "\nExit code: 0 done; 1 something has an unknown price or use, so that the totals are lower bounds;\n" +
      "2 wrong usage, a refused configuration or a region without prices.",
  )
  .action(run);
