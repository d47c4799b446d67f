import {
  CreateModelCommand,
  CreateRequestValidatorCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  DeleteModelCommand,
  DeleteRequestValidatorCommand,
  DeleteResourceCommand,
  DeleteRestApiCommand,
  EndpointType,
  GetResourcesCommand,
} from "@aws-sdk/client-api-gateway";
import * as z from "zod";
import type { ResourceTypes } from "../../resource";
import { arnOf, creator, flag, policy, required, tags, text, texts } from "../creator";
import { byId, deletion } from "../deletion";
import { refuseTls, tls } from "./tls";

const inApi = { ...byId, restApi: z.string() };

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
    ...tls,
    policy: policy.optional(),
    tags,
  },
  async (args, cloud) => {
    const { apiGateway } = cloud.clients;
    const endpoint = args.endpointConfiguration;
    refuseTls(args, endpoint?.types ?? "EDGE");
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
        securityPolicy: args.securityPolicy,
        endpointAccessMode: args.endpointAccessMode,
        policy: args.policy,
        tags: args.tags,
      }),
    );
    const id = required(created.id, "id");
    const { items } = await apiGateway.send(new GetResourcesCommand({ restApiId: id }));
    const root = items?.find(({ path }) => path === "/");
    return {
      id,
      outputs: {
        arn: `arn:aws:apigateway:${cloud.region}::/restapis/${id}`,
        executionArn: arnOf(cloud, "execute-api", id),
        rootResourceId: required(root?.id, "root resource"),
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
    return { id: required(id, "id"), outputs: { path: required(path, "path") } };
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
    return { id: required(id, "id"), outputs: {} };
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
    return { id: required(id, "id"), outputs: {} };
  },
);

/** What an API is made of, but for its methods. */
export const restApiTypes: ResourceTypes = {
  "aws:apigateway/restApi:RestApi": {
    create: restApi,
    replacedBy: [],
    delete: deletion(byId, ({ id }, { clients: { apiGateway } }) =>
      apiGateway.send(new DeleteRestApiCommand({ restApiId: id })),
    ),
  },
  "aws:apigateway/resource:Resource": {
    create: resource,
    replacedBy: ["restApi"],
    delete: deletion(inApi, ({ restApi, id }, { clients: { apiGateway } }) =>
      apiGateway.send(new DeleteResourceCommand({ restApiId: restApi, resourceId: id })),
    ),
  },
  "aws:apigateway/requestValidator:RequestValidator": {
    create: requestValidator,
    replacedBy: ["restApi"],
    delete: deletion(inApi, ({ restApi, id }, { clients: { apiGateway } }) =>
      apiGateway.send(
        new DeleteRequestValidatorCommand({ restApiId: restApi, requestValidatorId: id }),
      ),
    ),
  },
  "aws:apigateway/model:Model": {
    create: model,
    replacedBy: ["restApi", "name", "contentType"],
    delete: deletion(
      { restApi: z.string(), name: z.string() },
      ({ restApi, name }, { clients: { apiGateway } }) =>
        apiGateway.send(new DeleteModelCommand({ restApiId: restApi, modelName: name })),
    ),
  },
};
