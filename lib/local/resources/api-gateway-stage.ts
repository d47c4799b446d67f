import {
  CacheClusterSize,
  CreateBasePathMappingCommand,
  CreateDeploymentCommand,
  CreateDomainNameCommand,
  CreateStageCommand,
  EndpointType,
  SecurityPolicy,
  UpdateAccountCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import type { PatchOperation } from "@aws-sdk/client-api-gateway";
import * as z from "zod";
import type { ResourceTypes } from "../resource";
import { arnOf, creator, flag, given, later, number, tags, text } from "./creator";

const deployment = creator(
  {
    restApi: z.string(),
    description: text,
    triggers: later,
    variables: z.record(z.string(), z.string()).optional(),
  },
  async (args, cloud) => {
    const { id, createdDate } = await cloud.clients.apiGateway.send(
      new CreateDeploymentCommand({
        restApiId: args.restApi,
        description: args.description,
        variables: args.variables,
      }),
    );
    return { id: given(id, "id"), outputs: { createdDate: createdDate?.toISOString() } };
  },
);

const stage = creator(
  {
    restApi: z.string(),
    deployment: z.string(),
    stageName: z.string(),
    description: text,
    variables: z.record(z.string(), z.string()).optional(),
    xrayTracingEnabled: flag,
    accessLogSettings: z
      .strictObject({ destinationArn: z.string(), format: z.string() })
      .optional(),
    cacheClusterEnabled: flag,
    cacheClusterSize: z.enum(CacheClusterSize).optional(),
    documentationVersion: text,
    tags,
  },
  async (args, cloud) => {
    const { restApi: restApiId, stageName } = args;
    const { apiGateway } = cloud.clients;
    await apiGateway.send(
      new CreateStageCommand({
        restApiId,
        stageName,
        deploymentId: args.deployment,
        description: args.description,
        variables: args.variables,
        tracingEnabled: args.xrayTracingEnabled,
        cacheClusterEnabled: args.cacheClusterEnabled,
        cacheClusterSize: args.cacheClusterSize,
        documentationVersion: args.documentationVersion,
        tags: args.tags,
      }),
    );
    if (args.accessLogSettings !== undefined) {
      await apiGateway.send(
        new UpdateStageCommand({
          restApiId,
          stageName,
          patchOperations: replace("/accessLogSettings", args.accessLogSettings),
        }),
      );
    }
    return {
      id: `ags-${restApiId}-${stageName}`,
      outputs: {
        arn: `arn:aws:apigateway:${cloud.region}::/restapis/${restApiId}/stages/${stageName}`,
        executionArn: arnOf(cloud, "execute-api", `${restApiId}/${stageName}`),
        // where the emulator answers from this machine, whatever the Host header
        invokeUrl: `${cloud.endpoint}/_aws/execute-api/${restApiId}/${stageName}`,
      },
    };
  },
);

/** Patches that set the values under a path; what is left out stays. */
function replace(
  path: string,
  values: Readonly<Record<string, string | number | boolean | undefined>>,
): PatchOperation[] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [{ op: "replace", path: `${path}/${name}`, value: String(value) }],
  );
}

const methodSettings = creator(
  {
    restApi: z.string(),
    stageName: z.string(),
    methodPath: z.string(),
    settings: z.strictObject({
      metricsEnabled: flag,
      loggingLevel: z.enum(["OFF", "ERROR", "INFO"]).optional(),
      dataTraceEnabled: flag,
      throttlingRateLimit: number,
      throttlingBurstLimit: number,
      cachingEnabled: flag,
      cacheTtlInSeconds: number,
      cacheDataEncrypted: flag,
    }),
  },
  async (args, cloud) => {
    const { settings } = args;
    // a path's slashes are escaped, the one before its method is not
    const path = args.methodPath.replace(/^\//, "").replaceAll(/\/(?=.*\/)/g, "~1");
    await cloud.clients.apiGateway.send(
      new UpdateStageCommand({
        restApiId: args.restApi,
        stageName: args.stageName,
        patchOperations: replace(`/${path}`, {
          "metrics/enabled": settings.metricsEnabled,
          "logging/loglevel": settings.loggingLevel,
          "logging/dataTrace": settings.dataTraceEnabled,
          "throttling/rateLimit": settings.throttlingRateLimit,
          "throttling/burstLimit": settings.throttlingBurstLimit,
          "caching/enabled": settings.cachingEnabled,
          "caching/ttlInSeconds": settings.cacheTtlInSeconds,
          "caching/dataEncrypted": settings.cacheDataEncrypted,
        }),
      }),
    );
    return { id: `${args.restApi}-${args.stageName}-${args.methodPath}`, outputs: {} };
  },
);

const account = creator({ cloudwatchRoleArn: z.string() }, async (args, cloud) => {
  const { throttleSettings } = await cloud.clients.apiGateway.send(
    new UpdateAccountCommand({ patchOperations: replace("", args) }),
  );
  return {
    id: "api-gateway-account",
    outputs: {
      throttleSettings: throttleSettings && [
        { burstLimit: throttleSettings.burstLimit, rateLimit: throttleSettings.rateLimit },
      ],
    },
  };
});

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
        regionalDomainName: given(created.regionalDomainName, "regionalDomainName"),
        regionalZoneId: given(created.regionalHostedZoneId, "regionalHostedZoneId"),
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

/** API Gateway: where an API is reached. */
export const apiGatewayStageTypes: ResourceTypes = {
  "aws:apigateway/deployment:Deployment": deployment,
  "aws:apigateway/stage:Stage": stage,
  "aws:apigateway/methodSettings:MethodSettings": methodSettings,
  "aws:apigateway/account:Account": account,
  "aws:apigateway/domainName:DomainName": domainName,
  "aws:apigateway/basePathMapping:BasePathMapping": basePathMapping,
};
