import { iamRules } from "../../../../lib/policy/rules/iam";
import { describeRules, resource } from "../rule-cases";

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

const tagged = (keys: Readonly<Record<string, unknown>> = {}, operator = "StringEquals") => ({
  Condition: {
    [operator]: Object.keys(keys).length > 0 ? keys : { "aws:ResourceTag/team": "pay" },
  },
});

const inline = (type: string, properties: Readonly<Record<string, unknown>>) =>
  resource(`aws:iam/${type}:${type[0]?.toUpperCase() ?? ""}${type.slice(1)}`, properties);
const roleWith = (...policies: readonly Readonly<Record<string, unknown>>[]) =>
  inline("role", { inlinePolicies: policies });
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
      ...[
        allow("**", "*"),
        allow("?*", "*?"),
        allow(["s3:GetObject", "*:?*"], "arn:*"),
        allow("*", "arn:aws:*"),
        allow(
          ["a", "c", "d", "e", "i", "k", "s"].map((letter) => `${letter}*`),
          "*",
        ),
        allow("*", "*", { Condition: { StringEquals: { "aws:ResourceTag/team": "pay" } } }),
        allow("*", "*", { Condition: { StringEquals: { "aws:ResourceAccount": "123456789012" } } }),
      ].map((statement) => ({ given: policy(statement), at: ["policy"] })),
      { given: policy({ Effect: "Allow", Action: "*", NotResource: table }), at: ["policy"] },
      { given: { policy: "no policy" }, at: ["policy"] },
      { given: {}, at: ["policy"] },
      { given: [inline("groupPolicy", policy(allow("*", "*")))], at: ["policy"] },
      { given: [inline("userPolicy", policy(allow("*", "*")))], at: ["policy"] },
      { given: [roleWith(read, policy(allow("*", "*")))], at: ["inlinePolicies.1.policy"] },
      {
        given: [inline("role", { inlinePolicies: policy(allow("*", "*")) })],
        at: ["inlinePolicies"],
      },
      {
        given: [inline("role", { inlinePolicies: [null, policy(allow("*", "*"))] })],
        at: ["inlinePolicies.0", "inlinePolicies.1.policy"],
      },
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
      { given: policy(allow("s3:**", table)), at: ["policy"] },
      { given: policy(allow(["s3:GetObject", "s3:*?"], table)), at: ["policy"] },
      { given: policy(allow("*", table)), at: ["policy"] },
      { given: policy({ Effect: "Allow", NotAction: "s3:Get*", Resource: table }), at: ["policy"] },
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
      policy(allow("sqs:SendMessage", "*", tagged())),
      policy(allow("s3:GetObject", "*", tagged({ "s3:ExistingObjectTag/team": "pay" }))),
    ],
    fails: [
      { given: policy(allow("dynamodb:PutItem", "*")), at: ["policy"] },
      ...[
        "iam:PutRolePolicy",
        "lambda:UpdateFunctionCode",
        "kms:PutKeyPolicy",
        "s3:PutBucketPolicy",
        "rds:ModifyDB*",
      ].map((action) => ({ given: policy(allow(action, "*")), at: ["policy"] })),
      ...[
        tagged({}, "StringNotEquals"),
        tagged({ "aws:ResourceTag/team": "true" }, "Null"),
        tagged({}, "StringEqualsIfExists"),
        tagged({}, "ForAllValues:StringEquals"),
        tagged({ "aws:ResourceTag/team": "*" }, "StringLike"),
        tagged({ "aws:ResourceTag/team": ["pay", "?*"] }, "StringLike"),
        tagged({ "aws:ResourceTag/team": "${aws:PrincipalTag/team}" }),
        tagged({ "aws:RequestTag/resourcetag": "pay" }),
        tagged({ "aws:ResourceAccount": "123456789012" }),
      ].map((more) => ({ given: policy(allow("sqs:SendMessage", "*", more)), at: ["policy"] })),
      { given: policy(allow("iam:PassRole", "*", tagged())), at: ["policy"] },
      { given: policy(allow("sts:AssumeRole", "*", tagged())), at: ["policy"] },
      {
        given: policy(allow(["sqs:SendMessage", "sqs:TagQueue"], "*", tagged())),
        at: ["policy"],
      },
      { given: policy(allow("s3:*", "arn:aws:s3:::*", tagged())), at: ["policy"] },
      { given: policy(allow("secretsmanager:Get*", "*")), at: ["policy"] },
      { given: policy(allow("iam:PassRole", "arn:aws:iam::1:role/*")), at: ["policy"] },
      { given: [roleWith(policy(allow("kms:Decrypt", "*")))], at: ["inlinePolicies.0.policy"] },
    ],
  },
  {
    rule: "IAM.AccessKey",
    passes: [[inline("user", {})]],
    fails: [{ given: { user: "jo" }, at: [] }],
  },
]);
