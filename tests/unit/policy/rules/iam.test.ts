import { iamRules } from "../../../../lib/policy/rules/iam";
import { describeRules, resource } from "../judge";

const table = "arn:aws:dynamodb:eu-central-1:123456789012:table/payments";
const policy = (...Statement: readonly Readonly<Record<string, unknown>>[]) => ({
  policy: JSON.stringify({ Version: "2012-10-17", Statement }),
});
const allow = (Action: string | string[], Resource: string | string[], more = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
const read = policy(allow(["dynamodb:GetItem", "dynamodb:Query"], table));

const inline = (type: string, properties: Readonly<Record<string, unknown>>) =>
  resource(`aws:iam/${type}:${type[0]?.toUpperCase() ?? ""}${type.slice(1)}`, properties);
const roleWith = (...policies: readonly Readonly<Record<string, unknown>>[]) =>
  inline("role", { inlinePolicies: policies });
const trust = (
  Principal: unknown,
  Action: string,
  Condition: Readonly<Record<string, unknown>> = {},
) => ({
  assumeRolePolicy: { Statement: [{ Effect: "Allow", Principal, Action, Condition }] },
});
const github = { Federated: "arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com" };
const audience = { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" };
const subject = (value: unknown) => ({
  StringEquals: audience,
  StringLike: { "token.actions.githubusercontent.com:sub": value },
});

describeRules("rules for IAM", iamRules, [
  {
    rule: "IAM.1",
    passes: [
      read,
      policy({ Effect: "Deny", Action: "*", Resource: "*" }),
      policy(allow("*", table)),
      policy(allow("s3:*", "*")),
      [inline("rolePolicy", read)],
      [roleWith(read)],
      [inline("role", { managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] })],
      [inline("rolePolicyAttachment", { policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" })],
      [inline("policyAttachment", {})],
    ],
    fails: [
      { given: policy(allow("*", "*")), at: ["policy"] },
      { given: policy(allow(["s3:GetObject", "*:*"], ["*"])), at: ["policy"] },
      { given: policy({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }), at: ["policy"] },
      { given: policy({ Effect: "Allow", Action: "*", NotResource: table }), at: ["policy"] },
      { given: { policy: "no policy" }, at: ["policy"] },
      { given: {}, at: ["policy"] },
      { given: [inline("groupPolicy", policy(allow("*", "*")))], at: ["policy"] },
      { given: [inline("userPolicy", policy(allow("*", "*")))], at: ["policy"] },
      { given: [roleWith(read, policy(allow("*", "*")))], at: ["inlinePolicies.1.policy"] },
      {
        given: [inline("role", { managedPolicyArns: ["arn:aws:iam::aws:policy/IAMFullAccess"] })],
        at: ["managedPolicyArns"],
      },
      ...["group", "role", "user"].map((who) => ({
        given: [
          inline(`${who}PolicyAttachment`, {
            policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
          }),
        ],
        at: ["policyArn"],
      })),
    ],
  },
  {
    rule: "IAM.2",
    passes: [[inline("policyAttachment", { roles: ["payments"] })], [inline("groupPolicy", read)]],
    fails: [
      { given: [inline("userPolicy", read)], at: [] },
      { given: [inline("userPolicyAttachment", { user: "jo", policyArn: "arn" })], at: [] },
      { given: [inline("policyAttachment", { users: ["jo"] })], at: ["users"] },
    ],
  },
  {
    rule: "IAM.21",
    passes: [
      read,
      policy(allow("s3:Get*", "*")),
      policy({ Effect: "Deny", Action: "s3:*", Resource: "*" }),
    ],
    fails: [
      { given: policy(allow("dynamodb:*", table)), at: ["policy"] },
      { given: [roleWith(policy(allow(["rds-db:*"], table)))], at: ["inlinePolicies.0.policy"] },
    ],
  },
  {
    rule: "IAM.Resource",
    passes: [
      read,
      policy(allow(["xray:PutTraceSegments", "ec2:CreateNetworkInterface"], "*")),
      policy(allow("s3:PutObject", "arn:aws:s3:::audit/*")),
      policy({ Effect: "Deny", Action: "s3:*", Resource: "*" }),
      policy(
        allow("sqs:SendMessage", "*", {
          Condition: { StringEquals: { "aws:ResourceAccount": "123456789012" } },
        }),
      ),
    ],
    fails: [
      { given: policy(allow("dynamodb:PutItem", "*")), at: ["policy"] },
      { given: policy(allow("secretsmanager:Get*", "*")), at: ["policy"] },
      { given: policy(allow("iam:PassRole", "arn:aws:iam::1:role/*")), at: ["policy"] },
      { given: [roleWith(policy(allow("kms:Decrypt", "*")))], at: ["inlinePolicies.0.policy"] },
    ],
  },
  {
    rule: "IAM.Trust",
    passes: [
      trust({ Service: "lambda.amazonaws.com" }, "sts:AssumeRole"),
      trust({ AWS: "*" }, "sts:AssumeRole", { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3" } }),
      trust(github, "sts:AssumeRoleWithWebIdentity", subject("repo:payments/payments:*")),
      trust(github, "sts:TagSession"),
    ].map((given) => [inline("role", given)]),
    fails: [
      { given: trust("*", "sts:AssumeRole"), at: ["assumeRolePolicy"] },
      { given: trust({ AWS: ["*"] }, "sts:AssumeRole"), at: ["assumeRolePolicy"] },
      {
        given: trust(github, "sts:AssumeRoleWithWebIdentity", { StringEquals: audience }),
        at: ["assumeRolePolicy"],
      },
      {
        given: trust(github, "sts:AssumeRoleWithWebIdentity", subject(["repo:*"])),
        at: ["assumeRolePolicy"],
      },
      {
        given: trust({ Federated: "accounts.google.com" }, "sts:AssumeRoleWithWebIdentity"),
        at: ["assumeRolePolicy"],
      },
      { given: { assumeRolePolicy: "{}" }, at: ["assumeRolePolicy"] },
    ].map(({ given, at }) => ({ given: [inline("role", given)], at })),
  },
  {
    rule: "IAM.AccessKey",
    passes: [[inline("user", {})]],
    fails: [{ given: { user: "jo" }, at: [] }],
  },
]);
