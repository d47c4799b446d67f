import type { PolicyDocument } from "../pipeline/policy";
import { pipelineRoles } from "../pipeline/roles";
import type { EnvironmentType } from "../../lib/types";

/** The trust and permissions of the pipeline's roles, prod's in full. */
export function pipelineRolesReference(): string {
  const { read, check, deploy } = rolesOf("prod");
  const more = (document: PolicyDocument): PolicyDocument => ({
    ...document,
    Statement: document.Statement.filter(
      ({ Sid }) => !read.permissions.Statement.some((known) => known.Sid === Sid),
    ),
  });
  return [
    "# The pipeline's roles",
    "",
    "Generated from `bin/pipeline` by `npm run docs`; [pipeline.md](pipeline.md) tells who takes them. What is in capitals is",
    "yours; another stack's have its name in the place of `prod`. A repository that was made since July 2026, or has chosen",
    "to, has subjects with ids: `repo:OWNER@OWNER_ID/NAME@NAME_ID:environment:prod`, which its settings show.",
    "",
    "The conditions on `ref` and `job_workflow_ref` are GitHub's claims, which AWS takes since January 2026. They stand beside",
    "the environments' rules, and hold where one of those was forgotten.",
    "",
    "## The read role",
    "",
    "`AWS_READ_ROLE_ARN` of `prod-read`, for previews and drift. Who may take it:",
    "",
    ...json(read.trust),
    "What it may do:",
    "",
    ...json(read.permissions),
    "It reads what resources are, not what they hold, with three exceptions: the state, which a preview decrypts; the names of",
    "objects, for `s3:ListBucket` is how a bucket is asked whether it is there; the functions' code, which this repository has.",
    "",
    "## The check role",
    "",
    "`AWS_CHECK_ROLE_ARN` of `prod-read`, for `npm run check` after a deployment. Who may take it:",
    "",
    ...json(check.trust),
    "What it may do, beside all that the read role may:",
    "",
    ...json(more(check.permissions)),
    "In dev and staging, where checks make payments and look at what came of them:",
    "",
    ...json(more(rolesOf("staging").check.permissions)),
    "## The deploy role",
    "",
    "`AWS_DEPLOY_ROLE_ARN` of `prod`. Who may take it:",
    "",
    ...json(deploy.trust),
    "What it may do, beside AWS's own `PowerUserAccess`:",
    "",
    ...json(deploy.permissions),
    "**Whoever deploys may do in the account what it likes**: it makes roles, writes their policies and hands them to functions.",
    "The names confine it to the stack's own roles, no policy can confine what those may do; so an environment has an account",
    "of its own, and in it the bucket of its states. What must not be done even there (turning off CloudTrail, leaving the",
    "organization) a service control policy forbids.",
    "",
  ].join("\n");
}

function rolesOf(environment: EnvironmentType) {
  return pipelineRoles({
    environment,
    account: "ACCOUNT",
    region: "REGION",
    repository: "OWNER/NAME",
    stateBucket: "STATE_BUCKET",
    secretsKey: "SECRETS_KEY",
  });
}

function json(document: PolicyDocument): string[] {
  return ["```json", JSON.stringify(document, undefined, 2), "```", ""];
}
