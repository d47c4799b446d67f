import { isIP } from "node:net";
import { demands } from "./conditions";
import { readPolicy, statementsOf } from "./statements";
import type { Statement } from "./statements";
import { Subject, violation } from "./rule";
import type { PathOf, Violation } from "./rule";
import { unknownValue } from "./policy-graph";
import type { PolicyGraph, PolicyResource } from "./policy-graph";
import { matchesWildcard } from "./wildcard";

/**
 * Evaluates the statements of a policy document, one by one; a document that is none breaks the rule, an argument
 * that is left out does not.
 *
 * @param check - What is wrong with a statement; undefined if nothing is.
 */
export function statementViolations<Args>(
  subject: Subject<Args>,
  path: PathOf<Args>,
  check: (statement: Statement) => string | undefined,
): Violation[] {
  const policy = subject.get(path);
  if (policy === undefined || policy === null) return [];
  const read = readPolicy(policy);
  if ("fault" in read) return [violation(read.fault, path)];
  return read.flatMap((statement, index) => {
    const fault = check(statement);
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
 * property names it. A document that cannot be read has none: use this to find what must be there, not what must not.
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

/**
 * Whether a statement of a resource's policy lets anyone in: any principal, and no condition that identifies the
 * caller.
 */
export function admitsAnyone(statement: Statement): boolean {
  const { effect, principals, notPrincipals, conditions } = statement;
  // IAM takes a wildcard for all principals only, and refuses one within an ARN
  const anyone = principals.some((one) => one.includes("*")) || notPrincipals.length > 0;
  return effect === "Allow" && anyone && !identifiesCaller(conditions);
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
  const lowerCase = value.toLowerCase();
  return patterns.some((pattern) => matchesWildcard(pattern.toLowerCase(), lowerCase));
}

/**
 * Whether a policy denies everyone an action without TLS.
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

/** Keys, in lower case, that identify the caller, or on whose behalf it calls, so that it is not anyone. */
const identifyingKeys: readonly string[] = [
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:sourceowner",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:userid",
  "kms:calleraccount",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
];

const addressKeys: readonly string[] = ["aws:sourceip", "aws:vpcsourceip"];

function identifiesCaller(conditions: Statement["conditions"]): boolean {
  return (
    demands(conditions, (key) => identifyingKeys.includes(key), isSpecific) ||
    demands(conditions, (key) => addressKeys.includes(key), isNetwork)
  );
}

/**
 * Whether a value of a key such as `aws:SourceArn` or `aws:PrincipalOrgID` means someone; one that is not known yet is
 * taken to.
 */
export function isSpecific(value: unknown): boolean {
  if (value === unknownValue) return true;
  if (typeof value !== "string" || value === "" || value.includes("${")) return false;
  const [prefix, , , , account, ...name] = value.split(":");
  if (prefix !== "arn") return !/^[^/]*[*?]/.test(value);
  return account === "" ? !/[*?]/.test(name.join(":")) : /^\d{12}$/.test(account ?? "");
}

/** Whether a condition's value is an address, or a range that AWS does not take for the internet. */
function isNetwork(value: unknown): boolean {
  if (value === unknownValue) return true;
  if (typeof value !== "string") return false;
  const [, address = "", bits = "128"] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(value) ?? [];
  const version = isIP(address);
  return (version === 4 && Number(bits) >= 8) || (version === 6 && Number(bits) >= 32);
}
