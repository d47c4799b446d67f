import type { ProgramGraph } from "../../lib/graph/program-graph";
import { estimate } from "../../lib/cost/estimate";
import { freeTypes } from "../../lib/cost/free";
import { pricedRegions, prices, sources } from "../../lib/cost/prices";
import type { Price, PricedRegion } from "../../lib/cost/prices";
import {
  combined,
  exclusions,
  idleShown,
  nextThousandShown,
  priceDates,
  units,
  unknownKinds,
  unmatchedUses,
} from "../../lib/cost/summary";
import type { StackEstimate } from "../../lib/cost/summary";
import { commonAssumptions } from "../../lib/cost/common-assumptions";
import { worksOf } from "../../lib/cost/usage";
import { modules } from "../../lib/modules";
import type { ListedPart } from "../../lib/modules/module-list";
import { environmentTypes } from "../../lib/types";
import type { EnvironmentType } from "../../lib/types";
import { assumptionTable, monthTable, sideBySideTable, valuesOf } from "./cost-tables";
import { table } from "./markdown";
import { addedByModule } from "./module-cost";

/** The file of the reference. */
export const costFile = "docs/cost.md";

/** The region whose prices the reference shows: that of the stacks' files. */
export const referenceRegion: PricedRegion = "us-east-1";

/** What an environment registers, with optional modules switched on. */
type Recorded = (
  environment: EnvironmentType,
  chosen?: readonly string[],
) => Promise<Pick<ProgramGraph, "resources">>;

/** The cost of each environment, with optional modules switched on, estimated from what it registers. */
export async function environmentEstimates(
  recorded: Recorded,
  chosen: readonly string[] = [],
): Promise<StackEstimate[]> {
  const estimates: StackEstimate[] = [];
  for (const stack of environmentTypes) {
    const { resources } = await recorded(stack, chosen);
    const settings = modules.defaults({ environment: stack, environmentSuffix: stack }, chosen);
    const usages = modules.usagesOf(settings);
    estimates.push({ stack, ...estimate(resources, referenceRegion, usages) });
  }
  return estimates;
}

/** What the environments cost: as they are, and with each module on that is off by default. */
export interface EnvironmentCosts {
  readonly estimates: readonly StackEstimate[];
  readonly optional: readonly {
    readonly part: ListedPart;
    readonly estimates: readonly StackEstimate[];
  }[];
}

/** The cost of the environments, estimated from what they register. */
export async function environmentCosts(recorded: Recorded): Promise<EnvironmentCosts> {
  const optional = [];
  for (const part of modules.parts.filter(({ isOptional }) => isOptional))
    optional.push({ part, estimates: await environmentEstimates(recorded, [part.name]) });
  return { estimates: await environmentEstimates(recorded), optional };
}

const usages = modules.parts.flatMap(({ isOptional, usage }) => (isOptional ? [] : usage));
const works = worksOf(usages);

