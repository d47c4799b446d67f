import type { ProgramGraph } from "../../lib/graph/program-graph";
import { deploymentPolicy, readStatements } from "./deployment-policy";
import { policiesOf } from "./policy";
import type { PolicyDocument, PolicyStatement } from "./policy";
import { resourcesOf } from "./resources";
import type { Place } from "./resources";
import { readState } from "./state";
import type { StateLocation } from "./state";
import { trustPolicy } from "./trust";

/** What a stack's pipeline works on. */
export interface Pipeline extends Place, StateLocation {
  /** As GitHub's tokens name it: `OWNER/NAME`. */
  readonly repository: string;
}

/** A role of the pipeline. */
export interface PipelineRole {
  readonly trust: PolicyDocument;
  readonly permissions: readonly PolicyDocument[];
}

/** The roles of a stack's pipeline, by what the stack registers. */
export function pipelineRoles(
  graph: Pick<ProgramGraph, "resources" | "ofType">,
  pipeline: Pipeline,
): Record<"read" | "check" | "deploy", PipelineRole> {
  const { account, repository, environment } = pipeline;
  const trusted = (name: string, ...workflows: string[]) =>
    trustPolicy({ account, repository, environment: name, workflows });
  const reading = [...readState(pipeline, pipeline), ...readStatements(graph, pipeline)];
  return {
    read: {
      trust: trusted(`${environment}-read`, "drift.yml", "up.yml"),
      permissions: policiesOf(reading),
    },
    check: {
      trust: trusted(`${environment}-read`, "up.yml"),
      permissions: policiesOf([...reading, ...checkStatements(pipeline)]),
    },
    deploy: {
      trust: trusted(environment, "up.yml"),
      permissions: deploymentPolicy(graph, pipeline, pipeline),
    },
  };
}

/**
 * In prod the checks read the API's health; elsewhere they make payments, and verify their effects, and customers of a
 * shop who sign in.
 */
function checkStatements(place: Place): PolicyStatement[] {
  const { environment, account, region } = place;
  // its id is the stack's, its stage the environment
  const api = `arn:aws:execute-api:${region}:${account}:*/${environment}`;
  if (environment === "prod") {
    return [
      {
        Sid: "Api",
        Effect: "Allow",
        Action: "execute-api:Invoke",
        Resource: `${api}/GET/health`,
      },
    ];
  }
  const { dynamodb, lambda, s3 } = resourcesOf(place);
  return [
    { Sid: "Api", Effect: "Allow", Action: "execute-api:Invoke", Resource: `${api}/*` },
    {
      Sid: "Payments",
      Effect: "Allow",
      Action: [
        "dynamodb:DeleteItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
      ],
      Resource: dynamodb.Resource.flatMap((table) => [table, `${table}/index/*`]),
    },
    {
      Sid: "Documents",
      Effect: "Allow",
      Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      Resource: s3.Resource.map((bucket) => `${bucket}/*`),
    },
    { Sid: "Functions", Effect: "Allow", Action: "lambda:InvokeFunction", ...lambda },
    {
      Sid: "Customers",
      Effect: "Allow",
      Action: [
        "cognito-idp:AdminAddUserToGroup",
        "cognito-idp:AdminCreateUser",
        "cognito-idp:AdminDeleteUser",
        "cognito-idp:AdminInitiateAuth",
        "cognito-idp:AdminSetUserPassword",
      ],
      // a pool's ARN has its id, which is not known before
      Resource: `arn:aws:cognito-idp:${region}:${account}:userpool/*`,
    },
  ];
}
