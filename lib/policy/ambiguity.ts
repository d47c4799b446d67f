import type { PolicyGraph, PolicyResource } from "./policy-graph";
import { violation } from "./rule";
import type { Rule } from "./rule";
import { appliesTo } from "./suppressions";
import type { Suppression } from "./suppressions";

/**
 * The rule that each entry of a suppression applies to one resource of those that its rule evaluates: what was decided
 * for one must not hold for another that happens to have the same name. No suppression can be of this rule.
 */
export function ambiguityRule(
  suppressions: readonly Suppression[],
  rules: readonly Rule[],
  graph: PolicyGraph,
): Rule {
  const messages = new Map<PolicyResource, string[]>();
  for (const { rule, resources } of suppressions) {
    const candidates = graph.ofType(...(rules.find(({ id }) => id === rule)?.types ?? []));
    for (const entry of resources) {
      const matching = candidates.filter((resource) => appliesTo(entry, resource));
      if (matching.length < 2) continue;
      const message = `the suppression of ${rule} for ${entry} applies to ${String(matching.length)} resources`;
      for (const one of matching) messages.set(one, [...(messages.get(one) ?? []), message]);
    }
  }
  return {
    id: "Suppressions.1",
    title: "Each name in a suppression applies to one resource",
    severity: "high",
    concern: "accountability",
    pci: [],
    remediation:
      'Write the resource\'s type before its name ("aws:s3/bucket:Bucket receipts"), or its URN in place of both.',
    binding: true,
    types: [...new Set([...messages.keys()].map(({ type }) => type))],
    looksAt: "graph",
    check: (resource) => (messages.get(resource) ?? []).map((message) => violation(message)),
  };
}
