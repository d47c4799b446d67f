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
  sideBySide,
  units,
  unknownKinds,
  unmatchedUses,
} from "../../lib/cost/summary";
import type { Shown, StackEstimate } from "../../lib/cost/summary";
import { commonAssumptions } from "../../lib/cost/common-assumptions";
import type { Assumption } from "../../lib/cost/assumption";
import { worksOf } from "../../lib/cost/usage";
import { modules } from "../../lib/modules";
import { environmentTypes } from "../../lib/types";
import type { EnvironmentType } from "../../lib/types";
import { table } from "./markdown";

/** The file of the reference. */
export const costFile = "docs/cost.md";

/** The region whose prices the reference shows: that of the stacks' files. */
export const referenceRegion: PricedRegion = "us-east-1";

/** The cost of each environment, estimated from what it registers. */
export async function environmentEstimates(
  recorded: (environment: EnvironmentType) => Promise<ProgramGraph>,
): Promise<StackEstimate[]> {
  const estimates: StackEstimate[] = [];
  for (const stack of environmentTypes) {
    const { resources } = await recorded(stack);
    estimates.push({ stack, ...estimate(resources, referenceRegion, modules.usages) });
  }
  return estimates;
}

const works = worksOf(modules.usages);

/** Every assumption, with the module that makes it. */
const assumptions: readonly (Assumption & { readonly name: string; readonly module: string })[] = [
  ...modules.usages,
  { module: "all", assumptions: commonAssumptions },
].flatMap(({ module, assumptions: own }) =>
  Object.entries<Assumption>(own).map(([name, assumption]) => ({ name, module, ...assumption })),
);

/** The reference of what the environments cost. */
export function costReference(estimates: readonly StackEstimate[]): string {
  const { oldest, newest } = priceDates(estimates);
  const done = works.map(({ assumption, plural }) => {
    const value = assumptions.find(({ name }) => name === assumption)?.value;
    return `${String(value?.toLocaleString("en-US"))} ${plural}`;
  });
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
    `## A month at ${done.join(" and ")}`,
    "",
    table(
      ["", ...estimates.map(({ stack }) => stack)],
      [
        ["without traffic", ...estimates.map(({ total }) => total.idle.toFixed(2))],
        [
          `for the ${plurals}`,
          ...estimates.map(({ total }) => (total.month - total.idle).toFixed(2)),
        ],
        ["**total**", ...estimates.map(({ total }) => `**${total.month.toFixed(2)}**`)],
      ],
    ),
    "",
    ...unknownSection(estimates),
    ...estimates.flatMap(charges),
    "## Assumptions",
    "",
    table(
      ["Assumption", "Value", "Meaning", "Because", "Module"],
      assumptions.map(({ name, module, value, unit, what, because }) => [
        `\`${name}\``,
        `${value.toLocaleString("en-US")} ${unit}`,
        ...[what, because, module],
      ]),
    ),
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

function sideBySideTable(
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
