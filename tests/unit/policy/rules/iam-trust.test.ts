import { unknownValue } from "../../../../lib/policy/policy-graph";
import { iamTrustRules } from "../../../../lib/policy/rules/iam-trust";
import { describeRules, resource } from "../rule-cases";

type Part = Readonly<Record<string, unknown>>;

const webIdentity = "sts:AssumeRoleWithWebIdentity";
const trust = (Principal: unknown, Action: string, Condition: Part = {}) => [
  resource("aws:iam/role:Role", {
    assumeRolePolicy: { Statement: [{ Effect: "Allow", Principal, Action, Condition }] },
  }),
];
const found = (given: readonly ReturnType<typeof resource>[]) => ({
  given,
  at: ["assumeRolePolicy"],
});

const githubHost = "token.actions.githubusercontent.com";
const github = { Federated: `arn:aws:iam::123456789012:oidc-provider/${githubHost}` };
const audience = { [`${githubHost}:aud`]: "sts.amazonaws.com" };
const byGithub = (Condition: Part) => trust(github, webIdentity, Condition);
const subject = (value: unknown, operator = "StringLike", key = `${githubHost}:sub`) =>
  byGithub({ StringEquals: audience, [operator]: { [key]: value } });

const provider = (host: string, value: unknown) =>
  trust({ Federated: `arn:aws:iam::1:oidc-provider/${host}` }, webIdentity, {
    StringLike: { [`${host}:sub`]: value },
  });
const gitlab = (value: string) => provider("gitlab.com", value);
const terraform = (value: string) => provider("app.terraform.io", value);
const eks = (value: string) => provider("oidc.eks.eu-central-1.amazonaws.com/id/A1B2", value);
const bitbucket = (value: string) =>
  provider("api.bitbucket.org/2.0/workspaces/pay/pipelines-config/identity/oidc", value);
const circleci = (value: string) => provider("oidc.circleci.com/org/a1b2", value);
const cognito = (conditions: Part) =>
  trust({ Federated: "cognito-identity.amazonaws.com" }, webIdentity, conditions);
const pool = { StringEquals: { "cognito-identity.amazonaws.com:aud": "eu-central-1:a1b2" } };
const amr = (value: unknown) => ({
  "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": value },
});

const ofOne = [
  "repo:pay/ments:environment:prod",
  "repo:pay/ments:ref:refs/heads/main",
  "repo:pay/ments:ref:refs/tags/v*",
  "repo:pay@12/ments@34:environment:prod",
  ["repo:pay/ments:environment:prod", "repo:pay/ments:environment:staging"],
  unknownValue,
];

const ofTenant = [
  "repo:pay/ments:*",
  "repo:pay/ments*",
  "repo:pay/*",
  "repo:pay/*:environment:prod",
  "repo:pay/ments:pull_request",
  "repo:pay/ments:ref:*",
  "repo:pay/ments:ref:refs/*",
  "repo:pay/ments:ref:refs/heads/*",
  "repo:pay/ments:environment:*",
  ["repo:pay/ments:environment:prod", "repo:pay/ments:*"],
];

const ofAnyone = [
  "*",
  "?*",
  "repo:*",
  "repo:*:*",
  "repo:*/*:*",
  "repo:pay*",
  "repo:pay*/ments:environment:prod",
  "repo:*/ments:ref:refs/heads/main",
  "${aws:PrincipalTag/repository}",
  "*:environment:prod",
  ["repo:pay/ments:environment:prod", "repo:*"],
  [],
  7,
];

