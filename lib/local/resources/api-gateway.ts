import {
  ConnectionType,
  CreateModelCommand,
  CreateRequestValidatorCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  EndpointType,
  GatewayResponseType,
  GetResourcesCommand,
  IntegrationType,
  PutGatewayResponseCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
} from "@aws-sdk/client-api-gateway";
import * as z from "zod";
import type { ResourceTypes } from "../resource";
import { arnOf, creator, flag, given, number, policy, tags, text, texts } from "./creator";

/** Texts by name that may be left out. */
const byName = z.record(z.string(), z.string()).optional();

const contentHandling = z.enum(["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"]).optional();

const restApi = creator(
  {
    name: z.string(),
    description: text,
    endpointConfiguration: z
      .strictObject({ types: z.enum(EndpointType), vpcEndpointIds: texts })
      .optional(),
    apiKeySource: z.enum(["HEADER", "AUTHORIZER"]).optional(),
    binaryMediaTypes: texts,
    minimumCompressionSize: z.union([z.string(), z.number()]).optional(),
    disableExecuteApiEndpoint: flag,
    policy: policy.optional(),
    tags,
  },
  async (args, cloud) => {
    const { apiGateway } = cloud.clients;
    const endpoint = args.endpointConfiguration;
    const created = await apiGateway.send(
      new CreateRestApiCommand({
        name: args.name,
        description: args.description,
        endpointConfiguration: endpoint && {
          types: [endpoint.types],
          vpcEndpointIds: endpoint.vpcEndpointIds,
        },
        apiKeySource: args.apiKeySource,
        binaryMediaTypes: args.binaryMediaTypes,
        minimumCompressionSize:
          args.minimumCompressionSize === undefined
            ? undefined
            : Number(args.minimumCompressionSize),
        disableExecuteApiEndpoint: args.disableExecuteApiEndpoint,
        policy: args.policy,
        tags: args.tags,
      }),
    );
    const id = given(created.id, "id");
    const { items } = await apiGateway.send(new GetResourcesCommand({ restApiId: id }));
    const root = items?.find(({ path }) => path === "/");
    return {
      id,
      outputs: {
        arn: `arn:aws:apigateway:${cloud.region}::/restapis/${id}`,
        executionArn: arnOf(cloud, "execute-api", id),
        rootResourceId: given(root?.id, "root resource"),
      },
    };
  },
);

const resource = creator(
  { restApi: z.string(), parentId: z.string(), pathPart: z.string() },
  async (args, cloud) => {
    const { id, path } = await cloud.clients.apiGateway.send(
      new CreateResourceCommand({
        restApiId: args.restApi,
        parentId: args.parentId,
        pathPart: args.pathPart,
      }),
    );
    return { id: given(id, "id"), outputs: { path: given(path, "path") } };
  },
);

const requestValidator = creator(
  {
    restApi: z.string(),
    name: z.string(),
    validateRequestBody: flag,
    validateRequestParameters: flag,
  },
  async (args, cloud) => {
    const { id } = await cloud.clients.apiGateway.send(
      new CreateRequestValidatorCommand({
        restApiId: args.restApi,
        name: args.name,
        validateRequestBody: args.validateRequestBody,
        validateRequestParameters: args.validateRequestParameters,
      }),
    );
    return { id: given(id, "id"), outputs: {} };
  },
);

const model = creator(
  {
    restApi: z.string(),
    name: z.string(),
    description: text,
    contentType: z.string(),
    schema: z.string(),
  },
  async (args, cloud) => {
    const { id } = await cloud.clients.apiGateway.send(
      new CreateModelCommand({
        restApiId: args.restApi,
        name: args.name,
        description: args.description,
        contentType: args.contentType,
        schema: args.schema,
      }),
    );
    return { id: given(id, "id"), outputs: {} };
  },
);

const target = { restApi: z.string(), resourceId: z.string(), httpMethod: z.string() };

const method = creator(
  {
    ...target,
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
    ...target,
    statusCode: z.string(),
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
    ...target,
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
    ...target,
    statusCode: z.string(),
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

/** API Gateway: what an API is made of. */
export const apiGatewayTypes: ResourceTypes = {
  "aws:apigateway/restApi:RestApi": restApi,
  "aws:apigateway/resource:Resource": resource,
  "aws:apigateway/requestValidator:RequestValidator": requestValidator,
  "aws:apigateway/model:Model": model,
  "aws:apigateway/method:Method": method,
  "aws:apigateway/methodResponse:MethodResponse": methodResponse,
  "aws:apigateway/integration:Integration": integration,
  "aws:apigateway/integrationResponse:IntegrationResponse": integrationResponse,
  "aws:apigateway/response:Response": gatewayResponse,
};
