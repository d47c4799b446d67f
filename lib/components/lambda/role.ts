import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { policyName, roleName } from "../../core/names";
import { namedTags } from "../../core/tags";
import { transformed } from "../../core/transform";
import type { StackContext, Transform } from "../../types";

/** A role that a function has for itself. */
export interface NewFunctionRole {
  /** The part of the role's name that distinguishes it from other functions' roles. */
  readonly purpose: string;
  /** What the function may do beyond logging, tracing and joining its network. */
  readonly permissions: iam.PolicyStatement[];
}

/** A role that is there already; Lambda may take it. */
export interface ExistingRole {
  readonly name: pulumi.Input<string>;
  readonly arn: pulumi.Input<string>;
}

/** What a function's role is made from. */
export interface FunctionRoleOptions {
  readonly context: StackContext;
  /** The function's purpose. */
  readonly purpose: string;
  readonly role: NewFunctionRole | { readonly existing: ExistingRole };
  readonly inVpc: boolean;
  readonly logGroupArn: pulumi.Input<string>;
  readonly transform: Transform<iam.RoleArgs> | undefined;
}

/** What a function needs to know of its role. */
export interface FunctionRole {
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** What completes the role: the function must not start without it. */
  readonly dependsOn: readonly pulumi.Resource[];
}

/** A role of the function's own with its permissions, or the existing one. */
export function functionRole(
  name: string,
  options: FunctionRoleOptions,
  parent: pulumi.Resource,
): FunctionRole {
  const { context, purpose, inVpc } = options;
  if ("existing" in options.role) {
    const { existing } = options.role;
    return { name: pulumi.output(existing.name), arn: pulumi.output(existing.arn), dependsOn: [] };
  }
  const { purpose: rolePurpose, permissions } = options.role;
  const child = { parent };
  const role = new iam.Role(
    `${name}-role`,
    transformed<iam.RoleArgs>(
      {
        name: roleName(context, rolePurpose),
        description: `What the ${purpose} function may do`,
        assumeRolePolicy: iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
        tags: namedTags(context.tags, roleName(context, rolePurpose)),
      },
      options.transform,
    ),
    child,
  );
  const vpcAccess = inVpc
    ? [
        new iam.RolePolicyAttachment(
          `${name}-vpc-access`,
          { role: role.name, policyArn: iam.ManagedPolicy.AWSLambdaVPCAccessExecutionRole },
          child,
        ),
      ]
    : [];
  const policy = new iam.RolePolicy(
    `${name}-policy`,
    {
      name: policyName(context, rolePurpose),
      role: role.id,
      policy: {
        Version: "2012-10-17",
        Statement: [
          ...permissions,
          {
            Sid: "Trace",
            Effect: "Allow",
            Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
            Resource: "*", // X-Ray knows no resources for these
          },
          inVpc ? logGroupIsManagedHere : writeLog(options.logGroupArn),
        ],
      },
    },
    child,
  );
  return { name: role.name, arn: role.arn, dependsOn: [...vpcAccess, policy] };
}

/** The managed policy grants it: a late invocation would bring the group back, without retention. */
const logGroupIsManagedHere: iam.PolicyStatement = {
  Sid: "LogGroupIsManagedHere",
  Effect: "Deny",
  Action: "logs:CreateLogGroup",
  Resource: "*",
};

/** What the managed policy grants to a function in a VPC, for the function's own log only. */
function writeLog(logGroupArn: pulumi.Input<string>): iam.PolicyStatement {
  return {
    Sid: "Log",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: pulumi.interpolate`${logGroupArn}:*`,
  };
}
