import type { ProgramGraph } from "../../lib/graph/program-graph";
import type { EnvironmentType } from "../../lib/types";
import type { PolicyDocument } from "../pipeline/policy";
import { rehearsalRole } from "../pipeline/rehearsal";
import { pipelineRoles } from "../pipeline/roles";

/** Where {@link pipelineRolesReference} is written. */
export const pipelineRolesFile = "docs/pipeline-roles.md";

/**
 * The trust and permissions of the pipeline's roles, prod's in full.
 *
 * @param recorded - What an environment registers, with the modules that are named.
 */
export async function pipelineRolesReference(
  recorded: (environment: EnvironmentType, chosen: readonly string[]) => Promise<ProgramGraph>,
): Promise<string> {
  const rolesOf = async (environment: EnvironmentType) =>
    pipelineRoles(await recorded(environment, ["all"]), {
      environment,
      account: "ACCOUNT",
      region: "REGION",
      repository: "OWNER/NAME",
      stateBucket: "STATE_BUCKET",
      secretsKey: "SECRETS_KEY",
    });
  const { read, check, deploy } = await rolesOf("prod");
  const readIds = new Set(read.permissions.flatMap(sidsOf));
  const beyondReading = (documents: readonly PolicyDocument[]) =>
    documents.flatMap((document) => {
      const Statement = document.Statement.filter(({ Sid }) => !readIds.has(Sid));
      return Statement.length === 0 ? [] : [{ ...document, Statement }];
    });
  return [
    "# The pipeline's roles",
    "",
    "Generated from `bin/pipeline` by `npm run docs`; [pipeline.md](pipeline.md) says who assumes them. What is in capitals is",
    "yours; another stack's have its name in the place of `prod`. A repository that was made since July 2026, or has chosen",
    "to, has subjects with ids: `repo:OWNER@OWNER_ID/NAME@NAME_ID:environment:prod`, which its settings show.",
    "",
    "The conditions on `ref` and `job_workflow_ref` are GitHub's claims, which AWS supports since January 2026. They complement",
    "the environments' rules, and apply where one of those was forgotten.",
    "",
    "What a role may do follows from what the stack registers: here from prod, with every module on. A stack of your own has",
    "`npm run deployment-policy -- --stack prod`.",
    "",
    "## The read role",
    "",
    "`AWS_READ_ROLE_ARN` of `prod-read`, for previews and drift. Who may assume it:",
    "",
    ...json(read.trust),
    "Its permissions:",
    "",
    ...read.permissions.flatMap(json),
    "It reads the configuration of resources, not their data, with three exceptions: the state, which a preview decrypts; the names of",
    "objects, for `s3:ListBucket` is how a bucket is asked whether it is there; the functions' code, which this repository has. With",
    "`dbPassword` set there is a fourth: the secret with the password.",
    "",
    "## The check role",
    "",
    "`AWS_CHECK_ROLE_ARN` of `prod-read`, for `npm run check` after a deployment. Who may assume it:",
    "",
    ...json(check.trust),
    "Its permissions, beside those of the read role:",
    "",
    ...beyondReading(check.permissions).flatMap(json),
    "In dev and staging, where checks make payments and verify their effects:",
    "",
    ...beyondReading((await rolesOf("staging")).check.permissions).flatMap(json),
    "## The deploy role",
    "",
    "`AWS_DEPLOY_ROLE_ARN` of `prod`. Who may assume it:",
    "",
    ...json(deploy.trust),
    "Its permissions, as managed policies:",
    "",
    ...deploy.permissions.flatMap(json),
    ...limits,
    ...rehearsal(),
  ].join("\n");
}

const limits = [
  "These are what the AWS provider calls for the types of resources that the stack registers, and what the services then do",
  "with the permissions of the caller. A name confines them where it has the environment in it. Some resources have names",
  "that AWS makes: of these the region, the kind or, of keys, the tag `Environment` does. What is protected in prod cannot be",
  "deleted: with the protection off the policies are other ones, and so they are without a module or with another.",
  "",
  "**Whoever deploys may do in the account what it likes**: it makes roles, writes their policies and hands them to functions.",
  "The names confine it to the stack's own roles, no policy can confine what those may do; so an environment has an account",
  "of its own, and in it the bucket of its states. What must not be done even there (turning off CloudTrail, leaving the",
  "organization) a service control policy forbids.",
  "",
];

function rehearsal(): string[] {
  const { trust, permissions } = rehearsalRole({
    account: "ACCOUNT",
    region: "REGION",
    repository: "OWNER/NAME",
    stateBucket: "STATE_BUCKET",
  });
  return [
    "## The rehearsal's role",
    "",
    "`AWS_REHEARSAL_ROLE_ARN` of `rehearsal`, in an account that has nothing else. It has the permissions of that account's deploy",
    "and check roles as they would be for `dev`, and sessions of 330 minutes at most (`MaxSessionDuration` 19800). Who may assume it:",
    "",
    ...json(trust),
    "Its own permissions, to keep states, to force an alarm and receive its message, and to search for what is left:",
    "",
    ...json(permissions),
  ];
}

function sidsOf({ Statement }: PolicyDocument): string[] {
  return Statement.map(({ Sid }) => Sid);
}

function json(document: PolicyDocument): string[] {
  return ["```json", JSON.stringify(document, undefined, 2), "```", ""];
}
