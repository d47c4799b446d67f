import { allows, covers } from "./access";
import { isLimitedByTag, isLiteral, matchesEveryResource, namesNoResource } from "./breadth";
import { demandedValues, demands } from "./conditions";
import type { EscalationPath } from "./escalation-paths";
import type { Statement } from "./statements";
import { isAnything, matchesWildcard } from "./wildcard";

/**
 * Whether an identity with all of the statements can escalate its privileges by a path.
 *
 * @param itself - The identity and its policies, as ARNs end: `role/payments`, `policy/payments`.
 */
export function allowsEscalation(
  path: EscalationPath,
  statements: readonly Statement[],
  itself: readonly string[],
): boolean {
  const denials = statements.filter(({ effect }) => effect === "Deny");
  return (
    statements.some((statement) => reaches(path, statement, itself)) &&
    path.others.every((action) => statements.some((statement) => allows(statement, action))) &&
    [path.action, ...path.others].every(
      (action) => !denials.some((denial) => denies(denial, action)),
    )
  );
}

/** Whether a statement allows what a path begins with on every resource, or on oneself where that is enough. */
function reaches(path: EscalationPath, statement: Statement, itself: readonly string[]): boolean {
  const { action, onItself, passedTo } = path;
  if (!allows(statement, action) || isBounded(statement)) return false;
  if (passedTo !== undefined && !passesTo(statement, passedTo)) return false;
  return (
    (namesNoResource(statement) && !isLimitedByTag(statement, action)) ||
    (onItself && statement.resources.some((resource) => matchesIdentity(resource, itself)))
  );
}

/**
 * Whether a condition limits what may be granted: to a permissions boundary, to a policy, or to what a passed role is
 * for.
 */
function isBounded({ conditions }: Statement): boolean {
  const bounds = ["iam:associatedresourcearn", "iam:permissionsboundary", "iam:policyarn"];
  return demands(conditions, (key) => bounds.includes(key), isLiteral);
}

function passesTo({ conditions }: Statement, service: string): boolean {
  return demandedValues(conditions, (key) => key === "iam:passedtoservice").every((values) =>
    values.some((value) => typeof value === "string" && matchesWildcard(value, service)),
  );
}

/** Whether the pattern of an ARN matches one of the ends; `${aws:username}` is the caller. */
function matchesIdentity(resource: string, itself: readonly string[]): boolean {
  const end = resource.split(":").slice(5).join(":");
  return end.endsWith("/${aws:username}") || itself.some((one) => matchesWildcard(end, one));
}

/** Whether a denial is of an action whatever else is allowed: always, or but for some resources that are named. */
function denies(denial: Statement, action: string): boolean {
  const { actions, notActions, resources, notResources, conditions } = denial;
  const everywhere =
    resources.some(isAnything) ||
    (notResources.length > 0 && !notResources.some((one) => matchesEveryResource(one)));
  return (
    everywhere &&
    Object.entries(conditions).every(isBoundary) &&
    (covers(actions, action) || (notActions.length > 0 && !covers(notActions, action)))
  );
}

/** Denied but with a boundary: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html. */
function isBoundary([operator, condition]: [string, Readonly<Record<string, unknown>>]): boolean {
  return (
    /^(String|Arn)Not(Equals|Like)$/i.test(operator) &&
    Object.entries(condition).every(
      ([key, value]) => key.toLowerCase() === "iam:permissionsboundary" && isLiteral(value),
    )
  );
}
