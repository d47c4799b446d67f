import {
  CacheClusterSize,
  CreateDeploymentCommand,
  CreateStageCommand,
  DeleteDeploymentCommand,
  DeleteStageCommand,
  UpdateAccountCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import type { PatchOperation } from "@aws-sdk/client-api-gateway";
import * as z from "zod";
import type { ResourceTypes } from "../../resource";
import { arnOf, creator, flag, ignoredOnCreate, number, required, tags, text } from "../creator";
import { byId, deletion, nothingToDelete } from "../deletion";
import { refuseWithoutPolicy } from "./private-access";

const inApi = { ...byId, restApi: z.string() };

const deployment = creator(
  {
    restApi: z.string(),
    description: text,
    triggers: ignoredOnCreate,
    variables: z.record(z.string(), z.string()).optional(),
  },
  async (args, cloud) => {
    await refuseWithoutPolicy(cloud, args.restApi);
    const { id, createdDate } = await cloud.clients.apiGateway.send(
      new CreateDeploymentCommand({
        restApiId: args.restApi,
        description: args.description,
        variables: args.variables,
      }),
    );
    return { id: required(id, "id"), outputs: { createdDate: createdDate?.toISOString() } };
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
        // where the emulator listens on this machine, whatever the Host header
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

/** Where an API is deployed to, and how its stages behave. */
export const stageTypes: ResourceTypes = {
  "aws:apigateway/deployment:Deployment": {
    create: deployment,
    replacedBy: ["restApi", "triggers", "variables"],
    delete: deletion(inApi, ({ restApi, id }, { clients: { apiGateway } }) =>
      apiGateway.send(new DeleteDeploymentCommand({ restApiId: restApi, deploymentId: id })),
    ),
  },
  "aws:apigateway/stage:Stage": {
    create: stage,
    replacedBy: ["restApi", "stageName"],
    delete: deletion(
      { restApi: z.string(), stageName: z.string() },
      ({ restApi, stageName }, { clients: { apiGateway } }) =>
        apiGateway.send(new DeleteStageCommand({ restApiId: restApi, stageName })),
    ),
  },
  "aws:apigateway/methodSettings:MethodSettings": {
    create: methodSettings,
    upserts: true,
    replacedBy: ["restApi", "stageName", "methodPath"],
    // the stage's own
    delete: nothingToDelete,
  },
  "aws:apigateway/account:Account": {
    create: account,
    replacedBy: [],
    // as the provider does, unless the program retains it
    delete: deletion({}, (_, { clients: { apiGateway } }) =>
      apiGateway.send(
        new UpdateAccountCommand({ patchOperations: replace("", { cloudwatchRoleArn: "" }) }),
      ),
    ),
  },
};
