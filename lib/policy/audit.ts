import { ambiguityRule } from "./ambiguity";
import { evaluate } from "./evaluate";
import type { EvaluationOptions, Report } from "./evaluate";
import { PolicyGraph } from "./policy-graph";
import { violation } from "./rule";
import type { Rule, RuleDescription } from "./rule";
import { rules } from "./rules";
import { typesWithoutRules } from "./rules/types-without-rules";
import { isOfAws, runsCode } from "./uncovered";

const knownTypes = new Set([...rules.flatMap(({ types }) => types), ...typesWithoutRules]);

/** A rule for types that are recognized by their form, among those of a graph. */
export type RuleByForm = (graph: PolicyGraph) => Rule;

function ruleByForm(
  description: RuleDescription,
  isOne: (type: string) => boolean,
  message: (type: string) => string,
): RuleByForm {
  return (graph) => ({
    ...description,
    types: [...new Set(graph.resources.map(({ type }) => type))].filter(isOne),
    looksAt: "resource",
    check: ({ type }) => [violation(message(type))],
  });
}

/** The rules for types that are known by their form. */
export const rulesByForm: readonly RuleByForm[] = [
  ruleByForm(
    {
      id: "Types.1",
      title: "Every AWS resource is of a type that the rules know",
      severity: "medium",
      concern: "accountability",
      pci: [],
      remediation: "Review the resource by hand, then suppress this rule for it, or write a rule.",
    },
    (type) => isOfAws(type) && !knownTypes.has(type),
    (type) => `no rule knows ${type}: nothing was checked`,
  ),
  ruleByForm(
    {
      id: "Deploy.1",
      title: "No commands or dynamic providers run with the permissions of the deployment",
      severity: "high",
      concern: "integrity",
      pci: ["7.2.5"],
      remediation:
        "Declare a resource in place of a command or a dynamic provider; else review what it runs, and suppress this rule for it.",
    },
    runsCode,
    (type) => `a ${type} may do whatever who deploys may do, unseen by every rule`,
  ),
];

/** Every rule that a suppression may be of, for a graph. */
export function rulesFor(graph: PolicyGraph): Rule[] {
  return [...rules, ...rulesByForm.map((rule) => rule(graph))];
}

/** Ids of all rules, as a suppression may name them. */
export const ruleIds: readonly string[] = rulesFor(new PolicyGraph([])).map(({ id }) => id);

/**
 * Evaluates a graph by every rule.
 *
 * @throws `SuppressionError` if a suppression is incomplete, of a rule that does not exist, or holds for over a year.
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
  const all = rulesFor(graph);
  const ambiguity = ambiguityRule(options.suppressions ?? [], all, graph);
  return evaluate(graph, [...all, ambiguity], options);
}
