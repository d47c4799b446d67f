import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import { policyName, resourceName, roleName } from "../core/names";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";
import type { LogRetentionDays, StackContext, Transform } from "../types";

/** Sizes that all functions of a stack share. */
export interface FunctionSettings {
  /** A Lambda runtime: `nodejs22.x`. */
  readonly runtime: string;
  /** 128 to 10240 MiB; CPU grows with it. */
  readonly memoryMiB: number;
  /** 1 to 900 seconds; an API waits for at most 29. */
  readonly timeoutSeconds: number;
  /** Least severe event that is logged. */
  readonly logLevel: string;
}

/** Arguments of {@link LambdaComponent}. */
export interface LambdaComponentArgs {
  readonly context: StackContext;
  /** What the function is for; part of its names: `payment`. */
  readonly purpose: string;
  /** The part of the role's name that tells it from other functions' roles. */
  readonly rolePurpose: string;
  readonly description: string;
  /** An archive with `index.mjs`, which exports `handler`. */
  readonly code: pulumi.asset.Archive;
  readonly settings: FunctionSettings;
  /** Runs kept for this function alone, at the expense of the account's others; null keeps none. */
  readonly reservedConcurrency: number | null;
  /** Where the function's own metrics go in CloudWatch, by its name as the dimension `service`. */
  readonly metricsNamespace: string;
  /** Never a secret: whoever may read the function's configuration reads these. */
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  /** What the function may do beyond logging, tracing and joining its network. */
  readonly permissions: iam.PolicyStatement[];
  readonly subnetIds: pulumi.Input<string[]>;
  readonly securityGroupId: pulumi.Input<string>;
  readonly logRetentionDays: LogRetentionDays;
  /** ARN of the key that encrypts the function's log. */
  readonly logKeyArn: pulumi.Input<string>;
  readonly transform?: {
    readonly function?: Transform<lambda.FunctionArgs>;
    readonly role?: Transform<iam.RoleArgs>;
  };
}

/**
 * A function in the private subnets, with a role of its own and a log group that is there before it.
 *
 * ### Cost
 *
 * Nothing while idle. A million runs: `lambda.runs` 0.2 USD. Memory × time: `lambda.arm` 0.0000133334 USD a
 * GB-second (arm64, a fifth less than x86). A GB of its log: `logs.ingested` 0.5 USD. A million traces:
 * `xray.traces` 5 USD, unless its caller is traced.
 *
 * @example
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import { LambdaComponent } from "payment-stack";
 *
 * const report = new LambdaComponent("report", {
 *   context,
 *   purpose: "report",
 *   rolePurpose: "report",
 *   description: "Reports yesterday's payments",
 *   code: new pulumi.asset.FileArchive("dist/report"),
 *   settings: { ...config.functions, timeoutSeconds: 60 },
 *   reservedConcurrency: null,
 *   metricsNamespace: "Payouts",
 *   environment: { TABLE_NAME: table.tableName },
 *   permissions: [
 *     {
 *       Effect: "Allow",
 *       Action: ["dynamodb:Query"],
 *       Resource: pulumi.interpolate`${table.tableArn}/index/StatusIndex`,
 *     },
 *   ],
 *   subnetIds: network.privateSubnetIds,
 *   securityGroupId: groups.functionSecurityGroupId,
 *   logRetentionDays: 90,
 *   logKeyArn: keys.dataKeyArn,
 * });
 * export const functionName = report.functionName;
 * ```
 */
export class LambdaComponent extends pulumi.ComponentResource {
  readonly functionArn: pulumi.Output<string>;
  readonly functionName: pulumi.Output<string>;
  /** What API Gateway calls. */
  readonly invokeArn: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;
  readonly roleName: pulumi.Output<string>;
  readonly logGroupArn: pulumi.Output<string>;
  readonly logGroupName: pulumi.Output<string>;

  constructor(name: string, args: LambdaComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("payments:compute:Lambda", name, {}, opts);
    const { context, purpose, rolePurpose, settings, transform } = args;
    const child = { parent: this };
    const functionName = resourceName(context, purpose);

    const logGroup = new cloudwatch.LogGroup(
      `${name}-logs`,
      {
        name: `/aws/lambda/${functionName}`,
        retentionInDays: args.logRetentionDays,
        kmsKeyId: args.logKeyArn,
        tags: namedTags(context.tags, `/aws/lambda/${functionName}`),
      },
      child,
    );

    const role = new iam.Role(
      `${name}-role`,
      transformed<iam.RoleArgs>(
        {
          name: roleName(context, rolePurpose),
          description: `What the ${purpose} function may do`,
          assumeRolePolicy: iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
          tags: namedTags(context.tags, roleName(context, rolePurpose)),
        },
        transform?.role,
      ),
      child,
    );
    const vpcAccess = new iam.RolePolicyAttachment(
      `${name}-vpc-access`,
      { role: role.name, policyArn: iam.ManagedPolicy.AWSLambdaVPCAccessExecutionRole },
      child,
    );
    const policy = new iam.RolePolicy(
      `${name}-policy`,
      {
        name: policyName(context, rolePurpose),
        role: role.id,
        policy: {
          Version: "2012-10-17",
          Statement: [
            ...args.permissions,
            {
              Sid: "Trace",
              Effect: "Allow",
              Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
              Resource: "*", // X-Ray knows no resources for these
            },
            {
              // the managed policy grants it: a late run would bring the group back, without retention
              Sid: "LogGroupIsManagedHere",
              Effect: "Deny",
              Action: "logs:CreateLogGroup",
              Resource: "*",
            },
          ],
        },
      },
      child,
    );

    const fn = new lambda.Function(
      `${name}-function`,
      transformed<lambda.FunctionArgs>(
        {
          name: functionName,
          description: args.description,
          role: role.arn,
          runtime: settings.runtime,
          architectures: ["arm64"],
          handler: "index.handler",
          code: args.code,
          memorySize: settings.memoryMiB,
          timeout: settings.timeoutSeconds,
          ...(args.reservedConcurrency !== null && {
            reservedConcurrentExecutions: args.reservedConcurrency,
          }),
          environment: {
            variables: {
              ENVIRONMENT: context.environment,
              // unlike the purpose, the name tells this stack's logs and metrics from another's
              POWERTOOLS_SERVICE_NAME: functionName,
              POWERTOOLS_METRICS_NAMESPACE: args.metricsNamespace,
              POWERTOOLS_LOG_LEVEL: settings.logLevel,
              ...args.environment,
            },
          },
          vpcConfig: { subnetIds: args.subnetIds, securityGroupIds: [args.securityGroupId] },
          tracingConfig: { mode: "Active" },
          loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
          tags: namedTags(context.tags, functionName),
        },
        transform?.function,
      ),
      { ...child, dependsOn: [logGroup, vpcAccess, policy] },
    );

    this.functionArn = fn.arn;
    this.functionName = fn.name;
    this.invokeArn = fn.invokeArn;
    this.roleArn = role.arn;
    this.roleName = role.name;
    this.logGroupArn = logGroup.arn;
    this.logGroupName = logGroup.name;
    this.registerOutputs({
      functionArn: this.functionArn,
      functionName: this.functionName,
      invokeArn: this.invokeArn,
      roleArn: this.roleArn,
      logGroupArn: this.logGroupArn,
    });
  }
}
