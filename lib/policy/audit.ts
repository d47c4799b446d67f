import { evaluate } from "./evaluate";
import type { EvaluationOptions, Report } from "./evaluate";
import type { PolicyGraph } from "./resource";
import { violation } from "./rule";
import type { Rule } from "./rule";
import { rules } from "./rules";
import { typesWithoutRules } from "./rules/types-without-rules";

const knownTypes = new Set([...rules.flatMap(({ types }) => types), ...typesWithoutRules]);

/** Ids of all rules, as a suppression may name them. */
export const ruleIds: readonly string[] = [...rules.map(({ id }) => id), "Types.1"];

/** The rule that no AWS resource of the graph passes unseen. */
export function unknownTypesRule(graph: PolicyGraph): Rule {
  const types = graph.resources
    .map(({ type }) => type)
    .filter((type) => /^aws(-native)?:/.test(type) && !knownTypes.has(type));
  return {
    id: "Types.1",
    title: "Every AWS resource is of a type that the rules know",
    severity: "medium",
    concern: "accountability",
    pci: [],
    remediation: "Review the resource by hand, then suppress this rule for it, or write a rule.",
    types: [...new Set(types)],
    looksAt: "resource",
    check: ({ type }) => [violation(`no rule knows ${type}: nothing was checked`)],
  };
}

/**
 * Judges a graph by every rule.
 *
 * @throws `SuppressionError` if a suppression is of a rule that does not exist.
 *
 * @example
 * ```ts
 * import { audit, formatReport, readState } from "payment-stack/policy";
 *
 * const report = audit(readState("state.json"), { environment: "staging" });
 * console.log(formatReport(report, { verbose: true }));
 * ```
 */
export function audit(graph: PolicyGraph, options: EvaluationOptions = {}): Report {
  return evaluate(graph, [...rules, unknownTypesRule(graph)], options);
}