/** The reference of what the environments cost. */
export function costReference({ estimates, optional }: EnvironmentCosts): string {
  const { oldest, newest } = priceDates(estimates);
  const plurals = works.map(({ plural }) => plural).join(" and ");
  return [
    "# Cost",
    "",
    "Generated from what the program registers, `lib/cost/prices.ts` and what each module declares of the use of its",
    "resources (`lib/modules/*/usage.ts`) by `npm run docs`. `npm run cost` estimates a stack as its own file configures",
    "it, with other numbers of payments and in another region; `npm run cost -- prod --assumptions` shows every charge",
    "and its assumptions.",
    "",
    `An estimate in USD, of ${referenceRegion}, with prices as of ${oldest} to ${newest}. It has not been compared with a bill.`,
    "",
    "## A month without traffic",
    "",
    sideBySideTable(estimates, "component", idleShown),
    "",
    "```text",
    ...chart(estimates),
    "```",
    "",
    ...works.flatMap(({ plural }) => [
      `## What each further thousand ${plural} a month add`,
      "",
      sideBySideTable(estimates, "service", nextThousandShown(plural)),
      "",
    ]),
    `## A month at ${valuesOf(usages)}`,
    "",
    monthTable(
      estimates.map(({ stack, total }) => ({ stack, ...total })),
      plurals,
    ),
    "",
    ...unknownSection(estimates),
    ...optional.flatMap(({ part, estimates: withIt }) =>
      addedByModule(part, usages, estimates, withIt),
    ),
    ...estimates.flatMap(charges),
    "## Assumptions",
    "",
    assumptionTable([...usages, { module: "all", assumptions: commonAssumptions }]),
    "",
    "Not in it:",
    "",
    ...exclusions.map((what) => `- ${what}`),
    "",
    "## Prices",
    "",
    "USD, on demand, first tier. None was read from AWS by this project: each comes from a copy that is named below,",
    "and the page of its service shows today's. A price without a source is unknown, and so is, then, what is charged",
    `by it: ${unsourced()}.`,
    "",
    table(["Price", "What", "Unit", ...pricedRegions], Object.entries(prices).map(priceRow)),
    "",
    table(
      ["Source", "As of", "Where it was read"],
      Object.entries(sources).map(([name, { asOf, where }]) => [`\`${name}\``, asOf, where]),
    ),
    "",
    "## Types that cost nothing",
    "",
    table(
      ["Type", "Why"],
      [...freeTypes].sort().map(([type, why]) => [`\`${type}\``, why]),
    ),
    "",
  ].join("\n");
}

/** Characters of the longest bar. */
const barWidth = 60;

function chart(estimates: readonly StackEstimate[]): string[] {
  const most = Math.max(...estimates.map(({ total }) => total.idle));
  const name = Math.max(...estimates.map(({ stack }) => stack.length));
  return estimates.map(({ stack, total }) => {
    const bar = "█".repeat(Math.max(1, Math.round((total.idle / most) * barWidth)));
    return `${stack.padEnd(name)} ${bar} ${total.idle.toFixed(0)}`;
  });
}

function unknownSection(estimates: readonly StackEstimate[]): string[] {
  const found = unknownKinds(estimates).map(
    ({ because, stacks, of }) => `- ${stacks.join(", ")}: ${because}, for ${of.join("; ")}`,
  );
  const unmatched = unmatchedUses(estimates).map((uses) => `- ${uses}`);
  return [
    ...(found.length === 0
      ? [
          "Nothing of it is unknown: a module declares the use of everything that is paid by its use.",
        ]
      : ["Unknown, and missing from the totals:", "", ...found]),
    "",
    ...(unmatched.length === 0
      ? []
      : [
          "Modules declare the use of this too, which a stack does not have:",
          "",
          ...unmatched,
          "",
        ]),
  ];
}

/** The prices that no source supports, by region. */
function unsourced(): string {
  const byRegion = pricedRegions.map((region) => {
    const keys = Object.entries<Price>(prices)
      .filter(([, { usd }]) => usd[region] === undefined)
      .map(([key]) => `\`${key}\``);
    return `in ${region} ${keys.length === 0 ? "none" : keys.join(", ")}`;
  });
  return byRegion.join(", ");
}

function charges({ stack, lines }: StackEstimate): string[] {
  const rows = combined(lines)
    .filter(({ month }) => month >= 0.005)
    .map(({ component, resources, what, price, quantity, unit, month }) => [
      component,
      resources > 1 ? `${String(resources)} × ${what}` : what,
      `\`${price}\``,
      `${units(quantity)} × ${unit}`,
      month.toFixed(2),
    ]);
  return [
    `## Charges of ${stack}`,
    "",
    "Of a cent a month or more, at the assumed use.",
    "",
    table(["Component", "What", "Price", "Units", "USD"], rows),
    "",
  ];
}

function priceRow([key, price]: [string, Price]): string[] {
  return [
    `\`${key}\``,
    price.what,
    `[${price.unit}](${price.page})`,
    ...pricedRegions.map((region) => {
      const known = price.usd[region];
      return known === undefined ? "unknown" : `${decimal(known[0])} (\`${known[1]}\`)`;
    }),
  ];
}

/** A price in full: JavaScript would write small ones with an exponent. */
function decimal(usd: number): string {
  return usd.toLocaleString("en-US", { maximumFractionDigits: 12 });
}
