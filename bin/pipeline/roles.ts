import { catalogue } from "../../lib/catalogue";
import type { ConfinedService } from "../../lib/catalogue/facts";
import type { EnvironmentType } from "../../lib/types";
import type { PolicyDocument, PolicyStatement } from "./policy";
import { trustPolicy } from "./trust";

/** What a stack's pipeline works on. */
export interface Pipeline {
  readonly environment: EnvironmentType;
  readonly account: string;
  readonly region: string;
  /** As GitHub's tokens name it: `OWNER/NAME`. */
  readonly repository: string;
  /** The bucket with the stack's state. */
  readonly stateBucket: string;
  /** Id of the key that encrypts the stack's secrets. */
  readonly secretsKey: string;
}

/** A role of the pipeline. */
export interface PipelineRole {
  readonly trust: PolicyDocument;
  readonly permissions: PolicyDocument;
}

/** The roles of a stack's pipeline. */
export function pipelineRoles(
  pipeline: Pipeline,
): Record<"read" | "check" | "deploy", PipelineRole> {
  const { account, repository, environment } = pipeline;
  const trusted = (name: string, ...workflows: string[]) =>
    trustPolicy({ account, repository, environment: name, workflows });
  const document = (...Statement: PolicyStatement[]): PolicyDocument => ({
    Version: "2012-10-17",
    Statement,
  });
  const reading = [...stateStatements(pipeline), ...readStatements(pipeline)];
  return {
    read: {
      trust: trusted(`${environment}-read`, "drift.yml", "up.yml"),
      permissions: document(...reading),
    },
    check: {
      trust: trusted(`${environment}-read`, "up.yml"),
      permissions: document(...reading, ...checkStatements(pipeline)),
    },
    deploy: {
      trust: trusted(environment, "up.yml"),
      permissions: document(...deployStatements(pipeline)),
    },
  };
}

/** A preview and a refresh read the state and take no lock; what is secret in it is decrypted. */
function stateStatements({ environment, account, region, stateBucket, secretsKey }: Pipeline) {
  const bucket = `arn:aws:s3:::${stateBucket}`;
  return [
    {
      Sid: "State",
      Effect: "Allow" as const,
      Action: "s3:GetObject",
      Resource: [
        `${bucket}/.pulumi/meta.yaml`,
        `${bucket}/.pulumi/stacks/payments/${environment}.*`,
      ],
    },
    {
      Sid: "StateNames",
      Effect: "Allow" as const,
      Action: "s3:ListBucket",
      Resource: bucket,
      Condition: { StringLike: { "s3:prefix": ".pulumi/*" } },
    },
    {
      Sid: "StateSecrets",
      Effect: "Allow" as const,
      Action: "kms:Decrypt",
      Resource: `arn:aws:kms:${region}:${account}:key/${secretsKey}`,
    },
  ];
}

/** What every resource's type needs, and the zones that the program looks up. */
function readStatements(pipeline: Pipeline): PolicyStatement[] {
  const all = Object.values(catalogue).flatMap(({ reads }) =>
    reads === "not deployed" ? [] : [reads],
  );
  const actions = (on: string | undefined) =>
    [...new Set(all.flatMap((read) => (read.on === on ? read.actions : [])))].sort();
  const confined = Object.entries(resourcesOf(pipeline)).map(([service, resources]) => ({
    Sid: `Read${service}`,
    Effect: "Allow" as const,
    Action: actions(service),
    Resource: resources,
  }));
  return [
    ...confined,
    {
      Sid: "Read",
      Effect: "Allow",
      Action: ["ec2:DescribeAvailabilityZones", ...actions(undefined)],
      Resource: "*",
      // services without regions are called in us-east-1
      Condition: {
        StringEquals: { "aws:RequestedRegion": [...new Set([pipeline.region, "us-east-1"])] },
      },
    },
  ];
}

/** The resources of an environment, by their names. */
function resourcesOf({
  environment,
  account,
  region,
}: Pipeline): Record<ConfinedService, readonly string[]> {
  const own = `${region}:${account}`;
  const gateway = (path: string) => `arn:aws:apigateway:${region}::/${path}`;
  return {
    apigateway: ["account", "domainnames/*", "restapis", "restapis/*", "tags/*"].map(gateway),
    dynamodb: [`arn:aws:dynamodb:${own}:table/payments-${environment}-*`],
    iam: [`arn:aws:iam::${account}:role/${environment}-payment-*`],
    lambda: [`arn:aws:lambda:${own}:function:payments-${environment}-*`],
    s3: [`arn:aws:s3:::payments-${environment}-*`],
  };
}

/**
 * In prod the checks read the API's health; elsewhere they make payments, and verify their effects, and customers of a
 * shop who sign in.
 */
function checkStatements(pipeline: Pipeline): PolicyStatement[] {
  const { environment, account, region } = pipeline;
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
  const { dynamodb, lambda, s3 } = resourcesOf(pipeline);
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
      Resource: dynamodb.flatMap((table) => [table, `${table}/index/*`]),
    },
    {
      Sid: "Documents",
      Effect: "Allow",
      Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      Resource: s3.map((bucket) => `${bucket}/*`),
    },
    { Sid: "Functions", Effect: "Allow", Action: "lambda:InvokeFunction", Resource: lambda },
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

/** Services that the stack passes its roles to. */
export const passedTo = [
  "apigateway.amazonaws.com",
  "lambda.amazonaws.com",
  "monitoring.rds.amazonaws.com",
  "vpc-flow-logs.amazonaws.com",
];

/** Beside AWS's own `PowerUserAccess`, which allows everything but IAM. */
function deployStatements(pipeline: Pipeline): PolicyStatement[] {
  const { iam: roles } = resourcesOf(pipeline);
  return [
    {
      Sid: "Roles",
      Effect: "Allow",
      Action: [
        "iam:CreateRole",
        "iam:DeleteRole",
        "iam:DeleteRolePolicy",
        "iam:DetachRolePolicy",
        "iam:GetRole",
        "iam:GetRolePolicy",
        "iam:ListAttachedRolePolicies",
        "iam:ListInstanceProfilesForRole",
        "iam:ListRolePolicies",
        "iam:PutRolePolicy",
        "iam:TagRole",
        "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
      ],
      Resource: roles,
    },
    {
      Sid: "ServicePolicies",
      Effect: "Allow",
      Action: "iam:AttachRolePolicy",
      Resource: roles,
      Condition: { ArnLike: { "iam:PolicyARN": "arn:aws:iam::aws:policy/service-role/*" } },
    },
    {
      Sid: "PassRoles",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: roles,
      Condition: { StringEquals: { "iam:PassedToService": passedTo } },
    },
  ];
}
