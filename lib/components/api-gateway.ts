import * as apigateway from "@pulumi/aws/apigateway";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import { ApiDefinition } from "./api-gateway/definition";
import type { ApiRoute } from "./api-gateway/route";
import { resourceName } from "../core/names";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";
import type { LogRetentionDays, StackContext, Transform } from "../types";

export type { ApiModel, ApiRoute } from "./api-gateway/route";

/** A function that API Gateway runs. */
export interface ApiFunction {
  readonly name: pulumi.Input<string>;
  /** What API Gateway calls to run it. */
  readonly invokeArn: pulumi.Input<string>;
}

/** Arguments of {@link ApiGatewayComponent}. */
export interface ApiGatewayComponentArgs {
  readonly context: StackContext;
  readonly routes: readonly ApiRoute[];
  /** What answers the routes that name no function, and requests for paths that no route has. */
  readonly function: ApiFunction;
  /** What answers the routes that name a function, by that name; by default all name none. */
  readonly functions?: Readonly<Record<string, ApiFunction>>;
  /** AWS_IAM: callers sign their requests (SigV4). NONE: anyone may call. Preflights are never signed. */
  readonly authorization: "AWS_IAM" | "NONE";
  /** Origins that browsers may call from; `*` for any. */
  readonly allowedOrigins: readonly string[];
  /** Requests of all callers together; an account has 10000 a second and a burst of 5000 a region. */
  readonly throttle: { readonly ratePerSecond: number; readonly burst: number };
  /** How long the function may take, 50 to 29000 ms; 29000 by default. */
  readonly integrationTimeoutMs?: number;
  readonly logRetentionDays: LogRetentionDays;
  /** ARN of the key that encrypts the logs. */
  readonly logKeyArn: pulumi.Input<string>;
  readonly transform?: {
    readonly restApi?: Transform<apigateway.RestApiArgs>;
    readonly stage?: Transform<apigateway.StageArgs>;
    readonly methodSettings?: Transform<apigateway.MethodSettingsArgs>;
  };
}

/** One line of JSON a request; no header, query or body of a caller, which could hold anything. */
const accessLogFormat = JSON.stringify({
  requestId: "$context.requestId",
  extendedRequestId: "$context.extendedRequestId",
  requestTime: "$context.requestTime",
  httpMethod: "$context.httpMethod",
  resourcePath: "$context.resourcePath",
  protocol: "$context.protocol",
  status: "$context.status",
  responseLength: "$context.responseLength",
  responseLatencyMs: "$context.responseLatency",
  integrationStatus: "$context.integration.status",
  integrationLatencyMs: "$context.integrationLatency",
  errorType: "$context.error.responseType",
  sourceIp: "$context.identity.sourceIp",
  callerArn: "$context.identity.userArn",
  traceId: "$context.xrayTraceId",
});

/**
 * A regional REST API whose routes functions answer, with one stage, named after the environment.
 *
 * Log groups are there before the stage, which would else make its own without encryption or an end.
 * Its logs need the account's logging role; see `ApiAccountComponent`.
 *
 * ### Cost
 *
 * Nothing while nobody calls. A million requests: `apigateway.requests` 3.5 USD; a million traces of them:
 * `xray.traces` 5 USD; each of the five detailed metrics of a method that is called: `metric.month` 0.3 USD; a GB
 * of its logs: `logs.ingested` 0.5 USD.
 *
 * @example
 * ```ts
 * import { ApiGatewayComponent, apiRoutes } from "payment-stack";
 *
 * const api = new ApiGatewayComponent("api", {
 *   context,
 *   routes: apiRoutes,
 *   function: { name: payment.functionName, invokeArn: payment.invokeArn },
 *   functions: {
 *     accounts: { name: accounts.functionName, invokeArn: accounts.invokeArn },
 *   },
 *   authorization: "AWS_IAM",
 *   allowedOrigins: ["https://shop.example.com"],
 *   throttle: { ratePerSecond: 100, burst: 200 },
 *   logRetentionDays: 90,
 *   logKeyArn: keys.dataKeyArn,
 * });
 * export const url = api.invokeUrl;
 * ```
 */
export class ApiGatewayComponent extends pulumi.ComponentResource {
  readonly restApiId: pulumi.Output<string>;
  readonly apiName: pulumi.Output<string>;
  readonly apiArn: pulumi.Output<string>;
  /** The start of the ARNs that IAM policies allow callers to invoke. */
  readonly executionArn: pulumi.Output<string>;
  readonly rootResourceId: pulumi.Output<string>;
  readonly stageName: pulumi.Output<string>;
  readonly stageArn: pulumi.Output<string>;
  /** The URL to call, without a slash at its end. */
  readonly invokeUrl: pulumi.Output<string>;
  /** One line of JSON a request. */
  readonly accessLogGroupArn: pulumi.Output<string>;
  readonly accessLogGroupName: pulumi.Output<string>;
  /** What went wrong inside API Gateway. */
  readonly executionLogGroupArn: pulumi.Output<string>;
  readonly executionLogGroupName: pulumi.Output<string>;

