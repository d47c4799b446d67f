import * as apigateway from "@pulumi/aws/apigateway";
import * as pulumi from "@pulumi/pulumi";
import type { StackContext } from "../../types";
import { errorOrigin } from "./cors";
import { problemTemplate } from "./gateway-problems";
import { json } from "./parts";
import type { DeployedParts } from "./parts";
import type { ApiRoute, ServiceIntegration } from "./route";

/** What a service integration shares with its API. */
export interface ServiceIntegrationOptions {
  readonly context: StackContext;
  readonly allowedOrigins: readonly string[];
  readonly problemTypePrefix: string;
  readonly timeoutMs: number;
  readonly resourceId: pulumi.Input<string>;
  /** The name of the model of success. */
  readonly responseModel: pulumi.Input<string>;
}

/** The gateway's response when the service's call failed. */
const unavailable = {
  status: 503,
  slug: "unavailable",
  title: "Something that the service needs is not there",
  detail: "The request was not taken. It may be repeated.",
};

/** The integration of a route with a service, and the two responses that it can have. */
export function addServiceIntegration(
  parts: DeployedParts,
  route: ApiRoute,
  service: ServiceIntegration,
  method: apigateway.Method,
  options: ServiceIntegrationOptions,
): void {
  const { context, resourceId } = options;
  const target = { restApi: parts.restApi.id, resourceId, httpMethod: route.method };
  const integration = parts.add(
    apigateway.Integration,
    `${route.operation}-integration`,
    {
      ...target,
      type: "AWS",
      integrationHttpMethod: "POST", // how AWS's JSON protocols are called, whatever the caller's method
      uri: pulumi.interpolate`arn:${context.aws.partition}:apigateway:${context.aws.region}:${service.service}:action/${service.action}`,
      credentials: service.roleArn,
      passthroughBehavior: "NEVER", // what is not JSON has no template: 415
      requestParameters: { "integration.request.header.Content-Type": `'${service.contentType}'` },
      requestTemplates: { [json]: service.requestTemplate },
      timeoutMilliseconds: options.timeoutMs,
    },
    [method],
  );
  const respond = (
    name: string,
    status: number,
    contentType: string,
    response: { selectionPattern?: string; template: string },
    responseModels: Record<string, pulumi.Input<string>> = {},
  ) => {
    const headers = {
      "method.response.header.Content-Type": `'${contentType}'`,
      "method.response.header.Access-Control-Allow-Origin": `'${errorOrigin(options.allowedOrigins)}'`,
    };
    const declared = parts.add(
      apigateway.MethodResponse,
      `${route.operation}-${name}`,
      {
        ...target,
        statusCode: String(status),
        responseModels,
        responseParameters: Object.fromEntries(
          Object.keys(headers).map((header) => [header, true]),
        ),
      },
      [method],
    );
    parts.add(
      apigateway.IntegrationResponse,
      `${route.operation}-${name}-integration-response`,
      {
        ...target,
        statusCode: String(status),
        ...(response.selectionPattern !== undefined && {
          selectionPattern: response.selectionPattern,
        }),
        responseParameters: headers,
        responseTemplates: { [json]: response.template },
      },
      [integration, declared],
    );
  };
  respond(
    "success",
    route.successStatus,
    json,
    { selectionPattern: "200", template: service.responseTemplate },
    { [json]: options.responseModel },
  );
  // without a pattern: any other response of the service
  respond("unavailable", unavailable.status, "application/problem+json", {
    template: problemTemplate(unavailable, options.problemTypePrefix),
  });
}
