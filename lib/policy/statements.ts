import * as z from "zod";
import { isRecord } from "../core/is-record";
import { unknownValue } from "./policy-graph";
import { isWithinLimits } from "./size";
import type { Limits } from "./size";

/** What stands for a part that is not known before the deployment; no rule takes it for a wildcard. */
export const unknownText = "(known after the deployment)";

/** Above what AWS takes: the largest policy, of a KMS key, has 32 KiB, and IAM does not count white space. */
const documentLimits: Limits = { size: 65_536, depth: 16 };

const text = z.union([
  z.string(),
  z.custom<symbol>((value) => value === unknownValue).transform(() => unknownText),
]);

const oneOrMany = z
  .union([text, z.array(text)])
  .transform((value) => (typeof value === "string" ? [value] : value));

const principalKinds = z.enum(["AWS", "CanonicalUser", "Federated", "Service"]);

const principal = z
  .union([text, z.partialRecord(principalKinds, oneOrMany)])
  .transform((value) => (typeof value === "string" ? [value] : Object.values(value).flat()));

// strict: AWS takes no element by another name, and one that is not read must not pass
const statement = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(["Allow", "Deny"]),
    Principal: principal.default([]),
    NotPrincipal: principal.default([]),
    Action: oneOrMany.default([]),
    NotAction: oneOrMany.default([]),
    Resource: oneOrMany.default([]),
    NotResource: oneOrMany.default([]),
    Condition: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  })
  .transform((value) => ({
    sid: value.Sid,
    effect: value.Effect,
    /** Of every kind together: ARNs, accounts, services. */
    principals: value.Principal,
    notPrincipals: value.NotPrincipal,
    actions: value.Action,
    notActions: value.NotAction,
    resources: value.Resource,
    notResources: value.NotResource,
    /** Condition keys with their values, by operator. */
    conditions: value.Condition,
  }));

const policyDocument = z.strictObject({
  Version: z.unknown().optional(),
  Id: z.unknown().optional(),
  Statement: z
    .union([statement, z.array(statement)])
    .transform((value) => (Array.isArray(value) ? value : [value])),
});

/** A statement of an IAM policy; a single action, resource or principal is a list of one. */
export type Statement = z.output<typeof statement>;

/**
 * Reads a policy document, given as JSON text or as the document.
 *
 * @returns Its statements, or why there are none.
 */
export function readPolicy(policy: unknown): readonly Statement[] | { readonly fault: string } {
  const tooLarge = { fault: "found a policy document that is larger or deeper than AWS takes any" };
  if (!isWithinLimits(policy, documentLimits)) return tooLarge;
  const document = typeof policy === "string" ? json(policy) : policy;
  if (!isWithinLimits(document, documentLimits)) return tooLarge;
  if (typeof policy === "string" && isRecord(document) && isTwofold(policy, document)) {
    return { fault: "found a policy document that says something twice" };
  }
  const { data } = policyDocument.safeParse(document);
  return data?.Statement ?? { fault: "found no policy document" };
}

/**
 * The statements of a policy document, given as JSON text or as the document.
 *
 * @returns undefined if it is no policy document.
 */
export function statementsOf(policy: unknown): readonly Statement[] | undefined {
  const read = readPolicy(policy);
  return "fault" in read ? undefined : read;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a map in a JSON text has two members by one name, of which `JSON.parse` keeps one. */
function isTwofold(text: string, parsed: unknown): boolean {
  const written = text.replaceAll(/"(?:[^"\\]|\\.)*"/gs, "").split(":").length - 1;
  return written !== memberCount(parsed);
}

function memberCount(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const inner: readonly unknown[] = Object.values(value);
  return inner.reduce<number>(
    (sum, one) => sum + memberCount(one),
    Array.isArray(value) ? 0 : inner.length,
  );
}