  constructor(name: string, args: ApiGatewayComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("payments:api:Gateway", name, {}, opts);
    const { context, transform } = args;
    const child = { parent: this };
    const apiName = resourceName(context, "api");
    const stageName = context.environment;

    const restApiArgs = transformed<apigateway.RestApiArgs>(
      {
        name: apiName,
        description: "Takes payments",
        endpointConfiguration: { types: "REGIONAL" },
        disableExecuteApiEndpoint: false, // a custom domain in a private zone does not replace it
        tags: namedTags(context.tags, apiName),
      },
      transform?.restApi,
    );
    const restApi = new apigateway.RestApi(`${name}-rest-api`, restApiArgs, child);

    const logGroup = (purpose: string, logName: pulumi.Input<string>, tagName: string) =>
      new cloudwatch.LogGroup(
        `${name}-${purpose}-logs`,
        {
          name: logName,
          retentionInDays: args.logRetentionDays,
          kmsKeyId: args.logKeyArn,
          tags: namedTags(context.tags, tagName),
        },
        child,
      );
    const accessName = `/aws/apigateway/${apiName}`;
    const accessLogs = logGroup("access", accessName, accessName);
    const executionLogs = logGroup(
      "execution",
      pulumi.interpolate`API-Gateway-Execution-Logs_${restApi.id}/${stageName}`, // AWS's name for it
      resourceName(context, "api-execution"),
    );

    const definition = new ApiDefinition(
      name,
      restApi,
      {
        routes: args.routes,
        authorization: args.authorization,
        allowedOrigins: args.allowedOrigins,
        invokeArn: (route) => functionOf(args, route).invokeArn,
        integrationTimeoutMs: args.integrationTimeoutMs ?? 29_000,
      },
      child,
    );
    const permission = (permissionName: string, called: ApiFunction) =>
      new lambda.Permission(
        permissionName,
        {
          action: "lambda:InvokeFunction",
          function: called.name,
          principal: "apigateway.amazonaws.com",
          sourceArn: pulumi.interpolate`${restApi.executionArn}/${stageName}/*/*`,
        },
        child,
      );
    const permissions = [
      permission(`${name}-permission`, args.function),
      ...Object.entries(args.functions ?? {}).map(([key, called]) =>
        permission(`${name}-${key}-permission`, called),
      ),
    ];
    const deployment = new apigateway.Deployment(
      `${name}-deployment`,
      {
        restApi: restApi.id,
        triggers: {
          definition: definition.fingerprint,
          // tags need no deployment, the rest of the API's own arguments does
          restApi: pulumi.jsonStringify({ ...restApiArgs, tags: undefined }),
        },
      },
      { ...child, dependsOn: definition.resources },
    );
    const stage = new apigateway.Stage(
      `${name}-stage`,
      transformed<apigateway.StageArgs>(
        {
          restApi: restApi.id,
          deployment: deployment.id,
          stageName,
          xrayTracingEnabled: true,
          accessLogSettings: { destinationArn: accessLogs.arn, format: accessLogFormat },
          tags: namedTags(context.tags, resourceName(context, "api-stage")),
        },
        transform?.stage,
      ),
      { ...child, dependsOn: [executionLogs, ...permissions] },
    );
    new apigateway.MethodSettings(
      `${name}-method-settings`,
      transformed<apigateway.MethodSettingsArgs>(
        {
          restApi: restApi.id,
          stageName: stage.stageName,
          methodPath: "*/*",
          settings: {
            metricsEnabled: true,
            loggingLevel: "ERROR",
            dataTraceEnabled: false, // it would log bodies
            throttlingRateLimit: args.throttle.ratePerSecond,
            throttlingBurstLimit: args.throttle.burst,
          },
        },
        transform?.methodSettings,
      ),
      child,
    );

    this.restApiId = restApi.id;
    this.apiName = restApi.name;
    this.apiArn = restApi.arn;
    this.executionArn = restApi.executionArn;
    this.rootResourceId = restApi.rootResourceId;
    this.stageName = stage.stageName;
    this.stageArn = stage.arn;
    this.invokeUrl = stage.invokeUrl;
    this.accessLogGroupArn = accessLogs.arn;
    this.accessLogGroupName = accessLogs.name;
    this.executionLogGroupArn = executionLogs.arn;
    this.executionLogGroupName = executionLogs.name;
    this.registerOutputs({
      restApiId: this.restApiId,
      stageName: this.stageName,
      stageArn: this.stageArn,
      invokeUrl: this.invokeUrl,
    });
  }
}

/** @throws if the route names a function that was not given. */
function functionOf(
  { function: common, functions = {} }: ApiGatewayComponentArgs,
  route: ApiRoute | undefined,
): ApiFunction {
  if (route?.function === undefined) return common;
  const named = functions[route.function];
  if (named !== undefined) return named;
  const given = Object.keys(functions).join(", ") || "none";
  throw new Error(
    `The route ${route.operation} names the function ${route.function}; given in functions: ${given}`,
  );
}
