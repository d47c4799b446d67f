import { argumentValues, graphDifferences, isPermitted } from "./differences";
import type { PermittedDifference } from "../core/permitted-difference";
import type { Difference } from "./differences";
import { secretMark } from "./graph-file";
import type { StackGraph } from "./graph-file";

/** What stands for a value that is a secret in the other graph. */
const hiddenMark = "[hidden: a secret in the other graph]";

/** Why two stacks may differ in something. */
export type Reason = Pick<PermittedDifference, "setting" | "why">;

/** One argument with another value. */
export interface ArgumentChange {
  /** By path, within JSON documents too: `policy.Statement.0.Action`. */
  readonly argument: string;
  /** As JSON; absent where the argument is not there. */
  readonly before?: string;
  readonly after?: string;
  /** Absent if nothing explains it, and where nothing has to: between versions of one stack. */
  readonly reason?: Reason;
}

/** What became of one resource. */
export interface ResourceChange {
  readonly type: string;
  readonly name: string;
  readonly change: "added" | "removed" | "changed";
  /** Why one stack may have it and the other not. */
  readonly reason?: Reason;
  /** All of a resource that was added or removed, otherwise those that differ. */
  readonly arguments: readonly ArgumentChange[];
}

/** Two graphs, resource by resource. */
export interface Comparison {
  /** The stacks; the same twice for versions of one. */
  readonly before: string;
  readonly after: string;
  /** Two stacks may differ in what is permitted; of versions, each change is reported. */
  readonly between: "stacks" | "versions";
  readonly resources: readonly ResourceChange[];
  /** How many resources are the same. */
  readonly equal: number;
  /** Whether there is nothing to look at: versions are the same, or stacks differ only with a reason. */
  readonly passed: boolean;
}

type Resource = StackGraph["resources"][number];
/** A resource before and after; one of them may not be there. */
type Pair = readonly [Resource | undefined, Resource | undefined];

/** What may differ: between two stacks what is permitted, between versions of one nothing. */
type Permitted = readonly PermittedDifference[] | "versions";

/**
 * Compares two graphs, resource by resource, argument by argument. Of secrets it reports only whether they are there.
 */
export function compareGraphs(
  before: StackGraph,
  after: StackGraph,
  permitted: Permitted,
): Comparison {
  const pairs = pairsOf(before, after);
  const resources = pairs.flatMap(([old, current]) => {
    const left = old && withoutSecretsOf(old, current);
    const right = current && withoutSecretsOf(current, old);
    const differences = graphDifferences(
      { ...before, resources: left ? [left] : [] },
      { ...after, resources: right ? [right] : [] },
    );
    return resourceChange(left, right, differences, permitted);
  });
  return {
    before: before.stack,
    after: after.stack,
    between: permitted === "versions" ? permitted : "stacks",
    resources,
    equal: pairs.length - resources.length,
    passed: permitted === "versions" ? resources.length === 0 : !resources.some(isUnexplained),
  };
}

/** Whether something of a resource differs between stacks without a reason. */
export function isUnexplained({ change, reason, arguments: changes }: ResourceChange): boolean {
  return change === "changed" ? changes.some((one) => one.reason === undefined) : !reason;
}

function resourceChange(
  left: Resource | undefined,
  right: Resource | undefined,
  differences: readonly Difference[],
  permitted: Permitted,
): ResourceChange[] {
  const [first] = differences;
  if (first === undefined) return [];
  const { type, name } = first;
  const before = left ? argumentValues(left) : new Map<string, string>();
  const after = right ? argumentValues(right) : new Map<string, string>();
  const argument = (path: string): ArgumentChange => {
    const [old, current] = [before.get(path), after.get(path)];
    return {
      argument: path,
      ...(old !== undefined && { before: old }),
      ...(current !== undefined && { after: current }),
    };
  };
  if (left === undefined || right === undefined) {
    const all = [...before.keys(), ...after.keys()].map(argument);
    const change = left === undefined ? "added" : "removed";
    return [{ type, name, change, ...reasonOf(first, permitted), arguments: all }];
  }
  const changes = differences.map((difference) => ({
    ...argument(String(difference.argument)),
    ...reasonOf(difference, permitted),
  }));
  return [{ type, name, change: "changed", arguments: changes }];
}

function reasonOf(difference: Difference, permitted: Permitted): { reason?: Reason } {
  if (permitted === "versions") return {};
  const found = permitted.find((one) => isPermitted(difference, [one]));
  return found === undefined ? {} : { reason: { setting: found.setting, why: found.why } };
}

/** The resources of both graphs by type and name. */
function pairsOf(before: StackGraph, after: StackGraph): Pair[] {
  const key = ({ type, name }: Resource) => `${type} ${name}`;
  const left = new Map(before.resources.map((resource) => [key(resource), resource]));
  const right = new Map(after.resources.map((resource) => [key(resource), resource]));
  return [...new Set([...left.keys(), ...right.keys()])].map((one) => [
    left.get(one),
    right.get(one),
  ]);
}

/** A resource without what is a secret of the other one. */
function withoutSecretsOf(resource: Resource, other: Resource | undefined): Resource {
  const open = (value: unknown, path: string): unknown => {
    if (resource.secrets.includes(path)) return secretMark;
    if (other?.secrets.includes(path)) return hiddenMark;
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((item, at) => open(item, below(path, at)));
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, open(inner, below(path, name))]),
    );
  };
  const inputs = Object.entries(resource.inputs).map(([name, value]) => [name, open(value, name)]);
  return { ...resource, inputs: Object.fromEntries(inputs) as Record<string, unknown> };
}

function below(path: string, step: string | number): string {
  return `${path}.${String(step)}`;
}
