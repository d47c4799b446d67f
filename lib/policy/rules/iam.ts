import type { PolicyArgs, PolicyAttachmentArgs, RolePolicyAttachmentArgs } from "@pulumi/aws/iam";
import { allows } from "../access";
import { isLimitedByTag, namesNoResource } from "../breadth";
import { absent } from "../expectations";
import { resourceRule, violation } from "../rule";
import type { Rule } from "../rule";
import type { Statement } from "../statements";
import { isAnything } from "../wildcard";
import { actionsOnResources } from "./actions-on-resources";
import { identityViolations, inlinePolicyTypes, managedPolicyTypes } from "./identity-policies";
import type { IdentityPolicyArgs } from "./identity-policies";

const identityPolicyTypes = [...managedPolicyTypes, ...inlinePolicyTypes];
const userPolicyTypes = [
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
];
const policyAttachmentType = "aws:iam/policyAttachment:PolicyAttachment";

/** AWS's policies that grant full administrative privileges, or can grant them to themselves. */
const administratorPolicy = /:aws:policy\/(AdministratorAccess|IAMFullAccess|PowerUserAccess)$/;

/** The rules for what IAM's identities may do, and for who they are. */
export const iamRules: readonly Rule[] = [
  resourceRule<IdentityPolicyArgs & RolePolicyAttachmentArgs>({
    id: "IAM.1",
    title: "No policy grants full administrative privileges",
    severity: "high",
    concern: "confidentiality",
    pci: ["7.2.1", "7.2.2"],
    remediation: "Allow the actions that are needed on the resources that they are for.",
    binding: true,
    types: [
      ...identityPolicyTypes,
      "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      "aws:iam/userPolicyAttachment:UserPolicyAttachment",
      policyAttachmentType,
    ],
    check: (subject) => {
      if (!identityPolicyTypes.includes(subject.resource.type)) {
        const policy = subject.get("policyArn");
        return typeof policy === "string" && administratorPolicy.test(policy)
          ? [violation(`found ${policy}`, "policyArn")]
          : [];
      }
      const attached = subject
        .texts("managedPolicyArns")
        .filter((arn) => administratorPolicy.test(arn));
      return [
        ...attached.map((arn) => violation(`found ${arn}`, "managedPolicyArns")),
        // no condition excuses it: most actions have no tag of a resource, or can set one
        ...identityViolations(subject, (statement) =>
          allowsEverything(statement) && namesNoResource(statement)
            ? "allows everything on everything"
            : undefined,
        ),
      ];
    },
  }),
  resourceRule<PolicyAttachmentArgs>({
    id: "IAM.2",
    title: "Users have no policies of their own",
    severity: "low",
    concern: "confidentiality",
    pci: ["7.2.1"],
    remediation: "Attach the policy to a group, or let the user assume a role.",
    types: [...userPolicyTypes, policyAttachmentType],
    check: (attachment) =>
      userPolicyTypes.includes(attachment.resource.type)
        ? [violation("a user has a policy")]
        : attachment.expect("users", absent),
  }),
  resourceRule<IdentityPolicyArgs>({
    id: "IAM.21",
    title: "Policies do not allow all actions of a service",
    severity: "low",
    concern: "confidentiality",
    pci: ["7.2.2", "7.2.5"],
    remediation: "List the actions that are needed.",
    binding: true,
    types: identityPolicyTypes,
    check: (subject) =>
      identityViolations(subject, ({ effect, actions, notActions }) => {
        if (effect === "Deny") return undefined;
        const all = actions.filter((action) => isAnything(action.slice(action.indexOf(":") + 1)));
        if (all.length > 0) return `allows ${all.join(", ")}`;
        return notActions.length > 0 ? "allows every action but some" : undefined;
      }),
  }),
  resourceRule<IdentityPolicyArgs>({
    id: "IAM.Resource",
    title: "Policies name the resources of actions that have them",
    severity: "medium",
    concern: "confidentiality",
    pci: ["7.2.2", "7.2.5"],
    remediation:
      "Put the ARN of what the action is for in place of the wildcard. A condition narrows only by a tag of the resource with a value that is written out, for actions that are not IAM's or STS's and where the statement cannot set the tag.",
    binding: true,
    types: identityPolicyTypes,
    check: (subject) =>
      identityViolations(subject, (statement) => {
        if (!namesNoResource(statement)) return undefined;
        const action = actionsOnResources.find(
          (one) => allows(statement, one) && !isLimitedByTag(statement, one),
        );
        return action === undefined ? undefined : `allows ${action} without naming a resource`;
      }),
  }),
  resourceRule<PolicyArgs>({
    id: "IAM.AccessKey",
    title: "No user has a long-lived access key",
    severity: "medium",
    concern: "confidentiality",
    pci: ["8.6.2", "8.6.3"],
    remediation: "Use a role; the key's secret would be in the stack's state.",
    types: ["aws:iam/accessKey:AccessKey"],
    check: () => [violation("an access key that does not expire")],
  }),
];

/** Of services that have nothing to do with each other: who may do all of this may do anything. */
const unrelatedActions = [
  "cloudtrail:StopLogging",
  "dynamodb:DeleteTable",
  "ec2:RunInstances",
  "iam:CreateUser",
  "kms:PutKeyPolicy",
  "s3:PutBucketPolicy",
  "sts:AssumeRole",
];

/** However it is spelled: `*`, `*:*`, `?*`, or a list. */
function allowsEverything(statement: Statement): boolean {
  return (
    statement.effect === "Allow" &&
    (statement.notActions.length > 0 || unrelatedActions.every((one) => allows(statement, one)))
  );
}
