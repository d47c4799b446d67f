import {
  ConnectionType,
  DeleteGatewayResponseCommand,
  DeleteIntegrationCommand,
  DeleteIntegrationResponseCommand,
  DeleteMethodCommand,
  DeleteMethodResponseCommand,
  GatewayResponseType,
  IntegrationType,
  PutGatewayResponseCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
} from "@aws-sdk/client-api-gateway";
import * as z from "zod";
import type { ResourceTypes } from "../../resource";
import { creator, flag, number, text, texts } from "../creator";
import { deletion } from "../deletion";

/** Texts by name that may be left out. */
const byName = z.record(z.string(), z.string()).optional();

const contentHandling = z.enum(["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"]).optional();

const methodShape = { restApi: z.string(), resourceId: z.string(), httpMethod: z.string() };

const responseShape = { ...methodShape, statusCode: z.string() };

const method = creator(
  {
    ...methodShape,
    authorization: z.enum(["NONE", "AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS"]),
    authorizerId: text,
    authorizationScopes: texts,
    apiKeyRequired: flag,
    operationName: text,
    requestValidatorId: text,
    requestParameters: z.record(z.string(), z.boolean()).optional(),
    requestModels: byName,
  },
  async (args, cloud) => {
    const { restApi: restApiId, resourceId, httpMethod } = args;
    await cloud.clients.apiGateway.send(
      new PutMethodCommand({
        restApiId,
        resourceId,
        httpMethod,
        authorizationType: args.authorization,
        authorizerId: args.authorizerId,
        authorizationScopes: args.authorizationScopes,
        apiKeyRequired: args.apiKeyRequired,
        operationName: args.operationName,
        requestValidatorId: args.requestValidatorId,
        requestParameters: args.requestParameters,
        requestModels: args.requestModels,
      }),
    );
    return { id: `agm-${restApiId}-${resourceId}-${httpMethod}`, outputs: {} };
  },
);

const methodResponse = creator(
  {
    ...responseShape,
    responseModels: byName,
    responseParameters: z.record(z.string(), z.boolean()).optional(),
  },
  async (args, cloud) => {
    const { restApi: restApiId, resourceId, httpMethod, statusCode } = args;
    await cloud.clients.apiGateway.send(
      new PutMethodResponseCommand({
        restApiId,
        resourceId,
        httpMethod,
        statusCode,
        responseModels: args.responseModels,
        responseParameters: args.responseParameters,
      }),
    );
    return { id: `agmr-${restApiId}-${resourceId}-${httpMethod}-${statusCode}`, outputs: {} };
  },
);

const integration = creator(
  {
    ...methodShape,
    type: z.enum(IntegrationType),
    integrationHttpMethod: text,
    uri: text,
    credentials: text,
    connectionType: z.enum(ConnectionType).optional(),
    connectionId: text,
    contentHandling,
    passthroughBehavior: z.enum(["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"]).optional(),
    requestParameters: byName,
    requestTemplates: byName,
    timeoutMilliseconds: number,
    cacheNamespace: text,
    cacheKeyParameters: texts,
  },
  async (args, cloud) => {
    const { restApi: restApiId, resourceId, httpMethod } = args;
    await cloud.clients.apiGateway.send(
      new PutIntegrationCommand({
        restApiId,
        resourceId,
        httpMethod,
        type: args.type,
        integrationHttpMethod: args.integrationHttpMethod,
        uri: args.uri,
        credentials: args.credentials,
        connectionType: args.connectionType,
        connectionId: args.connectionId,
        contentHandling: args.contentHandling,
        passthroughBehavior: args.passthroughBehavior,
        requestParameters: args.requestParameters,
        requestTemplates: args.requestTemplates,
        timeoutInMillis: args.timeoutMilliseconds,
        cacheNamespace: args.cacheNamespace,
        cacheKeyParameters: args.cacheKeyParameters,
      }),
    );
    return { id: `agi-${restApiId}-${resourceId}-${httpMethod}`, outputs: {} };
  },
);

const integrationResponse = creator(
  {
    ...responseShape,
    selectionPattern: text,
    contentHandling,
    responseParameters: byName,
    responseTemplates: byName,
  },
  async (args, cloud) => {
    const { restApi: restApiId, resourceId, httpMethod, statusCode } = args;
    await cloud.clients.apiGateway.send(
      new PutIntegrationResponseCommand({
        restApiId,
        resourceId,
        httpMethod,
        statusCode,
        selectionPattern: args.selectionPattern,
        contentHandling: args.contentHandling,
        responseParameters: args.responseParameters,
        responseTemplates: args.responseTemplates,
      }),
    );
    return { id: `agir-${restApiId}-${resourceId}-${httpMethod}-${statusCode}`, outputs: {} };
  },
);

const gatewayResponse = creator(
  {
    restApiId: z.string(),
    responseType: z.enum(GatewayResponseType),
    statusCode: text,
    responseParameters: byName,
    responseTemplates: byName,
  },
  async (args, cloud) => {
    await cloud.clients.apiGateway.send(
      new PutGatewayResponseCommand({
        restApiId: args.restApiId,
        responseType: args.responseType,
        statusCode: args.statusCode,
        responseParameters: args.responseParameters,
        responseTemplates: args.responseTemplates,
      }),
    );
    return { id: `aggr-${args.restApiId}-${args.responseType}`, outputs: {} };
  },
);

/** What the methods of an API take, call and respond with. */
export const methodTypes: ResourceTypes = {
  "aws:apigateway/method:Method": {
    create: method,
    replacedBy: ["restApi", "resourceId", "httpMethod"],
    delete: deletion(methodShape, ({ restApi, ...of }, { clients: { apiGateway } }) =>
      apiGateway.send(new DeleteMethodCommand({ restApiId: restApi, ...of })),
    ),
  },
  "aws:apigateway/methodResponse:MethodResponse": {
    create: methodResponse,
    replacedBy: ["restApi", "resourceId", "httpMethod", "statusCode"],
    delete: deletion(responseShape, ({ restApi, ...of }, { clients: { apiGateway } }) =>
      apiGateway.send(new DeleteMethodResponseCommand({ restApiId: restApi, ...of })),
    ),
  },
  "aws:apigateway/integration:Integration": {
    create: integration,
    upserts: true,
    replacedBy: ["restApi", "resourceId", "httpMethod", "type"],
    delete: deletion(methodShape, ({ restApi, ...of }, { clients: { apiGateway } }) =>
      apiGateway.send(new DeleteIntegrationCommand({ restApiId: restApi, ...of })),
    ),
  },
  "aws:apigateway/integrationResponse:IntegrationResponse": {
    create: integrationResponse,
    replacedBy: ["restApi", "resourceId", "httpMethod", "statusCode"],
    delete: deletion(responseShape, ({ restApi, ...of }, { clients: { apiGateway } }) =>
      apiGateway.send(new DeleteIntegrationResponseCommand({ restApiId: restApi, ...of })),
    ),
  },
  "aws:apigateway/response:Response": {
    create: gatewayResponse,
    replacedBy: ["restApiId", "responseType"],
    delete: deletion(
      { restApiId: z.string(), responseType: z.enum(GatewayResponseType) },
      (response, { clients: { apiGateway } }) =>
        apiGateway.send(new DeleteGatewayResponseCommand(response)),
    ),
  },
};
