import type { PolicyArgs, RoleArgs } from "@pulumi/aws/iam";
import { isRecord } from "../../core/is-record";
import { statementViolations } from "../access";
import { unknownValue } from "../policy-graph";
import { violation } from "../rule";
import type { Subject, Violation } from "../rule";
import type { Statement } from "../statements";

/** Policies that are attached to identities. */
export const managedPolicyTypes: readonly string[] = ["aws:iam/policy:Policy"];

/** What holds policies inside of an identity. */
export const inlinePolicyTypes: readonly string[] = [
  "aws:iam/groupPolicy:GroupPolicy",
  "aws:iam/role:Role",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/userPolicy:UserPolicy",
];

/** The arguments that hold what an identity may do: `policy`, or in a role `inlinePolicies`. */
export type IdentityPolicyArgs = PolicyArgs & RoleArgs;

/**
 * Evaluates what an identity may do, statement by statement; a policy without a document breaks the rule.
 *
 * @param check - What is wrong with a statement; undefined if nothing is.
 */
export function identityViolations(
  subject: Subject<IdentityPolicyArgs>,
  check: (statement: Statement) => string | undefined,
): Violation[] {
  if (subject.resource.type !== "aws:iam/role:Role") {
    return subject.has("policy")
      ? statementViolations(subject, "policy", check)
      : [violation("found no policy document", "policy")];
  }
  const inline = subject.get("inlinePolicies") ?? [];
  if (!Array.isArray(inline)) return [violation("found no list of policies", "inlinePolicies")];
  return inline.flatMap((one: unknown, index) => {
    const path = `inlinePolicies.${String(index)}` as const;
    return isRecord(one) || one === unknownValue
      ? statementViolations(subject, `${path}.policy`, check)
      : [violation("found no policy", path)];
  });
}
