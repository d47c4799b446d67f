import type { Graph } from "../../lib/graph/graph";
import { estimate } from "../../lib/cost/estimate";
import { freeTypes } from "../../lib/cost/free";
import { pricedRegions, prices, sources } from "../../lib/cost/prices";
import type { Price, PricedRegion } from "../../lib/cost/prices";
import { combined, leftOut, priceDates, sideBySide } from "../../lib/cost/summary";
import type { StackEstimate } from "../../lib/cost/summary";
import { assumptionNames, assumptions } from "../../lib/cost/usage";
import { environmentTypes } from "../../lib/types";
import type { EnvironmentType } from "../../lib/types";
import { table } from "./markdown";

/** Where the reference stands. */
export const costFile = "docs/cost.md";

/** The region whose prices the reference shows: that of the stacks' files. */
export const referenceRegion: PricedRegion = "us-east-1";

/** What each environment costs, by what it registers. */
export async function environmentEstimates(
  recorded: (environment: EnvironmentType) => Promise<Graph>,
): Promise<StackEstimate[]> {
  const estimates: StackEstimate[] = [];
  for (const stack of environmentTypes) {
    const { resources } = await recorded(stack);
    estimates.push({ stack, ...estimate(resources, referenceRegion) });
  }
  return estimates;
}

/** The reference of what the environments cost. */
export function costReference(estimates: readonly StackEstimate[]): string {
  const { oldest, newest, undated } = priceDates(estimates);
  const payments = assumptions.paymentsPerMonth.value.toLocaleString("en-US");
  return [
    "# Cost",
    "",
    "Generated from what the program registers, `lib/cost/prices.ts` and `lib/cost/usage.ts` by `npm run docs`.",
    "`npm run cost` estimates a stack as its own file configures it, with other numbers of payments and in another",
    "region; `npm run cost -- prod --assumptions` shows every charge and what it rests on.",
    "",
    `An estimate in USD, of ${referenceRegion}, with prices as of ${oldest} to ${newest}. Nobody has compared it with a bill.`,
    "",
    "## A month while nothing happens",
    "",
    sideBySideTable(estimates, "component", "idle", 2),
    "",
    "```text",
    ...chart(estimates),
    "```",
    "",
    "## What each further thousand payments a month add",
    "",
    sideBySideTable(estimates, "service", "nextThousand", 4),
    "",
    `## A month at ${payments} payments`,
    "",
    table(
      ["", ...estimates.map(({ stack }) => stack)],
      [
        ["while nothing happens", ...estimates.map(({ total }) => total.idle.toFixed(2))],
        [
          "for the payments",
          ...estimates.map(({ total }) => (total.month - total.idle).toFixed(2)),
        ],
        ["**total**", ...estimates.map(({ total }) => `**${total.month.toFixed(2)}**`)],
      ],
    ),
    "",
    ...unknownSection(estimates),
    ...estimates.flatMap(charges),
    "## What the estimate rests on",
    "",
    table(
      ["Assumption", "Value", "Meaning", "Because"],
      assumptionNames.map((name) => {
        const { value, unit, what, because } = assumptions[name];
        return [`\`${name}\``, `${value.toLocaleString("en-US")} ${unit}`, what, because];
      }),
    ),
    "",
    "Not in it:",
    "",
    ...leftOut.map((what) => `- ${what}`),
    "",
    "## Prices",
    "",
    "USD, on demand, first tier. None was read from AWS by this project: each comes from a copy that is named below,",
    `and the page of its service tells today's. Of no certain date: ${undated.map((key) => `\`${key}\``).join(", ")}.`,
    "A price that no copy tells is unknown, and so is, then, what is charged by it.",
    "",
    table(["Price", "What", "Unit", ...pricedRegions], Object.entries(prices).map(priceRow)),
    "",
    table(
      ["Source", "As of", "Where it was read"],
      Object.entries(sources).map(([name, source]) => [
        `\`${name}\``,
        "asOf" in source ? source.asOf : "unknown",
        source.where,
      ]),
    ),
    "",
    "## Types that cost nothing",
    "",
    table(
      ["Type", "Why"],
      Object.entries(freeTypes).map(([type, why]) => [`\`${type}\``, why]),
    ),
    "",
  ].join("\n");
}

function sideBySideTable(
  estimates: readonly StackEstimate[],
  by: "component" | "service",
  amount: "idle" | "nextThousand",
  digits: number,
): string {
  const rows = sideBySide(estimates, by, amount).map(({ name, groups }) => [
    name,
    ...groups.map((group) => (group ? group[amount].toFixed(digits) : "–")),
  ]);
  const totals = estimates.map(({ total }) => `**${total[amount].toFixed(digits)}**`);
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
  const found = estimates.flatMap(({ stack, unknown }) =>
    unknown.map(({ resource, what, because }) => `- ${stack}: ${resource}, ${what}: ${because}`),
  );
  return found.length === 0
    ? ["Nothing of it is unknown.", ""]
    : ["Unknown, and missing from the totals:", "", ...found, ""];
}

function charges({ stack, lines }: StackEstimate): string[] {
  const rows = combined(lines)
    .filter(({ month }) => month >= 0.005)
    .map(({ component, resources, what, price, quantity, unit, month }) => [
      component,
      resources > 1 ? `${String(resources)} × ${what}` : what,
      `\`${price}\``,
      `${quantity.toLocaleString("en-US", { maximumSignificantDigits: 4 })} × ${unit}`,
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
