import type { RoleArgs } from "@pulumi/aws/iam";
import { admitsAnyone, allows, statementViolations } from "../access";
import { isLiteral } from "../breadth";
import { demandedValues, demands } from "../conditions";
import { unknownValue } from "../policy-graph";
import { resourceRule } from "../rule";
import type { Rule } from "../rule";
import { unknownText } from "../statements";
import type { Statement } from "../statements";

const roleType = "aws:iam/role:Role";

/** The rules for who may assume a role. */
export const iamTrustRules: readonly Rule[] = [
  resourceRule<RoleArgs>({
    id: "IAM.Trust",
    title: "Roles cannot be assumed publicly",
    severity: "critical",
    concern: "confidentiality",
    pci: ["7.2.1", "7.3.1"],
    remediation:
      "Name principals in assumeRolePolicy; of an identity provider, the subject in a StringEquals or StringLike on its :sub (repo:our-org/our-repo:environment:prod), of a Cognito identity pool its :aud and :amr.",
    binding: true,
    types: [roleType],
    check: (role) =>
      statementViolations(role, "assumeRolePolicy", (statement) => {
        if (admitsAnyone(statement)) return "lets anyone assume the role";
        if (admitsGuests(statement)) return "lets anyone's guests assume the role";
        return subjectsOf(statement) === "anyone"
          ? "lets anyone whom the identity provider knows assume the role"
          : undefined;
      }),
  }),
  resourceRule<RoleArgs>({
    id: "IAM.Subject",
    title:
      "Roles trust one branch, environment or account of an identity provider, not whatever a tenant has",
    severity: "medium",
    concern: "confidentiality",
    pci: ["7.2.2", "7.2.5"],
    remediation:
      "Write the subject out: repo:our-org/our-repo:environment:prod or :ref:refs/heads/main. With repo:our-org/our-repo:* every branch and pull request of the repository assumes the role.",
    types: [roleType],
    check: (role) =>
      statementViolations(role, "assumeRolePolicy", (statement) =>
        subjectsOf(statement) === "tenant"
          ? "lets all of a tenant, repository or namespace assume the role"
          : undefined,
      ),
  }),
];

/** How many a subject, or a pattern of subjects, stands for: everyone of the provider, all of a tenant, or one. */
type Breadth = "anyone" | "tenant" | "one";

/** How a provider writes its subjects. */
interface SubjectFormat {
  readonly begins: string;
  /** What a pattern must begin with, with no wildcard before its end, to be of one tenant. */
  readonly tenant: RegExp;
  /** What it must be to be of less than all that the tenant has. */
  readonly one: RegExp;
}

/**
 * - GitHub: https://docs.github.com/en/actions/reference/security/oidc
 * - GitLab: https://docs.gitlab.com/ci/secrets/id_token_authentication/
 * - HCP Terraform: https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials
 * - Bitbucket: https://support.atlassian.com/bitbucket-cloud/docs/integrate-pipelines-with-resource-servers-using-oidc/
 * - CircleCI: https://circleci.com/docs/openid-connect-tokens/
 * - EKS: https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 */
const subjectFormats: readonly SubjectFormat[] = [
  {
    begins: "repo:",
    tenant: /^repo:[^:/*?]+\/./,
    one: /^repo:[^:/*?]+\/[^:/*?]+:(?!pull_request$)(?!ref:refs\/\w+\/[*?]|\w+:[*?]|ref:refs\/[*?])[^*?]/,
  },
  {
    begins: "project_path:",
    tenant: /^project_path:[^:/*?]+\/./,
    one: /^project_path:[^:*?]+:ref_type:[^:]+:ref:[^*?]/,
  },
  {
    begins: "organization:",
    tenant: /^organization:[^:*?]+:./,
    one: /^organization:[^:*?]+:(project:[^:*?]+|(project:[^:]+:)?workspace:[^:*?]+)/,
  },
  {
    begins: "system:serviceaccount:",
    tenant: /^system:serviceaccount:[^:*?]+:./,
    one: /^system:serviceaccount:[^:*?]+:[^:*?]+$/,
  },
  { begins: "{", tenant: /^\{[^}*?]+\}/, one: /^\{[^}*?]+\}:/ },
  { begins: "org/", tenant: /^org\/[^/*?]+\/./, one: /^org\/[^/*?]+\/project\/[^/*?]+\// },
];

/** Issuers other than an account's own OIDC providers. */
const publicIssuers = ["accounts.google.com", "graph.facebook.com", "www.amazon.com"];

/** Web identities are known by a provider that may have customers besides us: GitHub, Google. */
function subjectsOf(statement: Statement): Breadth {
  const federated = statement.principals.some(
    (one) => one.includes(":oidc-provider/") || one === unknownText || publicIssuers.includes(one),
  );
  if (!federated || !allows(statement, "sts:AssumeRoleWithWebIdentity")) return "one";
  const lists = demandedValues(statement.conditions, (key) => /:(sub|user_id|id)$/.test(key));
  return narrowest(lists.map((values) => widest(values.map((value) => breadthOf(value)))));
}

function breadthOf(value: unknown): Breadth {
  if (value === unknownValue) return "one";
  if (typeof value !== "string" || value.includes("${")) return "anyone";
  const format = subjectFormats.find(({ begins }) => value.startsWith(begins));
  if (format === undefined) return /[*?]/.test(value) ? "anyone" : "one";
  if (!format.tenant.test(value)) return "anyone";
  return format.one.test(value) ? "one" : "tenant";
}

const breadths: readonly Breadth[] = ["one", "tenant", "anyone"];

/** Any value of a list will do. */
function widest(values: readonly Breadth[]): Breadth {
  const ranks = values.map((one) => breadths.indexOf(one));
  return breadths[Math.max(...ranks)] ?? "anyone";
}

/** All conditions must hold. */
function narrowest(values: readonly Breadth[]): Breadth {
  return breadths.find((one) => values.includes(one)) ?? "anyone";
}

/** Anyone may make an identity pool: a role is for one, and for those who signed in to it. */
function admitsGuests({ effect, principals, conditions }: Statement): boolean {
  return (
    effect === "Allow" &&
    principals.includes("cognito-identity.amazonaws.com") &&
    !(
      demands(conditions, (key) => key === "cognito-identity.amazonaws.com:aud", isLiteral) &&
      demands(
        conditions,
        (key) => key === "cognito-identity.amazonaws.com:amr",
        (value) => isLiteral(value) && value !== "unauthenticated",
      )
    )
  );
}