describeRules("rules for who may assume a role", iamTrustRules, [
  {
    rule: "IAM.Trust",
    passes: [
      trust({ Service: "lambda.amazonaws.com" }, "sts:AssumeRole"),
      trust({ AWS: "arn:aws:iam::123456789012:root" }, "sts:AssumeRole"),
      trust({ AWS: "*" }, "sts:AssumeRole", { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3" } }),
      trust({ AWS: "arn:aws:iam::123456789012:root" }, "sts:*"),
      trust(github, "sts:TagSession"),
      ...[...ofOne, ...ofTenant].map((value) => subject(value)),
      subject("repo:pay/ments:environment:prod", "StringEquals", `${githubHost.toUpperCase()}:SUB`),
      byGithub({
        StringLike: { [`${githubHost}:sub`]: "repo:*" },
        StringEquals: { [`${githubHost}:sub`]: "repo:pay/ments:environment:prod" },
      }),
      trust({ Federated: "accounts.google.com" }, webIdentity, {
        StringEquals: { "accounts.google.com:sub": "1234567890" },
      }),
      cognito({ ...pool, ...amr("authenticated") }),
      eks("system:serviceaccount:pay:*"),
      gitlab("project_path:pay/*:ref_type:branch:ref:main"),
    ],
    fails: [
      trust("*", "sts:AssumeRole"),
      trust({ AWS: ["*"] }, "sts:AssumeRole"),
      byGithub({}),
      byGithub({ StringEquals: audience }),
      trust(unknownValue, webIdentity, { StringEquals: audience }),
      ...ofAnyone.map((value) => subject(value)),
      ...[
        "StringNotLike",
        "StringNotEquals",
        "StringLikeIfExists",
        "StringEqualsIfExists",
        "ForAllValues:StringLike",
      ].map((operator) => subject("repo:pay/ments:environment:prod", operator)),
      subject("false", "Null"),
      trust({ Federated: "accounts.google.com" }, webIdentity, {
        StringEquals: { "accounts.google.com:aud": "client" },
      }),
      gitlab("project_path:*"),
      gitlab("project_path:pay*/ments:ref_type:branch:ref:main"),
      terraform("organization:*:project:ments:workspace:prod:run_phase:apply"),
      terraform("organization:pay*"),
      bitbucket("*"),
      bitbucket("{a1b2*"),
      circleci("org/*/project/*"),
      eks("system:serviceaccount:*:*"),
      eks("system:serviceaccount:*"),
      cognito({}),
      cognito(pool),
      cognito({ ...pool, ...amr("unauthenticated") }),
      cognito({ ...pool, ...amr(["authenticated", "*"]) }),
      cognito(amr("authenticated")),
      cognito({
        StringLike: { "cognito-identity.amazonaws.com:aud": "*" },
        ...amr("authenticated"),
      }),
      [resource("aws:iam/role:Role", { assumeRolePolicy: "{}" })],
    ].map(found),
  },
  {
    rule: "IAM.Subject",
    passes: [
      trust({ Service: "lambda.amazonaws.com" }, "sts:AssumeRole"),
      ...ofOne.map((value) => subject(value)),
      // which is another rule's
      ...ofAnyone.map((value) => subject(value)),
      byGithub({
        StringLike: { [`${githubHost}:sub`]: "repo:pay/ments:*" },
        StringEquals: { [`${githubHost}:sub`]: "repo:pay/ments:environment:prod" },
      }),
      gitlab("project_path:pay/ments:ref_type:branch:ref:main"),
      terraform("organization:pay:project:*:workspace:prod:run_phase:*"),
      terraform("organization:pay:project:ments:workspace:*:run_phase:*"),
      bitbucket("{a1b2}:*"),
      circleci("org/a1/project/b2/user/*"),
      eks("system:serviceaccount:pay:ments"),
    ],
    fails: [
      ...ofTenant.map((value) => subject(value)),
      gitlab("project_path:pay/*:ref_type:branch:ref:main"),
      gitlab("project_path:pay/ments:ref_type:branch:ref:*"),
      terraform("organization:pay:project:*:workspace:*:run_phase:*"),
      bitbucket("{a1b2}*"),
      circleci("org/a1/project/*"),
      eks("system:serviceaccount:pay:*"),
    ].map(found),
  },
]);
