import { randomBytes } from "node:crypto";
import {
  CreateBasePathMappingCommand,
  CreateDomainNameCommand,
  DeleteBasePathMappingCommand,
  DeleteDomainNameCommand,
  EndpointType,
  GetDomainNamesCommand,
} from "@aws-sdk/client-api-gateway";
import * as z from "zod";
import type { LocalCloud, ResourceTypes } from "../../resource";
import { creator, policy, required, tags, text } from "../creator";
import { deletion } from "../deletion";
import { refusal } from "../refusal";
import { refuseTls, tls } from "./tls";

const domainName = creator(
  {
    domainName: z.string(),
    certificateArn: text,
    regionalCertificateArn: text,
    endpointConfiguration: z.strictObject({ types: z.enum(EndpointType) }),
    ...tls,
    policy: policy.optional(),
    tags,
  },
  async (args, cloud) => {
    const { types: type } = args.endpointConfiguration;
    refuseTls(args, type);
    refuseCertificate(args, type);
    if (type !== "PRIVATE") await refuseTaken(cloud, args.domainName);
    const created = await cloud.clients.apiGateway.send(
      new CreateDomainNameCommand({
        domainName: args.domainName,
        certificateArn: args.certificateArn,
        regionalCertificateArn: args.regionalCertificateArn,
        endpointConfiguration: { types: [type] },
        securityPolicy: args.securityPolicy,
        endpointAccessMode: args.endpointAccessMode,
        policy: args.policy,
        tags: args.tags,
      }),
    );
    const arn = (account: string, name: string) =>
      `arn:aws:apigateway:${cloud.region}:${account}:/domainnames/${name}`;
    if (type === "PRIVATE") {
      // the emulator has no ids of them
      const domainNameId = randomBytes(5).toString("hex");
      return {
        id: `${args.domainName}/${domainNameId}`,
        outputs: { domainNameId, arn: arn(cloud.accountId, `${args.domainName}+${domainNameId}`) },
      };
    }
    return {
      id: args.domainName,
      outputs: {
        arn: arn("", args.domainName),
        regionalDomainName: required(created.regionalDomainName, "regionalDomainName"),
        regionalZoneId: required(created.regionalHostedZoneId, "regionalHostedZoneId"),
      },
    };
  },
);

/** A regional domain takes a regional certificate, the others one that is not (API reference, `CreateDomainName`). */
export function refuseCertificate(
  args: {
    readonly certificateArn?: string | undefined;
    readonly regionalCertificateArn?: string | undefined;
  },
  type: EndpointType,
): void {
  const given = type === "REGIONAL" ? args.regionalCertificateArn : args.certificateArn;
  if (given === undefined) {
    const wanted = type === "REGIONAL" ? "regionalCertificateArn" : "certificateArn";
    throw refusal("BadRequestException", `${type} needs ${wanted}`);
  }
}

/** The emulator lets a second domain take the name of the first. */
async function refuseTaken({ clients: { apiGateway } }: LocalCloud, name: string): Promise<void> {
  const taken = await apiGateway.send(new GetDomainNamesCommand({ limit: 500 }));
  if (taken.items?.some(({ domainName }) => domainName === name) ?? false) {
    const message = "The domain name you provided already exists.";
    throw refusal("BadRequestException", message);
  }
}

const basePathMapping = creator(
  {
    domainName: z.string(),
    domainNameId: text,
    restApi: z.string(),
    stageName: text,
    basePath: text,
  },
  async (args, cloud) => {
    await cloud.clients.apiGateway.send(
      new CreateBasePathMappingCommand({
        domainName: args.domainName,
        domainNameId: args.domainNameId,
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
    delete: deletion({ domainName: z.string() }, ({ domainName }, { clients: { apiGateway } }) =>
      apiGateway.send(new DeleteDomainNameCommand({ domainName })),
    ),
  },
  "aws:apigateway/basePathMapping:BasePathMapping": {
    create: basePathMapping,
    replacedBy: ["domainName", "domainNameId", "basePath"],
    delete: deletion(
      { domainName: z.string(), basePath: z.string().optional() },
      ({ domainName, basePath }, { clients: { apiGateway } }) =>
        apiGateway.send(
          new DeleteBasePathMappingCommand({ domainName, basePath: basePath ?? "(none)" }),
        ),
    ),
  },
};
