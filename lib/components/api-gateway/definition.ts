import * as apigateway from "@pulumi/aws/apigateway";
import type * as pulumi from "@pulumi/pulumi";
import type { StackContext } from "../../types";
import { cachedParameters } from "./cache";
import { preflightResponse } from "./cors";
import { gatewayProblemsOf, gatewayResponse } from "./gateway-problems";
import { DeployedParts, json } from "./parts";
import { functionIntegrationOf, requestParameters, serviceOf } from "./route";
import type { ApiAuthorization, ApiModel, ApiRoute } from "./route";
import { addServiceIntegration } from "./service-integration";

/** What every operation of the API shares. */
export interface ApiDefinitionArgs {
  readonly context: StackContext;
  readonly routes: readonly ApiRoute[];
  readonly authorization: ApiAuthorization;
  readonly userPoolArns: readonly pulumi.Input<string>[];
  readonly usagePlans: boolean;
  readonly allowedOrigins: readonly string[];
  readonly allowedHeaders?: readonly string[];
  readonly problemTypePrefix: string;
  /** What API Gateway calls to invoke the function of a route. */
  readonly invokeArn: (route: ApiRoute) => pulumi.Input<string>;
  /** What it calls for a path that no route has. */
  readonly commonInvokeArn?: pulumi.Input<string>;
  /** 50 to 29000 ms. */
  readonly integrationTimeoutMs: number;
}

/** The paths that no route has: API Gateway routes them, and every method that a path lacks, to the greedy one. */
const unknownPaths = { root: "/", unknown: "/{proxy+}" };

/**
 * Everything of a REST API that takes effect only when it is deployed: paths, methods, models and errors.
 *
 * A request without a route goes to the common function, under the API's authorization: it alone can distinguish an
 * unknown path (404) from a method that a path lacks (405). API Gateway's own response, in an API without a common
 * function, is a 403 that does not distinguish either from a missing signature.
 */
export class ApiDefinition {
  private readonly parts: DeployedParts;
  private readonly resourceIds = new Map<string, pulumi.Input<string>>();
  private readonly modelNames = new Map<string, pulumi.Output<string>>();
  private readonly authorizerId: pulumi.Output<string> | undefined;

  constructor(
    name: string,
    private readonly restApi: apigateway.RestApi,
    private readonly args: ApiDefinitionArgs,
    options: pulumi.CustomResourceOptions,
  ) {
    const { routes, userPoolArns, commonInvokeArn } = args;
    this.parts = new DeployedParts(name, restApi, args.context, options);
    this.resourceIds.set("/", restApi.rootResourceId);
    const validator = this.parts.add(apigateway.RequestValidator, "validator", {
      restApi: restApi.id,
      name: "parameters",
      validateRequestParameters: true,
      validateRequestBody: false, // the function names every wrong field; the gateway names none
    });
    const services = routes.some((route) => serviceOf(route) !== undefined);
    const bodyValidator = services
      ? this.parts.add(apigateway.RequestValidator, "body-validator", {
          restApi: restApi.id,
          name: "body",
          validateRequestParameters: true,
          validateRequestBody: true, // no function does
        })
      : validator;
    const problems = gatewayProblemsOf({
      commonFunction: commonInvokeArn !== undefined,
      userPools: userPoolArns.length > 0,
      usagePlans: args.usagePlans,
      services,
    });
    for (const problem of problems) {
      const response = gatewayResponse(problem, args.allowedOrigins, args.problemTypePrefix);
      const name = `${problem.responseType.toLowerCase().replaceAll("_", "-")}-response`;
      this.parts.add(apigateway.Response, name, { restApiId: restApi.id, ...response });
    }
    this.authorizerId =
      userPoolArns.length === 0
        ? undefined
        : this.parts.add(apigateway.Authorizer, "user-pools-authorizer", {
            restApi: restApi.id,
            name: "user-pools",
            type: "COGNITO_USER_POOLS",
            providerArns: [...userPoolArns],
            identitySource: "method.request.header.Authorization",
          }).id;
    for (const route of routes) {
      this.addRoute(route, serviceOf(route) === undefined ? validator.id : bodyValidator.id);
    }
    if (commonInvokeArn !== undefined) {
      for (const [name, path] of Object.entries(unknownPaths)) {
        const method = this.addMethod(name, path, args.authorization, { httpMethod: "ANY" });
        const timeoutMs = args.integrationTimeoutMs;
        this.addFunction(name, path, method, "ANY", { uri: commonInvokeArn, timeoutMs });
        this.addPreflight(name, path, [...new Set(routes.map((route) => route.method))]);
      }
    }
    for (const path of new Set(routes.map((route) => route.path))) {
      const methods = routes.filter((route) => route.path === path);
      this.addPreflight(
        slug(path),
        path,
        methods.map(({ method }) => method),
      );
    }
  }

  /** All that a deployment must wait for. */
  get resources(): pulumi.Resource[] {
    return this.parts.resources;
  }

  /** The same as long as a deployment would change nothing. */
  get fingerprint(): pulumi.Output<string> {
    return this.parts.fingerprint();
  }

