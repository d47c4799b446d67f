import * as apigateway from "@pulumi/aws/apigateway";
import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import type { ApiFunction, ApiGatewayComponentArgs } from "./api-gateway/args";
import { cacheSettings, methodPath } from "./api-gateway/cache";
import { ApiDefinition } from "./api-gateway/definition";
import { addPrivateAccess } from "./api-gateway/private-access";
import { functionIntegrationOf } from "./api-gateway/route";
import type { ApiRoute } from "./api-gateway/route";
import { addUsagePlans } from "./api-gateway/usage-plans";
import { apiTls } from "./shared/api-tls";
import { logGroup } from "./shared/log-group";
import { regional } from "../core/context";
import { resourceName } from "../core/names";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";

export type { ApiCacheSize, ApiFunction, ApiGatewayComponentArgs } from "./api-gateway/args";
export type {
  ApiAuthorization,
  ApiModel,
  ApiOperation,
  ApiRoute,
  CachedRoute,
  FunctionIntegration,
  ServiceIntegration,
  UncachedRoute,
} from "./api-gateway/route";
export type { ApiUsagePlan, ExistingApiKey } from "./api-gateway/usage-plans";

/** One line of JSON a request; no header, query or body of a caller, which could hold anything. */
const accessLogFormat = JSON.stringify({
  requestId: "$context.requestId",
  extendedRequestId: "$context.extendedRequestId",
  requestTime: "$context.requestTime",
  httpMethod: "$context.httpMethod",
  resourcePath: "$context.resourcePath",
  protocol: "$context.protocol",
  tlsVersion: "$context.tlsVersion",
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
 * A REST API with one stage, regional or private. Its routes are handled by functions or by actions of AWS services.
 *
 * Log groups are there before the stage, which would else make its own without encryption or an end.
 * Its logs need the account's logging role; see `ApiAccountComponent`.
 *
 * ### Cost
 *
 * Nothing without requests. A million requests: `apigateway.requests` 3.5 USD; a million traces of them:
 * `xray.traces` 5 USD; each of the five detailed metrics of a method that is called: `metric.month` 0.3 USD; a GB
 * of its logs: `logs.ingested` 0.5 USD.
 *
 * @example
 * ```ts
 * import { ApiGatewayComponent, apiRoutes } from "payment-stack";
 *
 * const api = new ApiGatewayComponent("api", {
 *   context,
 *   purpose: "api",
 *   description: "Takes payments",
 *   routes: apiRoutes,
 *   function: { name: payment.functionName, invokeArn: payment.invokeArn },
 *   functions: {
 *     accounts: { name: accounts.functionName, invokeArn: accounts.invokeArn },
 *   },
 *   authorization: "AWS_IAM",
 *   allowedOrigins: ["https://shop.example.com"],
 *   problemTypePrefix: "urn:payments:problem:",
 *   throttle: { ratePerSecond: 100, burst: 200 },
 *   accessLogs: { retentionDays: 90, keyArn: keys.arns.data },
 *   executionLogs: { retentionDays: 90, keyArn: keys.arns.data },
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
    const { context, purpose, endpoint, transform } = args;
    const child = { parent: this };
    const region = regional(context);
    const apiName = resourceName(context, purpose);
    const stageName = args.stageName ?? context.environment;

    const restApiArgs = transformed<apigateway.RestApiArgs>(
      {
        ...region,
        name: apiName,
        description: args.description,
        endpointConfiguration:
          endpoint === undefined
            ? { types: "REGIONAL" }
            : { types: "PRIVATE", vpcEndpointIds: [endpoint.endpointId] },
        ...apiTls,
        disableExecuteApiEndpoint: false, // a domain of its own, which not everybody resolves, does not replace it
        tags: namedTags(context.tags, apiName),
      },
      transform?.restApi,
    );
    const restApi = new apigateway.RestApi(`${name}-rest-api`, restApiArgs, child);

    const accessName = `/aws/apigateway/${apiName}`;
    const accessLogs = logGroup(
      `${name}-access-logs`,
      { context, logs: args.accessLogs, name: accessName, tagName: accessName },
      this,
    );
    const executionLogs = logGroup(
      `${name}-execution-logs`,
      {
        context,
        logs: args.executionLogs,
        name: pulumi.interpolate`API-Gateway-Execution-Logs_${restApi.id}/${stageName}`, // AWS's name for it
        tagName: resourceName(context, `${purpose}-execution`),
      },
      this,
    );

    const definition = new ApiDefinition(
      name,
      restApi,
      {
        context,
        routes: args.routes,
        authorization: args.authorization,
        userPoolArns: args.userPoolArns ?? [],
        usagePlans: args.usagePlans !== undefined,
        allowedOrigins: args.allowedOrigins,
        ...(args.allowedHeaders !== undefined && { allowedHeaders: args.allowedHeaders }),
        problemTypePrefix: args.problemTypePrefix,
        invokeArn: (route) => functionOf(args, route).invokeArn,
        ...(args.function !== undefined && { commonInvokeArn: args.function.invokeArn }),
        integrationTimeoutMs: args.integrationTimeoutMs ?? 29_000,
      },
      child,
    );
    const { routes, authorization } = args;
    const access =
      endpoint &&
      addPrivateAccess(name, restApi, { context, endpoint, routes, authorization }, child);
    const permission = (permissionName: string, called: ApiFunction) =>
      new lambda.Permission(
        permissionName,
        {
          ...region,
          action: "lambda:InvokeFunction",
          function: called.name,
          principal: "apigateway.amazonaws.com",
          sourceArn: pulumi.interpolate`${restApi.executionArn}/${stageName}/*/*`,
        },
        child,
      );
    const permissions = [
      ...(args.function === undefined ? [] : [permission(`${name}-permission`, args.function)]),
      ...Object.entries(args.functions ?? {}).map(([key, called]) =>
        permission(`${name}-${key}-permission`, called),
      ),
    ];
    const deployment = new apigateway.Deployment(
      `${name}-deployment`,
      {
        ...region,
        restApi: restApi.id,
        triggers: {
          definition: definition.fingerprint,
          // tags need no deployment, the rest of the API's own arguments does
          restApi: pulumi.jsonStringify({ ...restApiArgs, tags: undefined }),
          ...(access !== undefined && { policy: access.policy }),
        },
      },
      { ...child, dependsOn: definition.resources },
    );
    const stage = new apigateway.Stage(
      `${name}-stage`,
      transformed<apigateway.StageArgs>(
        {
          ...region,
          restApi: restApi.id,
          deployment: deployment.id,
          stageName,
          xrayTracingEnabled: true,
          accessLogSettings: { destinationArn: accessLogs.arn, format: accessLogFormat },
          ...(args.cacheSizeGb !== undefined && {
            cacheClusterEnabled: true,
            cacheClusterSize: args.cacheSizeGb,
          }),
          tags: namedTags(context.tags, resourceName(context, `${purpose}-stage`)),
        },
        transform?.stage,
      ),
      { ...child, dependsOn: [...executionLogs.dependsOn, ...permissions] },
    );
    const settings = {
      metricsEnabled: true,
      loggingLevel: "ERROR",
      dataTraceEnabled: false, // it would log bodies
      throttlingRateLimit: args.throttle.ratePerSecond,
      throttlingBurstLimit: args.throttle.burst,
    };
    const stageTarget = { ...region, restApi: restApi.id, stageName: stage.stageName };
    const allMethods = new apigateway.MethodSettings(
      `${name}-method-settings`,
      transformed<apigateway.MethodSettingsArgs>(
        { ...stageTarget, methodPath: "*/*", settings },
        transform?.methodSettings,
      ),
      child,
    );
    for (const route of args.cacheSizeGb === undefined ? [] : args.routes) {
      if (route.cacheSeconds === undefined) continue;
      new apigateway.MethodSettings(
        `${name}-${route.operation}-settings`,
        {
          ...stageTarget,
          methodPath: methodPath(route),
          // a method with settings of its own has none of all methods'
          settings: { ...settings, ...cacheSettings(route.cacheSeconds) },
        },
        { ...child, dependsOn: [allMethods] }, // concurrent updates of one stage are refused
      );
    }
    addUsagePlans(
      name,
      {
        context,
        purpose,
        plans: args.usagePlans ?? {},
        restApiId: restApi.id,
        stageName: stage.stageName,
      },
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

/** @throws if the function that the route names, or the common one, was not given. */
function functionOf(args: ApiGatewayComponentArgs, route: ApiRoute): ApiFunction {
  const { functions = {} } = args;
  const key = functionIntegrationOf(route).function;
  const found = key === undefined ? args.function : functions[key];
  if (found !== undefined) return found;
  if (key === undefined) {
    throw new Error(
      `The route ${route.operation} names no function, and the API has no common one`,
    );
  }
  const given = Object.keys(functions).join(", ") || "none";
  throw new Error(
    `The route ${route.operation} names the function ${key}; given in functions: ${given}`,
  );
}
