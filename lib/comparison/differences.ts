import type { PermittedDifference } from "../core/permitted-difference";
import type { EnvironmentType } from "../types";

/** What a program registered of one resource, as far as environments are compared. */
export interface ComparedResource {
  /** Pulumi's type token. */
  readonly type: string;
  readonly name: string;
  /** The arguments, with every output resolved. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
}

/** One thing in which two graphs differ. */
export interface Difference {
  readonly type: string;
  readonly name: string;
  /** The argument with another value, by path: `rules.0.days`; absent where one graph lacks the resource. */
  readonly argument?: string;
}

/** The graph of an environment. */
export interface EnvironmentGraph extends OwnNames {
  readonly resources: readonly ComparedResource[];
}

/** What distinguishes the names in one stack from those in another of the same shape. */
export interface OwnNames {
  readonly environment: EnvironmentType;
  /** The suffix of physical names; by default the environment's name. */
  readonly environmentSuffix?: string;
}

/** In what the graphs of two environments differ, the environments' own names apart. */
export function graphDifferences(a: EnvironmentGraph, b: EnvironmentGraph): Difference[] {
  const before = byTypeAndName(a);
  const after = byTypeAndName(b);
  return [...new Map([...before, ...after])].flatMap(([key, { type, name }]) => {
    const left = before.get(key)?.values;
    const right = after.get(key)?.values;
    if (left === undefined || right === undefined) return [{ type, name }];
    return [...new Set([...left.keys(), ...right.keys()])]
      .filter((path) => left.get(path) !== right.get(path))
      .map((path) => ({ type, name, argument: path }));
  });
}

/** Whether what may differ between environments covers a difference. */
export function isPermitted(
  { type, name, argument }: Difference,
  permitted: readonly PermittedDifference[],
): boolean {
  return permitted.some((difference) =>
    argument === undefined
      ? difference.resources?.some((key) => key === type || key === `${type} ${name}`)
      : difference.arguments?.[type]?.some((pattern) => matches(pattern, argument)),
  );
}

/** `rules.*.days` matches `rules.0.days`; a pattern that ends early covers all that is below. */
function matches(pattern: string, path: string): boolean {
  const steps = path.split(".");
  return pattern.split(".").every((step, index) => step === "*" || step === steps[index]);
}

/** A text without what only says which stack it is of. */
export function withoutOwnNames(
  text: string,
  { environment, environmentSuffix = environment }: OwnNames,
): string {
  // the suffix first: that of `dev-eu` begins with another name of the stack
  const names = new RegExp(
    `(?<![A-Za-z0-9])(?:${environmentSuffix}|${environment})(?![A-Za-z0-9])`,
    "g",
  );
  return text.replace(names, "{environment}");
}

/**
 * Every single value of a resource, options included, as JSON by its path: `rules.0.days`. Policies, schemas
 * and the dashboard, which are JSON in a text, are taken apart as well: `policy.Statement.0.Action`.
 */
export function argumentValues({
  inputs,
  protect,
  retainOnDelete,
}: ComparedResource): Map<string, string> {
  const values = new Map<string, string>();
  const collect = (argument: unknown, path: string) => {
    const value = typeof argument === "string" ? document(argument) : argument;
    if (typeof value === "object" && value !== null && Object.keys(value).length > 0) {
      for (const [key, inner] of Object.entries(value)) collect(inner, `${path}.${key}`);
    } else {
      values.set(path.slice(1), value === undefined ? "" : JSON.stringify(value));
    }
  };
  collect({ ...inputs, protect, retainOnDelete }, "");
  return values;
}

/** A policy, schema or dashboard by its content; any other text as it is. */
function document(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A resource with its arguments' values by path, as JSON. */
interface Flattened {
  readonly type: string;
  readonly name: string;
  readonly values: ReadonlyMap<string, string>;
}

function byTypeAndName(graph: EnvironmentGraph): Map<string, Flattened> {
  return new Map(
    graph.resources.map((resource) => {
      const { type, name } = resource;
      const values = new Map(
        [...argumentValues(resource)].map(
          ([path, text]) => [path, withoutOwnNames(text, graph)] as const,
        ),
      );
      return [`${type} ${name}`, { type, name, values }] as const;
    }),
  );
}
