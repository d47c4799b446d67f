import type { PolicyArgs, RoleArgs } from "@pulumi/aws/iam";
import { statementViolations } from "../access";
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
 * Judges what an identity may do, statement by statement; a policy without a document breaks the rule.
 *
 * @param judge - What is wrong with a statement; undefined if nothing is.
 */
export function identityViolations(
  subject: Subject<IdentityPolicyArgs>,
  judge: (statement: Statement) => string | undefined,
): Violation[] {
  if (subject.resource.type === "aws:iam/role:Role") {
    return subject
      .list("inlinePolicies")
      .flatMap((_, index) =>
        statementViolations(subject, `inlinePolicies.${String(index)}.policy`, judge),
      );
  }
  return subject.has("policy")
    ? statementViolations(subject, "policy", judge)
    : [violation("found no policy document", "policy")];
}
