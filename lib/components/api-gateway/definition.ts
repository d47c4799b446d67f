import { createHash } from "node:crypto";
import * as apigateway from "@pulumi/aws/apigateway";
import * as pulumi from "@pulumi/pulumi";
import { requestParameters } from "./route";
import type { ApiModel, ApiRoute } from "./route";
import { preflightAnswer } from "./cors";
import { gatewayProblems, gatewayResponse } from "./gateway-problems";

/** What every operation of the API shares. */
export interface ApiDefinitionArgs {
  readonly routes: readonly ApiRoute[];
  readonly authorization: "AWS_IAM" | "NONE";
  readonly allowedOrigins: readonly string[];
  /** What API Gateway calls to run the function of a route; of none: of a path that no route has. */
  readonly invokeArn: (route?: ApiRoute) => pulumi.Input<string>;
  /** 50 to 29000 ms. */
  readonly integrationTimeoutMs: number;
}

/** The paths that no route has: API Gateway sends them, and every method that a path lacks, to the greedy one. */
const unknownPaths = { root: "/", unknown: "/{proxy+}" };

const json = "application/json";

/**
 * Everything of a REST API that takes effect only when it is deployed: paths, methods, models and errors.
 *
 * A request without a route goes to a function too, under the same authorization: it alone can tell an
 * unknown path (404) from a method that a path lacks (405). What API Gateway would answer by itself is a
 * 403 that tells neither from a missing signature.
 */
export class ApiDefinition {
  /** All that a deployment must wait for. */
  readonly resources: pulumi.Resource[] = [];
  /** SHA-256 of all arguments: the same as long as a deployment would change nothing. */
  readonly fingerprint: pulumi.Output<string>;

  private readonly parts: { name: string; args: object }[] = [];
  private readonly resourceIds = new Map<string, pulumi.Input<string>>();
  private readonly modelNames = new Map<string, pulumi.Output<string>>();

  constructor(
    private readonly name: string,
    private readonly restApi: apigateway.RestApi,
    private readonly args: ApiDefinitionArgs,
    private readonly options: pulumi.CustomResourceOptions,
  ) {
    this.resourceIds.set("/", restApi.rootResourceId);
    const validator = this.add(apigateway.RequestValidator, "validator", {
      restApi: restApi.id,
      name: "parameters",
      validateRequestParameters: true,
      validateRequestBody: false, // the function names every wrong field; the gateway names none
    });
    for (const problem of gatewayProblems) {
      const response = gatewayResponse(problem, args.allowedOrigins);
      const name = `${problem.responseType.toLowerCase().replaceAll("_", "-")}-response`;
      this.add(apigateway.Response, name, { restApiId: restApi.id, ...response });
    }
    for (const route of args.routes) {
      this.addRoute(route, validator.id);
    }
    for (const [name, path] of Object.entries(unknownPaths)) {
      this.addMethod(name, path, { httpMethod: "ANY" }, args.invokeArn());
      this.addPreflight(name, path, [...new Set(args.routes.map(({ method }) => method))]);
    }
    for (const path of new Set(args.routes.map((route) => route.path))) {
      const methods = args.routes.filter((route) => route.path === path);
      this.addPreflight(
        slug(path),
        path,
        methods.map(({ method }) => method),
      );
    }
    this.fingerprint = pulumi
      .output(this.parts.sort((a, b) => (a.name < b.name ? -1 : 1)))
      .apply((parts) => createHash("sha256").update(JSON.stringify(parts)).digest("hex"));
  }

  private addRoute(route: ApiRoute, requestValidatorId: pulumi.Output<string>): void {
    const { operation, path, requestModel } = route;
    const method = this.addMethod(
      operation,
      path,
      {
        httpMethod: route.method,
        operationName: operation,
        requestValidatorId,
        requestParameters: requestParameters(route),
        ...(requestModel !== undefined && {
          requestModels: { [json]: this.modelName(requestModel) },
        }),
      },
      this.args.invokeArn(route),
    );
    this.add(
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

  /** A method that a function answers. */
  private addMethod(
    name: string,
    path: string,
    method: Omit<apigateway.MethodArgs, "restApi" | "resourceId" | "authorization">,
    uri: pulumi.Input<string>,
  ): apigateway.Method {
    const target = { restApi: this.restApi.id, resourceId: this.resourceId(path) };
    const added = this.add(apigateway.Method, `${name}-method`, {
      ...target,
      authorization: this.args.authorization,
      apiKeyRequired: false,
      ...method,
    });
    this.add(
      apigateway.Integration,
      `${name}-integration`,
      {
        ...target,
        httpMethod: method.httpMethod,
        type: "AWS_PROXY",
        integrationHttpMethod: "POST", // how Lambda is called, whatever the caller's method
        uri,
        timeoutMilliseconds: this.args.integrationTimeoutMs,
      },
      [added],
    );
    return added;
  }

  /** OPTIONS, which the gateway answers by itself, to anyone: a browser signs no preflight. */
  private addPreflight(name: string, path: string, methods: readonly string[]): void {
    const { headers, template } = preflightAnswer(this.args.allowedOrigins, methods);
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
    const method = this.add(apigateway.Method, `${name}-preflight-method`, {
      ...target,
      authorization: "NONE",
      apiKeyRequired: false,
    });
    const integration = this.add(
      apigateway.Integration,
      `${name}-preflight-integration`,
      { ...target, type: "MOCK", requestTemplates: { [json]: '{"statusCode": 200}' } },
      [method],
    );
    const methodResponse = this.add(
      apigateway.MethodResponse,
      `${name}-preflight-method-response`,
      { ...target, statusCode: "200", responseParameters: responseHeaders(() => true) },
      [method],
    );
    this.add(
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
    const { id } = this.add(apigateway.Resource, `${slug(path)}-resource`, {
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
    const { name } = this.add(apigateway.Model, `${model.name}-model`, {
      restApi: this.restApi.id,
      name: model.name,
      contentType: json,
      schema: JSON.stringify(model.schema),
    });
    this.modelNames.set(model.name, name);
    return name;
  }

  private add<Args extends object, Added extends pulumi.Resource>(
    type: new (name: string, args: Args, options: pulumi.CustomResourceOptions) => Added,
    name: string,
    args: Args,
    dependsOn: pulumi.Resource[] = [],
  ): Added {
    const added = new type(`${this.name}-${name}`, args, { ...this.options, dependsOn });
    this.resources.push(added);
    this.parts.push({ name, args });
    return added;
  }
}

/** `/payment/{id}/capture` as a part of a name: `payment-id-capture`. */
function slug(path: string): string {
  return path.replaceAll(/[{}+]/g, "").slice(1).replaceAll("/", "-");
}
