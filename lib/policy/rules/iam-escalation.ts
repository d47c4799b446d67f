import type { GroupArgs, PolicyArgs, RoleArgs, UserArgs } from "@pulumi/aws/iam";
import { allowsEscalation } from "../escalation";
import type { PolicyGraph, PolicyResource } from "../policy-graph";
import { Subject, graphRule, violation } from "../rule";
import type { Rule } from "../rule";
import { readPolicy } from "../statements";
import type { Statement } from "../statements";
import { escalationPaths } from "../escalation-paths";
import type { EscalationPath } from "../escalation-paths";

type Args = PolicyArgs & RoleArgs & UserArgs & GroupArgs;

const policyType = "aws:iam/policy:Policy";

/** What a kind of identity is called: in types, in arguments, and in ARNs. */
type Kind = "group" | "role" | "user";

const identityTypes: Readonly<Record<string, Kind>> = {
  "aws:iam/group:Group": "group",
  "aws:iam/role:Role": "role",
  "aws:iam/user:User": "user",
};

const inlineTypes: Readonly<Record<Kind, string>> = {
  group: "aws:iam/groupPolicy:GroupPolicy",
  role: "aws:iam/rolePolicy:RolePolicy",
  user: "aws:iam/userPolicy:UserPolicy",
};

const attachmentTypes: Readonly<Record<Kind, string>> = {
  group: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  role: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  user: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
};

/** The rule against privilege escalation. */
export const iamEscalationRules: readonly Rule[] = [
  graphRule<Args>({
    id: "IAM.Escalation",
    title: "No identity can escalate its privileges",
    severity: "critical",
    concern: "confidentiality",
    pci: ["7.2.1", "7.2.2", "7.2.5"],
    remediation:
      "Name the roles that may be passed, and the users, roles, policies, functions and stacks that may be changed; or demand iam:PassedToService, iam:PermissionsBoundary or iam:PolicyARN in a condition. Deploy what administers the account in a stack of its own.",
    binding: true,
    types: [policyType, ...Object.values(inlineTypes), ...Object.keys(identityTypes)],
    check: (subject, graph) => {
      const kind = identityTypes[subject.resource.type];
      if (kind === undefined) {
        const read = readPolicy(subject.get("policy"));
        if ("fault" in read) return [violation(read.fault, "policy")];
        return escalations(allowedPaths(read, policyNames(subject.resource)), "policy");
      }
      // what one policy alone allows is reported for that policy
      const { inline, policies } = policiesOf(subject.resource, kind, graph);
      const documents = [...inline, ...policies.map((one) => statementsIn(one))];
      const found = new Set(
        policies.flatMap((one) => allowedPaths(statementsIn(one), policyNames(one))),
      );
      const itself = [
        ...ownNames(subject.resource, kind),
        ...policies.flatMap((one) => policyNames(one)),
      ];
      return escalations(
        allowedPaths(documents.flat(), itself).filter((path) => !found.has(path)),
        ...(inline.length > 0 ? ["inlinePolicies"] : []),
      );
    },
  }),
];

function allowedPaths(
  statements: readonly Statement[],
  itself: readonly string[],
): EscalationPath[] {
  return escalationPaths.filter((path) => allowsEscalation(path, statements, itself));
}

function escalations(found: readonly EscalationPath[], ...at: readonly string[]) {
  if (found.length === 0) return [];
  const ways = found.slice(0, 3).map(({ action, others }) => [action, ...others].join(" with "));
  const more = found.length > 3 ? `, and in ${String(found.length - 3)} more ways` : "";
  return [violation(`can escalate its privileges by ${ways.join(", or by ")}${more}`, ...at)];
}

/** The policies that an identity has: within its arguments, and beside it. Those of AWS are IAM.1's. */
function policiesOf(identity: PolicyResource, kind: Kind, graph: PolicyGraph) {
  const subject = new Subject<Args>(identity);
  const attachments = [
    ...graph.referringTo(identity, attachmentTypes[kind], kind),
    ...graph.referringTo(identity, "aws:iam/policyAttachment:PolicyAttachment", `${kind}s`),
  ];
  const inline = subject.get("inlinePolicies");
  const documents: readonly unknown[] = Array.isArray(inline) ? inline : [];
  return {
    inline: documents.map((_, index) =>
      statementsOr(subject.get(`inlinePolicies.${String(index)}.policy`)),
    ),
    policies: [
      ...new Set([
        ...graph.referringTo(identity, inlineTypes[kind], kind),
        ...attachments.flatMap((one) => graph.referredToBy(one, "policyArn", policyType)),
        ...graph.referredToBy(identity, "managedPolicyArns", policyType),
      ]),
    ],
  };
}

function statementsIn(policy: PolicyResource): readonly Statement[] {
  return statementsOr(new Subject<Args>(policy).get("policy"));
}

/** None, of what cannot be read: this rule and IAM.1 report it for the policy itself. */
function statementsOr(document: unknown): readonly Statement[] {
  const read = readPolicy(document);
  return "fault" in read ? [] : read;
}

/** As ARNs of the resource end; none while its name is not known. */
function ownNames(resource: PolicyResource, kind: Kind | "policy"): string[] {
  const { name, path } = resource.properties;
  const prefix = typeof path === "string" ? path : "/";
  return [
    ...(typeof name === "string" ? [`${kind}${prefix}${name}`] : []),
    ...(resource.arn === undefined ? [] : [resource.arn.split(":").slice(5).join(":")]),
  ];
}

/** Whom a policy is of, or what it is itself: only a managed one has an ARN. */
function policyNames(policy: PolicyResource): string[] {
  if (policy.type === policyType) return ownNames(policy, "policy");
  return Object.values(identityTypes).flatMap((kind) => {
    const name = policy.properties[kind];
    return typeof name === "string" ? [`${kind}/${name}`] : [];
  });
}
