import { allows } from "./access";
import { demands } from "./conditions";
import { unknownValue } from "./policy-graph";
import type { Statement } from "./statements";

/** Services whose ARNs begin with a resource's name, and not with what kind it is of: `table/payments`. */
const nameFirst = ["codecommit", "codepipeline", "execute-api", "neptune-db", "s3", "sns", "sqs"];

/**
 * Whether the pattern of an ARN means every resource, or all of a kind: nothing in it is a part of a name. In most
 * ARNs kinds and names take turns: `table/payments/index/by-date`.
 */
export function matchesEveryResource(resource: string): boolean {
  // a policy variable stands for some text
  const pattern = resource.replaceAll(/\$\{[^{}$]*\}/g, "variable");
  const wildcard = pattern.search(/[*?]/);
  if (wildcard < 0) return false;
  const parts = pattern.split(":");
  const isArn = parts.length > 5;
  const steps = (isArn ? parts.slice(5).join(":") : pattern.slice(wildcard).replace(/^[*?]+/, ""))
    .split(/[:/]/)
    .filter((step) => step !== "");
  const service = parts[2] ?? "";
  const names = nameFirst.includes(service)
    ? steps.filter(hasLetters)
    : steps.filter((step, index) => hasLetters(step) && isName(step, index, steps.length));
  return names.length === 0;
}

/** Results by statement: each is evaluated for every path to more rights. */
const nameless = new WeakMap<Statement, boolean>();

/** Whether a statement names no resource that it is about. */
export function namesNoResource(statement: Statement): boolean {
  const { resources, notResources } = statement;
  const known = nameless.get(statement);
  const names =
    known ?? (notResources.length > 0 || resources.some((one) => matchesEveryResource(one)));
  nameless.set(statement, names);
  return names;
}

/** The names of the actions that change resources' tags. */
const taggingActions = [
  "AddTagsToResource",
  "AddTagsToStream",
  "CreateTags",
  "PutBucketTagging",
  "PutObjectTagging",
  "PutObjectVersionTagging",
  "TagDeliveryStream",
  "TagLogGroup",
  "TagQueue",
  "TagResource",
];

/**
 * Whether a statement limits the resources of an action by a tag: one with a value that is written out, in a
 * condition that fails without it, where the statement does not allow to set the tag as well. Not for IAM and STS:
 * few of their actions have such a tag, and of `iam:PassRole` AWS says that it is not reliable.
 */
export function isLimitedByTag(statement: Statement, action: string): boolean {
  const service = action.slice(0, action.indexOf(":"));
  return (
    service !== "iam" &&
    service !== "sts" &&
    demands(
      statement.conditions,
      (key) => /^[a-z0-9-]+:(resourcetag|existingobjecttag)\/./.test(key),
      isLiteral,
    ) &&
    !taggingActions.some((one) => allows(statement, `${service}:${one}`))
  );
}

/**
 * Whether a condition's value is one text, without wildcards and variables; one that is not known yet is taken to be.
 */
export function isLiteral(value: unknown): boolean {
  return value === unknownValue || (typeof value === "string" && !/[*?]|\$\{/.test(value));
}

function hasLetters(step: string): boolean {
  return /[\p{L}\p{N}]/u.test(step);
}

/** Names are at every second step; what comes last and is no kind's beginning is one too. */
function isName(step: string, index: number, count: number): boolean {
  const last = index === count - 1;
  return index % 2 === 1 || (last && (index > 0 || !/[*?]/.test(step)));
}
