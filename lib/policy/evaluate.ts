import type { EnvironmentType } from "../types";
import { UnknownValueError } from "./resource";
import type { PolicyGraph, PolicyResource } from "./resource";
import type { Rule, Violation } from "./rule";
import { checkRules } from "./suppressions";
import type { Suppression } from "./suppressions";

/** What a violation of a rule comes to. */
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

/** A rule that could not judge a resource, because a value is known only after the deployment. */
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
  /** Suppressions of the environment with the resources for which they suppress nothing. */
  readonly unused: readonly Suppression[];
  /** How many resources were looked at. */
  readonly resourceCount: number;
  /** Whether nothing is violated. */
  readonly passed: boolean;
}

/** How a graph is judged. */
export interface EvaluationOptions {
  /** What the stack is shaped like; the strictest, prod, by default. */
  readonly environment?: EnvironmentType;
  readonly suppressions?: readonly Suppression[];
  /** The day, `YYYY-MM-DD`, that expiry is judged by; today (UTC) by default. */
  readonly today?: string;
}

/**
 * Judges every resource of a graph by every rule.
 *
 * @throws `SuppressionError` if a suppression is of a rule that does not exist.
 */
export function evaluate(
  graph: PolicyGraph,
  rules: readonly Rule[],
  options: EvaluationOptions = {},
): Report {
  const { environment = "prod", suppressions = [] } = options;
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  checkRules(
    suppressions,
    rules.map(({ id }) => id),
    "The list of suppressions",
  );
  const inForce = suppressions.filter(
    ({ environments }) => environments?.includes(environment) ?? true,
  );
  const findings: Finding[] = [];
  const deferrals: Deferral[] = [];
  const applied = new Set<Rule>();
  const used = new Map<Suppression, Set<string>>(inForce.map((one) => [one, new Set()]));
  for (const rule of rules) {
    for (const resource of graph.ofType(...rule.types)) {
      applied.add(rule);
      try {
        for (const violation of rule.check(resource, graph)) {
          const suppression = inForce.find(
            (one) => one.rule === rule.id && one.resources.includes(resource.name),
          );
          if (suppression !== undefined) used.get(suppression)?.add(resource.name);
          const outcome = verdictOf(rule, environment, suppression, today);
          findings.push({ rule, resource, ...violation, ...outcome });
        }
      } catch (error) {
        if (!(error instanceof UnknownValueError)) throw error;
        deferrals.push({ rule, resource, path: error.path });
      }
    }
  }
  return {
    environment,
    applied: [...applied],
    findings,
    deferrals,
    unused: [...used]
      .map(([suppression, names]) => ({
        ...suppression,
        resources: suppression.resources.filter((name) => !names.has(name)),
      }))
      .filter(({ resources }) => resources.length > 0),
    resourceCount: graph.resources.length,
    passed: findings.every(({ verdict }) => verdict !== "violated"),
  };
}

/** What becomes of a violation in an environment, with or without a suppression, on a day (`YYYY-MM-DD`). */
function verdictOf(
  rule: Rule,
  environment: EnvironmentType,
  suppression: Suppression | undefined,
  today: string,
): Pick<Finding, "verdict" | "note"> {
  if (environment === "dev" && rule.concern === "availability") {
    return { verdict: "relaxed", note: "dev may do without availability" };
  }
  if (suppression === undefined) return { verdict: "violated" };
  if (environment === "prod" && rule.binding === true) {
    return { verdict: "violated", note: `prod may not suppress ${rule.id}` };
  }
  if (suppression.expires < today) {
    return { verdict: "violated", note: `its suppression expired on ${suppression.expires}` };
  }
  return {
    verdict: "suppressed",
    note: `${suppression.reason} (until ${suppression.expires})`,
  };
}
