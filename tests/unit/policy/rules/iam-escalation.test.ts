import { escalationPaths } from "../../../../lib/policy/escalation-paths";
import { PolicyGraph, unknownValue } from "../../../../lib/policy/policy-graph";
import { UnknownValueError } from "../../../../lib/policy/policy-graph";
import { iamEscalationRules } from "../../../../lib/policy/rules/iam-escalation";
import { describeRules, resource } from "../rule-cases";

type Part = Readonly<Record<string, unknown>>;

const policy = (...Statement: readonly Part[]) => ({ policy: { Statement } });
const allow = (Action: string | string[], Resource: string | string[] = "*", more: Part = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
const deny = (Action: string | string[], part: Part = { Resource: "*" }) => ({
  Effect: "Deny",
  Action,
  ...part,
});
const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const onlyIf = (key: string, value: unknown, operator = "StringEquals") => ({
  Condition: { [operator]: { [key]: value } },
});
const pass = (more: Part = {}) => allow("iam:PassRole", "*", more);
const run = allow(["lambda:CreateFunction", "lambda:InvokeFunction"], "*");
const put = allow("iam:PutRolePolicy");
const boundary = "arn:aws:iam::123456789012:policy/boundary";

const tokens = {
  group: "aws:iam/group:Group",
  groupPolicy: "aws:iam/groupPolicy:GroupPolicy",
  policy: "aws:iam/policy:Policy",
  policyAttachment: "aws:iam/policyAttachment:PolicyAttachment",
  role: "aws:iam/role:Role",
  rolePolicy: "aws:iam/rolePolicy:RolePolicy",
  rolePolicyAttachment: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  user: "aws:iam/user:User",
  userPolicy: "aws:iam/userPolicy:UserPolicy",
  userPolicyAttachment: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
};
const one = (
  type: keyof typeof tokens,
  name: string,
  properties: Part,
  from: Readonly<Record<string, string>> = {},
) => resource(tokens[type], properties, { name, from });

describeRules("rules for rights that lead to more", iamEscalationRules, [
  {
    rule: "IAM.Escalation",
    passes: [
      policy(
        allow("dynamodb:GetItem", "arn:aws:dynamodb:eu-central-1:123456789012:table/payments"),
      ),
      // named, and another's
      policy(allow("iam:PassRole", role("payments-function")), run),
      policy(allow("iam:PassRole", role("payments-*")), run),
      policy(allow("iam:PutRolePolicy", role("payments"))),
      policy(allow("lambda:UpdateFunctionCode", "arn:aws:lambda:*:*:function:payments")),
      policy(allow("iam:CreateAccessKey", "arn:aws:iam::*:user/${aws:username}")),
      // one alone comes to nothing
      policy(pass()),
      policy(run),
      policy(pass(), allow("lambda:CreateFunction")),
      // bounded
      policy(pass(onlyIf("iam:PassedToService", "ecs-tasks.amazonaws.com")), run),
      policy(pass(onlyIf("iam:PassedToService", 7)), run),
      policy(allow("iam:PutRolePolicy", "*", onlyIf("iam:PermissionsBoundary", boundary))),
      policy(allow("iam:AttachRolePolicy", "*", onlyIf("iam:PolicyARN", boundary, "ArnEquals"))),
      policy(allow("lambda:UpdateFunctionCode", "*", onlyIf("aws:ResourceTag/team", "pay"))),
      // denied
      policy(put, deny("iam:*")),
      policy(put, { Effect: "Deny", NotAction: "s3:*", Resource: "*" }),
      policy(pass(), run, deny("lambda:CreateFunction")),
      policy(pass(), run, deny("iam:PassRole", { NotResource: role("payments-function") })),
      policy(
        put,
        deny("iam:PutRolePolicy", {
          Resource: "*",
          ...onlyIf("iam:PermissionsBoundary", boundary, "StringNotEquals"),
        }),
      ),
      // of different identities
      [
        one("role", "a", { name: "a" }),
        one("role", "b", { name: "b" }),
        one("rolePolicy", "pass", { role: "a", ...policy(pass()) }),
        one("rolePolicy", "run", { role: "b", ...policy(run) }),
      ],
      [one("role", "payments", { inlinePolicies: "none" })],
      [one("role", "payments", { inlinePolicies: [{ policy: "{}" }] })],
      // another's role
      [
        one("role", "payments", { name: "payments" }),
        one("rolePolicy", "one", {
          role: "payments",
          ...policy(allow("iam:PutRolePolicy", role("other"))),
        }),
      ],
    ],
    fails: [
      ...[
        policy(put),
        policy(allow("iam:Put*")),
        policy(allow("iam:PutRolePolicy", role("*"))),
        policy(allow("*")),
        policy({ Effect: "Allow", NotAction: "s3:*", Resource: "*" }),
        policy(allow("iam:PutUserPolicy", "arn:aws:iam::123456789012:user/${aws:username}")),
        policy(pass(), run),
        policy(
          pass(),
          allow(
            ["lambda:CreateFunction", "lambda:InvokeFunction"],
            "arn:aws:lambda:*:*:function:x",
          ),
        ),
        policy(pass(onlyIf("iam:PassedToService", ["lambda.amazonaws.com"])), run),
        policy(pass(onlyIf("iam:PassedToService", "*.amazonaws.com", "StringLike")), run),
        policy(pass(onlyIf("iam:PassedToService", "s3.amazonaws.com", "StringNotEquals")), run),
        policy(pass(onlyIf("aws:ResourceTag/team", "pay")), run),
        policy(put, deny("iam:PutRolePolicy", { Resource: role("admin") })),
        policy(put, deny("iam:PutRolePolicy", { NotResource: "arn:aws:iam::*:role/*" })),
        policy(
          put,
          deny("iam:*", {
            Resource: "*",
            ...onlyIf("aws:MultiFactorAuthPresent", "false", "BoolIfExists"),
          }),
        ),
        policy(
          put,
          deny("iam:*", {
            Resource: "*",
            ...onlyIf("iam:PermissionsBoundary", "*", "StringNotLike"),
          }),
        ),
        policy(allow("iam:AttachRolePolicy", "*", onlyIf("iam:PolicyARN", "*", "ArnLike"))),
        { name: "own", ...policy(allow("iam:CreatePolicyVersion", "arn:aws:iam::*:policy/own")) },
        { policy: "no policy" },
        {},
      ].map((given) => ({ given, at: ["policy"] })),
      // in one role's arguments, together
      {
        given: [one("role", "payments", { inlinePolicies: [policy(pass()), policy(run)] })],
        at: ["inlinePolicies"],
      },
      // beside each other
      {
        given: [
          one("role", "payments", {}),
          one("rolePolicy", "pass", policy(pass()), { role: "payments" }),
          one("rolePolicy", "run", policy(run), { role: "payments" }),
        ],
        at: [],
      },
      {
        given: [
          one("role", "payments", { name: "payments", inlinePolicies: [policy(pass())] }),
          one("policy", "run", { name: "run", ...policy(run) }),
          one("rolePolicyAttachment", "run", { role: "payments" }, { policyArn: "run" }),
        ],
        at: ["inlinePolicies"],
      },
      {
        given: [
          one("role", "payments", {}, { managedPolicyArns: "run" }),
          one("policy", "run", policy(run)),
          one("policy", "pass", policy(pass())),
          one("policyAttachment", "pass", {}, { policyArn: "pass", roles: "payments" }),
        ],
        at: [],
      },
      {
        given: [
          one("user", "jo", { name: "jo" }),
          one("userPolicy", "pass", { user: "jo", ...policy(pass()) }),
          one("policy", "run", policy(run)),
          one("userPolicyAttachment", "run", { user: "jo" }, { policyArn: "run" }),
        ],
        at: [],
      },
      {
        given: [
          one("group", "developers", { name: "developers" }),
          one("groupPolicy", "pass", { group: "developers", ...policy(pass()) }),
          one("groupPolicy", "run", { group: "developers", ...policy(run) }),
        ],
        at: [],
      },
      // on oneself
      {
        given: [
          one("rolePolicy", "own", {
            role: "payments",
            ...policy(allow("iam:PutRolePolicy", role("pay*"))),
          }),
        ],
        at: ["policy"],
      },
      {
        given: [
          one("role", "payments", {
            name: "payments",
            path: "/functions/",
            inlinePolicies: [policy(allow("iam:AttachRolePolicy", role("functions/payments")))],
          }),
        ],
        at: ["inlinePolicies"],
      },
      {
        given: [
          resource(
            tokens.role,
            { inlinePolicies: [policy(allow("iam:PutRolePolicy", role("a1")))] },
            { arn: role("a1") },
          ),
        ],
        at: ["inlinePolicies"],
      },
    ],
  },
]);

describe("a way to more rights", () => {
  const check = (given: Part) => {
    const subject = resource(tokens.policy, given);
    return iamEscalationRules.flatMap((rule) => rule.check(subject, new PolicyGraph([subject])));
  };

  it.each(escalationPaths.map((path) => [[path.action, ...path.others].join(" with "), path]))(
    "is found on every resource, and not where one action is missing: %s",
    (_, path) => {
      const actions = [path.action, ...path.others];
      const messages = check(policy(allow(actions))).map(({ message }) => message);
      expect(messages.join()).toContain(actions.join(" with "));
      for (const missing of actions) {
        const rest = actions.filter((action) => action !== missing);
        const left = check(policy(allow(rest))).map(({ message }) => message);
        expect(left.join()).not.toContain(actions.join(" with "));
      }
    },
  );

  it("is reported in a line, with how many more there are", () => {
    expect(check(policy(allow("iam:*")))).toEqual([
      {
        paths: ["policy"],
        message:
          "can escalate its privileges by iam:AttachGroupPolicy, or by iam:AttachRolePolicy, or by iam:AttachUserPolicy, and in 10 more ways",
      },
    ]);
  });

  it("waits for a policy that is not known yet", () => {
    expect(() => check({ policy: unknownValue })).toThrow(UnknownValueError);
  });

  it("is reported of the policy that opens it, not of each role that has the policy", () => {
    const graph = new PolicyGraph([
      one("role", "payments", {}),
      one("rolePolicy", "put", policy(put), { role: "payments" }),
    ]);
    const found = graph.resources.flatMap((subject) =>
      iamEscalationRules.flatMap((rule) => rule.check(subject, graph).map(() => subject.name)),
    );
    expect(found).toEqual(["put"]);
  });
});
