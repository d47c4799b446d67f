import * as z from "zod";
import { unknownValue } from "./resource";

/** What stands for a part that is not known before the deployment; no rule takes it for a wildcard. */
export const unknownText = "(known after the deployment)";

const text = z.union([
  z.string(),
  z.custom<symbol>((value) => value === unknownValue).transform(() => unknownText),
]);

const oneOrMany = z
  .union([text, z.array(text)])
  .transform((value) => (typeof value === "string" ? [value] : value));

const principal = z
  .union([z.string(), z.record(z.string(), oneOrMany)])
  .transform((value) => (typeof value === "string" ? [value] : Object.values(value).flat()));

const statement = z
  .object({
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

const policyDocument = z.object({
  Statement: z
    .union([statement, z.array(statement)])
    .transform((value) => (Array.isArray(value) ? value : [value])),
});

/** A statement of an IAM policy; a single action, resource or principal is a list of one. */
export type Statement = z.output<typeof statement>;

/**
 * The statements of a policy document, given as JSON text or as the document.
 *
 * @returns undefined if it is no policy document.
 */
export function statementsOf(policy: unknown): Statement[] | undefined {
  return policyDocument.safeParse(typeof policy === "string" ? json(policy) : policy).data
    ?.Statement;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
