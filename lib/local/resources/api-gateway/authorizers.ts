import {
  AuthorizerType,
  CreateAuthorizerCommand,
  DeleteAuthorizerCommand,
} from "@aws-sdk/client-api-gateway";
import * as z from "zod";
import type { ResourceTypes } from "../../resource";
import { creator, number, required, text, texts } from "../creator";
import { byId, deletion } from "../deletion";

const authorizer = creator(
  {
    restApi: z.string(),
    name: z.string(),
    type: z.enum(AuthorizerType).optional(),
    providerArns: texts,
    identitySource: text,
    identityValidationExpression: text,
    authorizerUri: text,
    authorizerCredentials: text,
    authorizerResultTtlInSeconds: number,
  },
  async (args, cloud) => {
    const created = await cloud.clients.apiGateway.send(
      new CreateAuthorizerCommand({
        restApiId: args.restApi,
        name: args.name,
        type: args.type,
        providerARNs: args.providerArns,
        identitySource: args.identitySource,
        identityValidationExpression: args.identityValidationExpression,
        authorizerUri: args.authorizerUri,
        authorizerCredentials: args.authorizerCredentials,
        authorizerResultTtlInSeconds: args.authorizerResultTtlInSeconds,
      }),
    );
    const id = required(created.id, "id");
    return {
      id,
      outputs: {
        arn: `arn:aws:apigateway:${cloud.region}::/restapis/${args.restApi}/authorizers/${id}`,
      },
    };
  },
);

/** Who may call an API's methods, where it is not IAM that says so. */
export const authorizerTypes: ResourceTypes = {
  "aws:apigateway/authorizer:Authorizer": {
    create: authorizer,
    replacedBy: ["restApi"],
    delete: deletion(
      { ...byId, restApi: z.string() },
      ({ restApi, id }, { clients: { apiGateway } }) =>
        apiGateway.send(new DeleteAuthorizerCommand({ restApiId: restApi, authorizerId: id })),
    ),
  },
};
