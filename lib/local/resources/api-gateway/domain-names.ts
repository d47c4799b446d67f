import {
  CreateBasePathMappingCommand,
  CreateDomainNameCommand,
  DeleteBasePathMappingCommand,
  DeleteDomainNameCommand,
  EndpointType,
  SecurityPolicy,
} from "@aws-sdk/client-api-gateway";
import * as z from "zod";
import type { ResourceTypes } from "../../resource";
import { creator, required, tags, text } from "../creator";
import { byId, deletion } from "../deletion";

const domainName = creator(
  {
    domainName: z.string(),
    regionalCertificateArn: z.string(),
    endpointConfiguration: z.strictObject({ types: z.enum(EndpointType) }).optional(),
    securityPolicy: z.enum(SecurityPolicy).optional(),
    tags,
  },
  async (args, cloud) => {
    const created = await cloud.clients.apiGateway.send(
      new CreateDomainNameCommand({
        domainName: args.domainName,
        regionalCertificateArn: args.regionalCertificateArn,
        endpointConfiguration: args.endpointConfiguration && {
          types: [args.endpointConfiguration.types],
        },
        securityPolicy: args.securityPolicy,
        tags: args.tags,
      }),
    );
    return {
      id: args.domainName,
      outputs: {
        arn: `arn:aws:apigateway:${cloud.region}::/domainnames/${args.domainName}`,
        regionalDomainName: required(created.regionalDomainName, "regionalDomainName"),
        regionalZoneId: required(created.regionalHostedZoneId, "regionalHostedZoneId"),
      },
    };
  },
);

const basePathMapping = creator(
  { domainName: z.string(), restApi: z.string(), stageName: text, basePath: text },
  async (args, cloud) => {
    await cloud.clients.apiGateway.send(
      new CreateBasePathMappingCommand({
        domainName: args.domainName,
        restApiId: args.restApi,
        stage: args.stageName,
        basePath: args.basePath,
      }),
    );
    return { id: `${args.domainName}/${args.basePath ?? ""}`, outputs: {} };
  },
);

/** The names that an API is reached by. */
export const domainNameTypes: ResourceTypes = {
  "aws:apigateway/domainName:DomainName": {
    create: domainName,
    replacedBy: ["domainName"],
    delete: deletion(byId, ({ id }, { clients: { apiGateway } }) =>
      apiGateway.send(new DeleteDomainNameCommand({ domainName: id })),
    ),
  },
  "aws:apigateway/basePathMapping:BasePathMapping": {
    create: basePathMapping,
    replacedBy: ["domainName", "basePath"],
    delete: deletion(
      { domainName: z.string(), basePath: z.string().optional() },
      ({ domainName, basePath }, { clients: { apiGateway } }) =>
        apiGateway.send(
          new DeleteBasePathMappingCommand({ domainName, basePath: basePath ?? "(none)" }),
        ),
    ),
  },
};
