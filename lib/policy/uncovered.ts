import type { PolicyGraph, PolicyResource } from "./policy-graph";
import type { Rule } from "./rule";

/** Resources of one type that no rule covers. */
export interface UncoveredType {
  readonly type: string;
  readonly resources: readonly PolicyResource[];
}

/** The types that need no rule. */
const harmless: readonly RegExp[] = [
  /^pulumi:pulumi:/, // stacks, and references to them, group others
  /^pulumi:providers:/, // what a provider creates is evaluated; AWS's have rules
  /^random:/, // a number or a name; nothing outside the state
  /^tls:/, // a key or a certificate; what uses it is evaluated
];

/** Whether a type is AWS's: the rules know it, or the audit fails. */
export function isOfAws(type: string): boolean {
  return /^aws(-native)?:/.test(type);
}

/** Whether a type runs a program's own code or commands while it is deployed, with the rights of who deploys. */
export function runsCode(type: string): boolean {
  return /^(command:(local|remote):|pulumi-\w+:dynamic[:/])/.test(type);
}

/** What in a graph none of the rules covers: the resources of other providers, by type. */
export function uncoveredTypes(graph: PolicyGraph, rules: readonly Rule[]): UncoveredType[] {
  const covered = new Set(rules.flatMap(({ types }) => types));
  const types = new Set(graph.resources.map(({ type }) => type));
  return [...types]
    .filter(
      (type) => !covered.has(type) && !isOfAws(type) && !harmless.some((known) => known.test(type)),
    )
    .map((type) => ({
      type,
      resources: graph.ofType(type).filter(({ isComponent }) => isComponent !== true),
    }))
    .filter(({ resources }) => resources.length > 0);
}