  private addRoute(route: ApiRoute, requestValidatorId: pulumi.Output<string>): void {
    const { operation, path, requestModel } = route;
    const { authorization = this.args.authorization, apiKeyRequired = false } = route;
    const cached = route.cacheSeconds !== undefined;
    const parameters = cached
      ? cachedParameters(route, this.args.allowedOrigins)
      : requestParameters(route);
    const method = this.addMethod(operation, path, authorization, {
      httpMethod: route.method,
      apiKeyRequired,
      operationName: operation,
      requestValidatorId,
      requestParameters: parameters,
      ...(requestModel !== undefined && {
        requestModels: { [json]: this.modelName(requestModel) },
      }),
    });
    const service = serviceOf(route);
    if (service !== undefined) {
      addServiceIntegration(this.parts, route, service, method, {
        context: this.args.context,
        allowedOrigins: this.args.allowedOrigins,
        problemTypePrefix: this.args.problemTypePrefix,
        timeoutMs: this.args.integrationTimeoutMs,
        resourceId: this.resourceId(path),
        responseModel: this.modelName(route.responseModel),
      });
      return;
    }
    this.addFunction(operation, path, method, route.method, {
      uri: this.args.invokeArn(route),
      timeoutMs: functionIntegrationOf(route).timeoutMs ?? this.args.integrationTimeoutMs,
      ...(cached && { cacheKeyParameters: Object.keys(parameters) }),
    });
    this.parts.add(
      apigateway.MethodResponse,
      `${operation}-success`,
      {
        restApi: this.restApi.id,
        resourceId: this.resourceId(path),
        httpMethod: route.method,
        statusCode: String(route.successStatus),
        responseModels: { [json]: this.modelName(route.responseModel) },
      },
      [method],
    );
  }

  private addMethod(
    name: string,
    path: string,
    authorization: ApiAuthorization,
    method: Omit<apigateway.MethodArgs, "restApi" | "resourceId" | "authorization">,
  ): apigateway.Method {
    return this.parts.add(apigateway.Method, `${name}-method`, {
      restApi: this.restApi.id,
      resourceId: this.resourceId(path),
      ...this.authorizationArgs(name, authorization),
      apiKeyRequired: false,
      ...method,
    });
  }

  /** @throws if the authorization is by user pools and the API has none. */
  private authorizationArgs(
    name: string,
    authorization: ApiAuthorization,
  ): Pick<apigateway.MethodArgs, "authorization" | "authorizerId" | "authorizationScopes"> {
    if (authorization === "AWS_IAM" || authorization === "NONE") return { authorization };
    if (this.authorizerId === undefined) {
      throw new Error(`The route ${name} is authorized by user pools; userPoolArns names none`);
    }
    return {
      authorization: "COGNITO_USER_POOLS",
      authorizerId: this.authorizerId,
      ...(authorization !== "COGNITO_USER_POOLS" && {
        authorizationScopes: [...authorization.scopes],
      }),
    };
  }

  private addFunction(
    name: string,
    path: string,
    method: apigateway.Method,
    httpMethod: string,
    called: { uri: pulumi.Input<string>; timeoutMs: number; cacheKeyParameters?: string[] },
  ): void {
    const { timeoutMs, ...rest } = called;
    this.parts.add(
      apigateway.Integration,
      `${name}-integration`,
      {
        restApi: this.restApi.id,
        resourceId: this.resourceId(path),
        httpMethod,
        type: "AWS_PROXY",
        integrationHttpMethod: "POST", // how Lambda is called, whatever the caller's method
        ...rest,
        timeoutMilliseconds: timeoutMs,
      },
      [method],
    );
  }

  /** OPTIONS, which the gateway responds to by itself and without authorization: a browser signs no preflight. */
  private addPreflight(name: string, path: string, methods: readonly string[]): void {
    const { headers, template } = preflightResponse(
      this.args.allowedOrigins,
      methods,
      this.args.allowedHeaders,
    );
    const target = {
      restApi: this.restApi.id,
      resourceId: this.resourceId(path),
      httpMethod: "OPTIONS",
    };
    const responseHeaders = <T>(value: (header: string) => T) =>
      Object.fromEntries(
        Object.entries(headers).map(([header, text]) => [
          `method.response.header.${header}`,
          value(text),
        ]),
      );
    const method = this.parts.add(apigateway.Method, `${name}-preflight-method`, {
      ...target,
      authorization: "NONE",
      apiKeyRequired: false,
    });
    const integration = this.parts.add(
      apigateway.Integration,
      `${name}-preflight-integration`,
      { ...target, type: "MOCK", requestTemplates: { [json]: '{"statusCode": 200}' } },
      [method],
    );
    const methodResponse = this.parts.add(
      apigateway.MethodResponse,
      `${name}-preflight-method-response`,
      { ...target, statusCode: "200", responseParameters: responseHeaders(() => true) },
      [method],
    );
    this.parts.add(
      apigateway.IntegrationResponse,
      `${name}-preflight-integration-response`,
      {
        ...target,
        statusCode: "200",
        responseParameters: responseHeaders((text) => `'${text}'`),
        ...(template !== undefined && { responseTemplates: { [json]: template } }),
      },
      [integration, methodResponse],
    );
  }

  private resourceId(path: string): pulumi.Input<string> {
    const known = this.resourceIds.get(path);
    if (known !== undefined) {
      return known;
    }
    const cut = path.lastIndexOf("/");
    const { id } = this.parts.add(apigateway.Resource, `${slug(path)}-resource`, {
      restApi: this.restApi.id,
      parentId: this.resourceId(path.slice(0, cut) || "/"),
      pathPart: path.slice(cut + 1),
    });
    this.resourceIds.set(path, id);
    return id;
  }

  private modelName(model: ApiModel): pulumi.Output<string> {
    const known = this.modelNames.get(model.name);
    if (known !== undefined) {
      return known;
    }
    const { name } = this.parts.add(apigateway.Model, `${model.name}-model`, {
      restApi: this.restApi.id,
      name: model.name,
      contentType: json,
      schema: JSON.stringify(model.schema),
    });
    this.modelNames.set(model.name, name);
    return name;
  }
}

/** `/payment/{id}/capture` as a part of a name: `payment-id-capture`. */
function slug(path: string): string {
  return path.replaceAll(/[{}+]/g, "").slice(1).replaceAll("/", "-");
}
