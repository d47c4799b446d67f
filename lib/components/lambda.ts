import type * as iam from "@pulumi/aws/iam";
import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import { functionRole } from "./lambda/role";
import type { ExistingRole, NewFunctionRole } from "./lambda/role";
import { logGroup } from "./shared/log-group";
import { regional } from "../core/context";
import { resourceName } from "../core/names";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";
import type { LogGroupChoice, LogLevel, StackContext, Transform } from "../types";

/** Sizes that all functions of a stack share. */
export interface FunctionSettings {
  /** A Lambda runtime: `nodejs24.x`. */
  readonly runtime: string;
  /** 128 to 10240 MiB; CPU grows with it. */
  readonly memoryMiB: number;
  /** 1 to 900 seconds; an API waits for at most 29. */
  readonly timeoutSeconds: number;
  /** Least severe event that is logged. */
  readonly logLevel: LogLevel;
}

/** Where in a VPC a function is. */
export interface FunctionNetwork {
  readonly subnetIds: pulumi.Input<string[]>;
  readonly securityGroupId: pulumi.Input<string>;
}

/** Arguments of {@link LambdaComponent}. */
export interface LambdaComponentArgs {
  readonly context: StackContext;
  /** What the function is for; part of its names: `payment`. */
  readonly purpose: string;
  readonly description: string;
  /** An archive with `index.mjs`, which exports `handler`. */
  readonly code: pulumi.asset.Archive;
  readonly settings: FunctionSettings;
  /** By default `arm64`. */
  readonly architecture?: "arm64" | "x86_64";
  /** Concurrent executions reserved for this function, at the expense of the account's others; null reserves none. */
  readonly reservedConcurrency: number | null;
  /** Where the function's own metrics go in CloudWatch, by its name as the dimension `service`. */
  readonly metricsNamespace: string;
  /** Never a secret: whoever may read the function's configuration reads these. */
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  /** A role of the function's own, or an existing one that lets it log, trace and join its network. */
  readonly role: NewFunctionRole | { readonly existing: ExistingRole };
  /** Where in a VPC the function is; `none` for a function that needs nothing within one. */
  readonly network: FunctionNetwork | "none";
  readonly logs: LogGroupChoice;
  readonly transform?: {
    readonly function?: Transform<lambda.FunctionArgs>;
    readonly role?: Transform<iam.RoleArgs>;
  };
}

/**
 * A function, within a VPC or without one, with a role of its own and a log group that is there before it.
 *
 * ### Cost
 *
 * Nothing while idle. A million invocations: `lambda.invocations` 0.2 USD. Memory × time: `lambda.arm` 0.0000133334
 * USD a GB-second (arm64, a fifth less than x86). A GB of its log: `logs.ingested` 0.5 USD. A million traces:
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
 *   description: "Reports yesterday's payments",
 *   code: new pulumi.asset.FileArchive("dist/report"),
 *   settings: { ...config.functions, timeoutSeconds: 60 },
 *   reservedConcurrency: null,
 *   metricsNamespace: "Payouts",
 *   environment: { TABLE_NAME: table.tableName },
 *   role: {
 *     purpose: "report",
 *     permissions: [
 *       {
 *         Effect: "Allow",
 *         Action: ["dynamodb:Query"],
 *         Resource: pulumi.interpolate`${table.tableArn}/index/StatusIndex`,
 *       },
 *     ],
 *   },
 *   network: {
 *     subnetIds: network.privateSubnetIds,
 *     securityGroupId: groups.ids.functions,
 *   },
 *   logs: { retentionDays: 90, keyArn: keys.arns.data },
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
    const { context, purpose, network, settings, transform } = args;
    const functionName = resourceName(context, purpose);
    const logName = `/aws/lambda/${functionName}`;
    const logs = logGroup(
      `${name}-logs`,
      { context, logs: args.logs, name: logName, tagName: logName },
      this,
    );
    const role = functionRole(
      name,
      { ...args, inVpc: network !== "none", logGroupArn: logs.arn, transform: transform?.role },
      this,
    );

    const fn = new lambda.Function(
      `${name}-function`,
      transformed<lambda.FunctionArgs>(
        {
          ...regional(context),
          name: functionName,
          description: args.description,
          role: role.arn,
          runtime: settings.runtime,
          architectures: [args.architecture ?? "arm64"],
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
              // unlike the purpose, the name distinguishes this stack's logs and metrics from another's
              POWERTOOLS_SERVICE_NAME: functionName,
              POWERTOOLS_METRICS_NAMESPACE: args.metricsNamespace,
              // what Lambda's own level, which is passed to the function, outranks; an emulator may not pass it
              POWERTOOLS_LOG_LEVEL: settings.logLevel,
              ...args.environment,
            },
          },
          ...(network !== "none" && {
            vpcConfig: {
              subnetIds: network.subnetIds,
              securityGroupIds: [network.securityGroupId],
            },
          }),
          tracingConfig: { mode: "Active" },
          loggingConfig: {
            logFormat: "JSON",
            logGroup: logs.name,
            applicationLogLevel: settings.logLevel,
            systemLogLevel: "INFO", // the report of each invocation is of this level
          },
          tags: namedTags(context.tags, functionName),
        },
        transform?.function,
      ),
      { parent: this, dependsOn: [...logs.dependsOn, ...role.dependsOn] },
    );

    this.functionArn = fn.arn;
    this.functionName = fn.name;
    this.invokeArn = fn.invokeArn;
    this.roleArn = role.arn;
    this.roleName = role.name;
    this.logGroupArn = logs.arn;
    this.logGroupName = logs.name;
    this.registerOutputs({
      functionArn: this.functionArn,
      functionName: this.functionName,
      invokeArn: this.invokeArn,
      roleArn: this.roleArn,
      logGroupArn: this.logGroupArn,
    });
  }
}
