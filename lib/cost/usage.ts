import type { Assumed, Assumption, Given } from "./assumption";
import type { DeclaredUsage } from "./charges";
import { commonAssumptions } from "./common-assumptions";
import type { CommonAssumption } from "./common-assumptions";

/** The arguments of the resource of a type at a place; undefined if the stack has none there. */
export type InputsAt = (
  type: string,
  place: string,
) => Readonly<Record<string, unknown>> | undefined;

/** What a module does all the time. */
export interface Work<Name extends string = string> {
  /** The assumption that counts how much of it is done in a month. */
  readonly assumption: Name;
  /** `payments`, as in "a thousand payments". */
  readonly plural: string;
}

/**
 * The use that a module makes of resources, its own and those of others.
 *
 * `Others` are assumptions of modules before it that its use depends on: a stack that has it has those.
 */
export interface ModuleUsage<Name extends string = string, Others extends string = never> {
  readonly module: string;
  /** What the module assumes of its use; the names are unique among all modules. */
  readonly assumptions: Readonly<Record<Name, Assumption>>;
  /**
   * What the module does: in an idle month, none of it; the report says what a thousand more cost. Absent of a
   * module that does nothing by itself.
   */
  readonly work?: Work<Name>;
  /** The use in a month in which the assumptions hold. */
  readonly usageOf: (
    assumed: Assumed<Name | Others | CommonAssumption>,
    inputsAt: InputsAt,
  ) => DeclaredUsage;
}

/** What the modules do. */
export function worksOf(modules: readonly ModuleUsage[]): Work[] {
  return modules.flatMap(({ work }) => work ?? []);
}

/**
 * Every assumption by its name: those of the modules, then the common ones.
 *
 * @throws `Error` if two have the same name.
 */
export function assumptionsOf(
  modules: readonly ModuleUsage[],
): Readonly<Record<string, Assumption>> {
  const all = [...modules.map(({ assumptions }) => assumptions), commonAssumptions].flatMap(
    (assumptions) => Object.entries<Assumption>(assumptions),
  );
  const byName = new Map(all);
  const twice = all.filter(([name, assumption]) => byName.get(name) !== assumption);
  if (twice.length > 0) {
    throw new Error(`assumed twice: ${twice.map(([name]) => name).join(", ")}`);
  }
  return Object.fromEntries(byName);
}

/** The value of each assumption, some of them replaced. */
export function assumedOf(modules: readonly ModuleUsage[], given: Given = {}): Assumed<string> {
  const assumptions = assumptionsOf(modules);
  return (name) => {
    const value = given[name] ?? assumptions[name]?.value;
    if (value === undefined) throw new Error(`nothing is assumed of ${name}`);
    return value;
  };
}

/** A use that a module declares of something that the stack does not have. */
export interface UnmatchedUsage {
  readonly module: string;
  readonly type: string;
  readonly place: string;
}

/** Which uses are declared of what the stack does not have. */
export function unmatchedUsage(
  declared: readonly { readonly module: string; readonly usage: DeclaredUsage }[],
  inputsAt: InputsAt,
): UnmatchedUsage[] {
  return declared.flatMap(({ module, usage }) =>
    Object.entries(usage).flatMap(([type, places]) =>
      Object.keys(places)
        .filter((place) => inputsAt(type, place) === undefined)
        .map((place) => ({ module, type, place })),
    ),
  );
}
