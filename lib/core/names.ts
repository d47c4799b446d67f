import type { NameScope, StackNames } from "../types";

/**
 * The longest `environmentSuffix`. The tightest name is an IAM role's, 64 characters at most:
 * `staging-payment-reconciliation-role-` leaves 28. A test checks every name of the graph with
 * the longest suffix against the `nameLimit` of its type in `lib/catalogue`.
 */
export const maxSuffixLength = 24;

/** What a suffix may look like: it stands in bucket, database and domain names. */
export const suffixPattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** `{prefix}-{environment}-{purpose}-{suffix}`: the name of everything but IAM, keys and buckets. */
export function resourceName(scope: NameScope, purpose: string): string {
  return `${scope.prefix}-${scope.environment}-${inItsRegion(scope, purpose)}-${scope.environmentSuffix}`;
}

/** `{environment}-{short prefix}-{purpose}-role-{suffix}`: every IAM name starts with the environment. */
export function roleName(scope: NameScope, purpose: string): string {
  return iamName(scope, purpose, "role");
}

/** `{environment}-{short prefix}-{purpose}-policy-{suffix}`. */
export function policyName(scope: NameScope, purpose: string): string {
  return iamName(scope, purpose, "policy");
}

function iamName(scope: NameScope, purpose: string, kind: "role" | "policy"): string {
  const { environment, shortPrefix, environmentSuffix } = scope;
  return `${environment}-${shortPrefix}-${inItsRegion(scope, purpose)}-${kind}-${environmentSuffix}`;
}

/**
 * The start of `{environment}-{short prefix}-{purpose}-{random}`, of a role whose name another deployment of the
 * same stack must not take; AWS appends 26 characters to at most 38.
 */
export function roleNamePrefix(scope: NameScope, purpose: string): string {
  return `${scope.environment}-${scope.shortPrefix}-${inItsRegion(scope, purpose)}-`;
}

/**
 * `alias/{short prefix}-{purpose}-{suffix}`, and with the environment before the suffix where the stack is not the
 * environment's own: an alias is unique within an account and region.
 */
export function keyAlias(scope: NameScope, purpose: string): string {
  return `alias/${scope.shortPrefix}-${inItsRegion(scope, purpose)}-${stackLabel(scope)}`;
}

/**
 * The start of `{prefix}-{environment}-{purpose}-{random}`: bucket names are global, so a random
 * part (8 hexadecimal digits) avoids collisions with anyone else's.
 */
export function bucketPrefix(scope: NameScope, purpose: string): string {
  return `${scope.prefix}-${scope.environment}-${inItsRegion(scope, purpose)}-`;
}

/** A purpose with the short form of the region, where that is not the stack's own: `replica-usw2`. */
function inItsRegion({ region }: NameScope, purpose: string): string {
  return region === undefined ? purpose : `${purpose}-${shortRegion(region)}`;
}

/** `us-west-2` as `usw2`, `ap-southeast-1` as `apse1`: no two regions have the same. */
function shortRegion(region: string): string {
  const [country, ...rest] = region.split("-");
  const initials = rest.map((part) =>
    part.replace(/^(north|south)(east|west)$/, "$1 $2").replaceAll(/([a-z])[a-z]*\s?/g, "$1"),
  );
  return [country, ...initials].join("");
}

/** Stands for the account's 12-digit id in the domain that a configuration names. */
const accountPlaceholder = "{account}";

/**
 * The domain of an API unless the configuration names another: `{service}-{environment}-{account}.payments.internal`,
 * with the suffix too where the stack is not the environment's own. API Gateway's domain names are unique in a region
 * across all accounts (developer guide, "Custom domain name for public REST APIs"), hence the account's id.
 */
export function defaultDomain(scope: StackNames, service: string): string {
  return `${service}-${stackLabel(scope)}-${accountPlaceholder}.payments.internal`;
}

/** What no other stack has: the environment for its own stack, and else `{environment}-{suffix}`. */
function stackLabel({ environment, environmentSuffix: suffix }: StackNames): string {
  return suffix === environment ? environment : `${environment}-${suffix}`;
}

/** The domain that a configuration names, in an account. */
export function domainIn(accountId: string, configured: string): string {
  return configured.replaceAll(accountPlaceholder, accountId);
}

/** At most 253 characters, in labels of at most 63 (RFC 1035). */
const domainPattern = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/;

/** Whether what a configuration names is a domain in whatever account. */
export function isDomain(configured: string): boolean {
  return domainPattern.test(domainIn("000000000000", configured));
}
