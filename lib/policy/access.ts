import { statementsOf } from "./statements";
import type { Statement } from "./statements";
import { Subject, violation } from "./rule";
import type { PathOf, Violation } from "./rule";
import { unknownValue } from "./resource";
import type { PolicyGraph, PolicyResource } from "./resource";
import { matchesWildcard } from "./wildcard";

/**
 * Judges the statements of a policy document, one by one; a document that is none breaks the rule, an argument
 * that is left out does not.
 *
 * @param judge - What is wrong with a statement; undefined if nothing is.
 */
export function statementViolations<Args>(
  subject: Subject<Args>,
  path: PathOf<Args>,
  judge: (statement: Statement) => string | undefined,
): Violation[] {
  const policy = subject.get(path);
  if (policy === undefined || policy === null) return [];
  const statements = statementsOf(policy);
  if (statements === undefined) return [violation("found no policy document", path)];
  return statements.flatMap((statement, index) => {
    const fault = judge(statement);
    const name = statement.sid ?? `number ${String(index + 1)}`;
    return fault === undefined ? [] : [violation(`statement ${name} ${fault}`, path)];
  });
}

/** The violations of a resource's policy that lets anyone in. */
export function publicStatements<Args>(subject: Subject<Args>, path: PathOf<Args>): Violation[] {
  return statementViolations(subject, path, (statement) =>
    admitsAnyone(statement) ? "admits anyone" : undefined,
  );
}

/**
 * The statements of every policy of a resource: in its own `policy`, and in the resources of a type whose
 * property names it.
 */
export function statementsAbout(
  resource: PolicyResource,
  graph: PolicyGraph,
  policyType: string,
  property: string,
): Statement[] {
  return [resource, ...graph.referringTo(resource, policyType, property)].flatMap(
    (one) => statementsOf(new Subject<{ policy: unknown }>(one).get("policy")) ?? [],
  );
}

/** Whether a statement of a resource's policy lets anyone in: any principal, and no condition that says who. */
export function admitsAnyone(statement: Statement): boolean {
  const { effect, principals, notPrincipals, conditions } = statement;
  const anyone = principals.includes("*") || notPrincipals.length > 0;
  return effect === "Allow" && anyone && !Object.entries(conditions).some(narrows);
}

/** Whether a statement allows an action, on whatever resource. */
export function allows(statement: Statement, action: string): boolean {
  const { effect, actions, notActions } = statement;
  if (effect === "Deny") return false;
  return covers(actions, action) || (notActions.length > 0 && !covers(notActions, action));
}

/**
 * Whether one of the patterns, in which `*` and `?` are wildcards, matches a value. Letters' case does not matter:
 * to IAM's actions it does not either.
 */
export function covers(patterns: readonly string[], value: string): boolean {
  return patterns.some((pattern) => matchesWildcard(pattern.toLowerCase(), value.toLowerCase()));
}

/**
 * Whether a policy turns down, for everyone, an action that comes without TLS.
 *
 * @param action - The action; `s3:*` for all of the service's.
 */
export function refusesPlainHttp(statement: Statement, action: string): boolean {
  const { effect, principals, actions, conditions } = statement;
  const [only, ...more] = Object.entries(conditions);
  if (only === undefined || more.length > 0) return false;
  const [operator, condition] = only;
  const entries = Object.entries(condition);
  return (
    effect === "Deny" &&
    principals.includes("*") &&
    covers(actions, action) &&
    /^bool(ifexists)?$/i.test(operator) &&
    entries.length === 1 &&
    entries.every(
      ([key, value]) =>
        key.toLowerCase() === "aws:securetransport" && String(value).toLowerCase() === "false",
    )
  );
}

/** Keys, in lower case, that say who is asking, or on whose behalf, so that it is not anyone. */
const narrowingKeys: readonly string[] = [
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceip",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:sourceowner",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:userid",
  "aws:vpcsourceip",
  "kms:calleraccount",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
];

/** Not with `IfExists` or `ForAllValues:`, which hold when there is no such key. */
const narrowingOperators =
  /^(ForAnyValue:)?(StringEquals(IgnoreCase)?|StringLike|Arn(Equals|Like)|IpAddress)$/i;

function narrows([operator, condition]: [string, Readonly<Record<string, unknown>>]): boolean {
  return (
    narrowingOperators.test(operator) &&
    Object.entries(condition).some(([key, value]) => {
      const values: readonly unknown[] = Array.isArray(value) ? value : [value];
      return narrowingKeys.includes(key.toLowerCase()) && values.every(isSpecific);
    })
  );
}

/** Whether a condition's value means someone; one that is not known yet is taken to. */
function isSpecific(value: unknown): boolean {
  if (value === unknownValue) return true;
  if (typeof value !== "string" || value.includes("${")) return false;
  const [, address, bits] = /^([\d.]+|[\da-f:]+)\/(\d+)$/i.exec(value) ?? [];
  // a range that AWS takes for the internet
  if (address !== undefined) return Number(bits) >= (address.includes(":") ? 32 : 8);
  const [prefix, , , , account, ...name] = value.split(":");
  if (prefix !== "arn") return !/^[^/]*[*?]/.test(value);
  return account === "" ? !/[*?]/.test(name.join(":")) : /^\d{12}$/.test(account ?? "");
}

const kinds =
  "(table|function|key|secret|log-group|stream|deliverystream|role|parameter|stateMachine|event-bus|dbuser)";
const everyResource = new RegExp(String.raw`^(arn:([^:]*:){3}[^:]*:(${kinds}[/:])?)?\*$`);

/** Whether a statement means every resource, or all of a kind, and no tag or account narrows them. */
export function namesNoResource({ resources, notResources, conditions }: Statement): boolean {
  const narrowed = Object.values(conditions)
    .flatMap((condition) => Object.keys(condition))
    .some((key) => /resource(tag|account|orgid|orgpaths)/i.test(key));
  return (
    !narrowed &&
    (notResources.length > 0 || resources.some((resource) => everyResource.test(resource)))
  );
}
