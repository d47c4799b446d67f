import type { EnvironmentType } from "../types";
import { UnknownValueError } from "./policy-graph";
import type { PolicyGraph, PolicyResource } from "./policy-graph";
import type { Rule, Violation } from "./rule";
import { appliesTo, checkSuppressions, today } from "./suppressions";
import type { Suppression } from "./suppressions";
import { uncoveredTypes } from "./uncovered";
import type { UncoveredType } from "./uncovered";

/** The outcome of a violation of a rule. */
export type Verdict =
  /** It fails. */
  | "violated"
  /** A suppression holds. */
  | "suppressed"
  /** The environment may do without: availability in dev. */
  | "relaxed";

/** A resource that breaks a rule. */
export interface Finding extends Violation {
  readonly rule: Rule;
  readonly resource: PolicyResource;
  readonly verdict: Verdict;
  /** Why it is suppressed, or why its suppression does not hold. */
  readonly note?: string;
}

/** A rule that could not evaluate a resource, because a value is encrypted, or known only after the deployment. */
export interface Deferral {
  readonly rule: Rule;
  readonly resource: PolicyResource;
  /** The value's path. */
  readonly path: string;
}

/** What the rules found in a graph. */
export interface Report {
  readonly environment: EnvironmentType;
  /** Every rule with a resource of its types to look at, whether it concerned that or not. */
  readonly applied: readonly Rule[];
  readonly findings: readonly Finding[];
  readonly deferrals: readonly Deferral[];
  /** What no rule covers: other providers' resources. */
  readonly uncovered: readonly UncoveredType[];
  /** Suppressions of the environment with the resources for which they suppress nothing. */
  readonly unused: readonly Suppression[];
  /** How many resources were looked at. */
  readonly resourceCount: number;
  /** Whether nothing that was evaluated is violated. */
  readonly passed: boolean;
}

/** How a graph is evaluated. */
export interface EvaluationOptions {
  /** What the stack is shaped like; the strictest, prod, by default. */
  readonly environment?: EnvironmentType;
  readonly suppressions?: readonly Suppression[];
  /** The day, `YYYY-MM-DD`, that expiry is checked against; today (UTC) by default. */
  readonly today?: string;
}

/**
 * Evaluates every resource of a graph by every rule.
 *
 * @throws `SuppressionError` if a suppression is incomplete, of a rule that does not exist, or holds for over a year.
 */
export function evaluate(
  graph: PolicyGraph,
  rules: readonly Rule[],
  options: EvaluationOptions = {},
): Report {
  const { environment = "prod", suppressions = [] } = options;
  const day = options.today ?? today();
  checkSuppressions(
    suppressions,
    rules.map(({ id }) => id),
    "The list of suppressions",
    day,
  );
  const inForce = suppressions.filter(
    ({ environments }) => environments?.includes(environment) ?? true,
  );
  const isThere = (entry: string) => graph.resources.some((one) => appliesTo(entry, one));
  const used = new Map<Suppression, Set<string>>(inForce.map((one) => [one, new Set()]));
  const accept = (rule: Rule, resource: PolicyResource): Suppression | undefined => {
    const about = inForce.filter((one) => one.rule === rule.id);
    const [first] = about.filter((one) => {
      const entries = one.resources.filter((entry) => appliesTo(entry, resource));
      for (const entry of entries) used.get(one)?.add(entry);
      return entries.length > 0;
    });
    return first;
  };
  const findings: Finding[] = [];
  const deferrals: Deferral[] = [];
  const applied = new Set<Rule>();
  for (const rule of rules) {
    for (const resource of graph.ofType(...rule.types)) {
      applied.add(rule);
      const result = applyRule(rule, resource, graph);
      if (result instanceof UnknownValueError) {
        deferrals.push({ rule, resource, path: result.path });
        continue;
      }
      for (const violation of result) {
        const outcome = verdictOf(rule, environment, accept(rule, resource), day);
        findings.push({ rule, resource, ...violation, ...outcome });
      }
    }
  }
  return {
    environment,
    applied: [...applied],
    findings,
    deferrals,
    uncovered: uncoveredTypes(graph, rules),
    unused: [...used]
      .map(([suppression, entries]) => ({
        ...suppression,
        resources: suppression.resources.filter(
          (entry) => !entries.has(entry) && (suppression.optional !== true || isThere(entry)),
        ),
      }))
      .filter(({ resources }) => resources.length > 0),
    resourceCount: graph.resources.length,
    passed: findings.every(({ verdict }) => verdict !== "violated"),
  };
}

/**
 * What breaks a rule, or the value that the rule cannot be evaluated without; a rule that fails must not look as if it
 * held.
 */
function applyRule(
  rule: Rule,
  resource: PolicyResource,
  graph: PolicyGraph,
): readonly Violation[] | UnknownValueError {
  try {
    return rule.check(resource, graph);
  } catch (error) {
    if (error instanceof UnknownValueError) return error;
    throw new Error(`${rule.id} could not evaluate ${resource.urn}: ${String(error)}`, {
      cause: error,
    });
  }
}

/** What becomes of a violation in an environment, with or without a suppression, on a day (`YYYY-MM-DD`). */
function verdictOf(
  rule: Rule,
  environment: EnvironmentType,
  suppression: Suppression | undefined,
  day: string,
): Pick<Finding, "verdict" | "note"> {
  if (environment === "dev" && rule.concern === "availability") {
    return { verdict: "relaxed", note: "dev may do without availability" };
  }
  if (suppression === undefined) return { verdict: "violated" };
  if (environment === "prod" && rule.binding === true) {
    return { verdict: "violated", note: `prod may not suppress ${rule.id}` };
  }
  if (suppression.expires < day) {
    return { verdict: "violated", note: `its suppression expired on ${suppression.expires}` };
  }
  return {
    verdict: "suppressed",
    note: `${suppression.reason} (until ${suppression.expires})`,
  };
}
