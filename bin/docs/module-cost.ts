import { groupBy } from "es-toolkit/array/groupBy";
import { uniqBy } from "es-toolkit/array/uniqBy";
import type { Amounts, CostLine } from "../../lib/cost/estimate";
import { nextThousandShown, units } from "../../lib/cost/summary";
import type { StackEstimate } from "../../lib/cost/summary";
import { worksOf } from "../../lib/cost/usage";
import type { ModuleUsage } from "../../lib/cost/usage";
import type { ListedPart } from "../../lib/modules/module-list";
import { assumptionTable, monthTable, sideBySideTable, valuesOf } from "./cost-tables";
import { table } from "./markdown";

/**
 * The section about a module that is off by default: what switching it on adds to each environment.
 *
 * @param others - The use of the parts that are always on.
 * @param without - The environments as they are.
 * @param withIt - The same environments with the module on, in the same order.
 */
export function addedByModule(
  { name, usage }: ListedPart,
  others: readonly ModuleUsage[],
  without: readonly StackEstimate[],
  withIt: readonly StackEstimate[],
): string[] {
  const plurals = worksOf([usage]).map(({ plural }) => plural);
  const added = withIt.map(({ stack, total }, at) => ({
    stack,
    idle: total.idle - (without[at]?.total.idle ?? 0),
    month: total.month - (without[at]?.total.month ?? 0),
  }));
  return [
    `## What the module ${name} adds`,
    "",
    `Only where it is switched on: without it, nothing of this is in a stack's cost. \`npm run cost -- dev --with ${name}\``,
    `estimates a whole stack with it; [its page](modules/${name}.md) describes it.`,
    "",
    "### Without traffic",
    "",
    idleTable(without, withIt),
    "",
    ...plurals.flatMap((plural) => [
      `### What each further thousand ${plural} a month add`,
      "",
      sideBySideTable(withIt, "service", nextThousandShown(plural)),
      "",
    ]),
    ...moreForOthers(others, without, withIt),
    `### Added to a month at ${valuesOf([...others, usage])}`,
    "",
    monthTable(
      added,
      [...worksOf(others), ...worksOf([usage])].map(({ plural }) => plural).join(" and "),
    ),
    "",
    "### Its assumptions",
    "",
    assumptionTable([usage]),
    "",
  ];
}

/** What the work of other modules costs more, because the module has a part in it. */
function moreForOthers(
  others: readonly ModuleUsage[],
  without: readonly StackEstimate[],
  withIt: readonly StackEstimate[],
): string[] {
  return worksOf(others).flatMap(({ plural }) => {
    const { of, digits } = nextThousandShown(plural);
    const more = withIt.map(({ total }, at) => of(total) - of(without[at]?.total ?? nothing));
    return Math.max(...more) < 0.5 * 10 ** -digits
      ? []
      : [
          `Each further thousand ${plural} cost more with it, too: ${more.map((usd) => usd.toFixed(digits)).join(", ")}.`,
          "",
        ];
  });
}

const nothing: Amounts = { idle: 0, month: 0, nextThousand: {} };

/** What is charged for one thing in one environment while nothing happens. */
interface IdleCharge {
  /** In the unit of the price. */
  readonly quantity: number;
  readonly usd: number;
}

/** The charges that are added, by service, the most expensive first, with their units in each environment. */
function idleTable(without: readonly StackEstimate[], withIt: readonly StackEstimate[]): string {
  const kinds = uniqBy(
    withIt.flatMap(({ lines }) => lines),
    kindOf,
  ).flatMap((line) => {
    const charges = withIt.map(({ lines }, at) =>
      difference(idleOf(lines, line), idleOf(without[at]?.lines ?? [], line)),
    );
    const most = Math.max(...charges.map(({ usd }) => usd));
    return most < 0.005 ? [] : [{ ...line, charges, most }];
  });
  const services = Object.entries(groupBy(kinds, ({ service }) => service))
    .map(([service, members]) => ({
      service,
      members: members.sort((one, other) => other.most - one.most),
      usd: withIt.map((_, at) =>
        members.reduce((sum, { charges }) => sum + (charges[at]?.usd ?? 0), 0),
      ),
    }))
    .sort((one, other) => Math.max(...other.usd) - Math.max(...one.usd));
  const stacks = withIt.map(({ stack }) => stack);
  const shown = (usd: number) => (usd < 0.005 ? "–" : usd.toFixed(2));
  return table(
    ["", "Price", `Units in ${stacks.join(", ")}`, ...stacks],
    [
      ...services.flatMap(({ service, members, usd }) => [
        [`**${service}**`, "", "", ...usd.map((one) => `**${shown(one)}**`)],
        ...members.map(({ what, price, unit, charges }) => [
          what,
          `\`${price}\``,
          `${unitsOf(charges)} × ${unit}`,
          ...charges.map((charge) => shown(charge.usd)),
        ]),
      ]),
      [
        "**all**",
        "",
        "",
        ...withIt.map(
          ({ total }, at) => `**${(total.idle - (without[at]?.total.idle ?? 0)).toFixed(2)}**`,
        ),
      ],
    ],
  );
}

/** Once, where all environments have the same. */
function unitsOf(charges: readonly IdleCharge[]): string {
  return [...new Set(charges.map(({ quantity }) => units(quantity)))].length === 1
    ? units(charges[0]?.quantity ?? 0)
    : charges.map(({ quantity }) => units(quantity)).join("; ");
}

function kindOf({ service, what, price }: CostLine): string {
  return [service, what, price].join(" ");
}

function idleOf(lines: readonly CostLine[], kind: CostLine): IdleCharge {
  const usd = lines
    .filter((line) => kindOf(line) === kindOf(kind))
    .reduce((sum, { idle }) => sum + idle, 0);
  return { quantity: usd / kind.usdPerUnit, usd };
}

function difference(one: IdleCharge, other: IdleCharge): IdleCharge {
  return { quantity: one.quantity - other.quantity, usd: one.usd - other.usd };
}
