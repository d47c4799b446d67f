import { textOf } from "../check";
import type { Check, Context } from "../check";
import { asked } from "../finding";
import type { Finding } from "../finding";
import { namedTypes } from "../name-table";
import type { NamedType } from "../name-table";

/** The names that are sure before the deployment: not what a random part or another's id goes into. */
function namesOf({ graph }: Context, type: string, { argument }: NamedType): string[] {
  return graph
    .ofType(type)
    .filter(({ propertyDependencies }) => (propertyDependencies[argument] ?? []).length === 0)
    .flatMap((resource) => textOf(resource, argument) ?? []);
}

/** The names that the stack has already. */
function ownNames({ state }: Context, type: string, { argument }: NamedType): Set<unknown> {
  if ("unknown" in state) return new Set();
  return new Set(state.graph.ofType(type).map(({ properties }) => properties[argument]));
}

/** How many names there are of a kind, and which of them something has that is not this stack's. */
interface Taken {
  readonly what: string;
  readonly count: number;
  readonly names: readonly string[];
}

const advice =
  "set another environmentSuffix, or look at what it is: delete what an earlier stack left, or `pulumi import` it";

/** A few names, for a line. */
function shortList(names: readonly string[]): string {
  const more = names.length - 3;
  return more > 1 ? `${names.slice(0, 3).join(", ")} and ${String(more)} others` : names.join(", ");
}

function findings({ what, count, names }: Taken, context: Context): Finding[] {
  if (names.length === 0) {
    return [{ level: "ok", what: `${String(count)} are free, or this stack's`, where: what }];
  }
  if ("unknown" in context.state) {
    return [
      {
        level: "warning",
        what: `${String(names.length)} of ${String(count)} exist already: ${shortList(names)}`,
        where: what,
        whatToDo: `nothing, if they are this stack's: --state tells; else ${advice}`,
      },
    ];
  }
  return names.map((name) => ({
    level: "problem",
    what: `${name} exists already, and is not in the stack's state`,
    where: what,
    whatToDo: advice,
  }));
}

async function taken(type: string, kind: NamedType, context: Context): Promise<readonly Finding[]> {
  const names = namesOf(context, type, kind);
  if (names.length === 0) return [];
  const own = ownNames(context, type, kind);
  const others = names.filter((name) => !own.has(name));
  return asked(kind.what, [kind.permission], async () => {
    const there = await kind.existing(others, context);
    return findings({ what: kind.what, count: names.length, names: there }, context);
  });
}

/** Whether something that is not the stack's has a name that the deployment would take. */
export const nameCheck: Check = {
  name: "names",
  permissions: Object.values(namedTypes).map(({ permission }) => permission),
  run: async (context) => {
    const found = await Promise.all(
      Object.entries(namedTypes).map(([type, kind]) => taken(type, kind, context)),
    );
    return found.flat();
  },
};
