import type {
  PolicyArgs,
  PolicyAttachmentArgs,
  RoleArgs,
  RolePolicyAttachmentArgs,
} from "@pulumi/aws/iam";
import { admitsAnyone, allows, namesNoResource, statementViolations } from "../access";
import { absent } from "../expectations";
import { resourceRule, violation } from "../rule";
import type { Rule } from "../rule";
import type { Statement } from "../statements";
import { identityViolations, inlinePolicyTypes, managedPolicyTypes } from "./identity-policies";
import type { IdentityPolicyArgs } from "./identity-policies";

const identityPolicyTypes = [...managedPolicyTypes, ...inlinePolicyTypes];
const userPolicyTypes = [
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
];
const policyAttachmentType = "aws:iam/policyAttachment:PolicyAttachment";

/** AWS's policies that come to all rights, or can give them to themselves. */
const administratorPolicy = /:aws:policy\/(AdministratorAccess|IAMFullAccess|PowerUserAccess)$/;

/** Actions that always name a resource, so that "every resource" is more than a task needs. */
const actionsOnResources = [
  ...["BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "Scan", "UpdateItem"].map(
    (action) => `dynamodb:${action}`,
  ),
  ...["Decrypt", "Encrypt", "GenerateDataKey"].map((action) => `kms:${action}`),
  ...["DeleteObject", "GetObject", "ListBucket", "PutObject"].map((action) => `s3:${action}`),
  ...["DeleteMessage", "ReceiveMessage", "SendMessage"].map((action) => `sqs:${action}`),
  "events:PutEvents",
  "execute-api:Invoke",
  "firehose:PutRecord",
  "iam:PassRole",
  "kinesis:GetRecords",
  "kinesis:PutRecord",
  "lambda:InvokeFunction",
  "logs:PutLogEvents",
  "rds-db:connect",
  "secretsmanager:GetSecretValue",
  "secretsmanager:PutSecretValue",
  "ssm:GetParameter",
  "states:StartExecution",
  "sts:AssumeRole",
];

/** The rules for what IAM's identities may do, and for who they are. */
export const iamRules: readonly Rule[] = [
  resourceRule<IdentityPolicyArgs & RolePolicyAttachmentArgs>({
    id: "IAM.1",
    title: "No one may do everything",
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
    title: "Policies allow no service's every action",
    severity: "low",
    concern: "confidentiality",
    pci: ["7.2.2", "7.2.5"],
    remediation: "List the actions that are needed.",
    types: identityPolicyTypes,
    check: (subject) =>
      identityViolations(subject, ({ effect, actions }) => {
        const all = actions.filter((action) => /^[\w-]+:\*$/.test(action));
        return effect === "Allow" && all.length > 0 ? `allows ${all.join(", ")}` : undefined;
      }),
  }),
  resourceRule<IdentityPolicyArgs>({
    id: "IAM.Resource",
    title: "Policies name the resources of actions that have them",
    severity: "medium",
    concern: "confidentiality",
    pci: ["7.2.2", "7.2.5"],
    remediation: "Put the ARN of what the action is for in place of the wildcard.",
    types: identityPolicyTypes,
    check: (subject) =>
      identityViolations(subject, (statement) => {
        const action = actionsOnResources.find((one) => allows(statement, one));
        return action !== undefined && namesNoResource(statement)
          ? `allows ${action} without naming a resource`
          : undefined;
      }),
  }),
  resourceRule<RoleArgs>({
    id: "IAM.Trust",
    title: "Roles cannot be assumed by anyone",
    severity: "critical",
    concern: "confidentiality",
    pci: ["7.2.1", "7.3.1"],
    remediation:
      "Name principals in assumeRolePolicy; of an identity provider, the subject in a condition on its :sub.",
    binding: true,
    types: ["aws:iam/role:Role"],
    check: (role) =>
      statementViolations(role, "assumeRolePolicy", (statement) => {
        if (admitsAnyone(statement)) return "lets anyone assume the role";
        return admitsAnySubject(statement)
          ? "lets anyone whom the identity provider knows assume the role"
          : undefined;
      }),
  }),
  resourceRule<PolicyArgs>({
    id: "IAM.AccessKey",
    title: "No one has a long-lived access key",
    severity: "medium",
    concern: "confidentiality",
    pci: ["8.6.2", "8.6.3"],
    remediation: "Use a role; the key's secret would be in the stack's state.",
    types: ["aws:iam/accessKey:AccessKey"],
    check: () => [violation("an access key that does not expire")],
  }),
];

function allowsEverything({ effect, actions, notActions }: Statement): boolean {
  return (
    effect === "Allow" &&
    (notActions.length > 0 || actions.some((action) => action === "*" || action === "*:*"))
  );
}

/** Web identities are known by a provider that may have customers besides us: GitHub, Google. */
function admitsAnySubject(statement: Statement): boolean {
  const federated = statement.principals.some((principal) =>
    /:oidc-provider\/|^accounts\.google\.com$|^www\.amazon\.com$|^graph\.facebook\.com$/.test(
      principal,
    ),
  );
  const keys = Object.values(statement.conditions).flatMap((condition) =>
    Object.entries(condition),
  );
  return (
    federated &&
    allows(statement, "sts:AssumeRoleWithWebIdentity") &&
    !keys.some(([key, value]) => /:(sub|user_id)$/i.test(key) && !isWild(value))
  );
}

function isWild(value: unknown): boolean {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.some((one) => one === "*" || one === "repo:*");
}
