import { createHash } from "node:crypto";
import {
  AddPermissionCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  GetEventSourceMappingCommand,
  GetFunctionCommand,
  InvokeCommand,
  PutFunctionConcurrencyCommand,
  Runtime,
} from "@aws-sdk/client-lambda";
import * as pulumi from "@pulumi/pulumi";
import { zipSync } from "fflate";
import * as z from "zod";
import type { ResourceTypes } from "../resource";
import {
  arnOf,
  creator,
  flag,
  given,
  later,
  number,
  ready,
  tags,
  text,
  uniqueName,
} from "./creator";

const logLevel = z.enum(["DEBUG", "ERROR", "FATAL", "INFO", "TRACE", "WARN"]).optional();
const systemLogLevel = z.enum(["DEBUG", "INFO", "WARN"]).optional();

const lambdaFunction = creator(
  {
    name: z.string(),
    description: text,
    role: z.string(),
    runtime: z.enum(Runtime),
    architectures: z.array(z.enum(["arm64", "x86_64"])).optional(),
    handler: z.string(),
    code: z.instanceof(pulumi.asset.AssetArchive),
    sourceCodeHash: later,
    memorySize: number,
    timeout: number,
    ephemeralStorage: z.strictObject({ size: z.number() }).optional(),
    reservedConcurrentExecutions: number,
    environment: z
      .strictObject({ variables: z.record(z.string(), z.string()).optional() })
      .optional(),
    kmsKeyArn: text,
    vpcConfig: z
      .strictObject({ subnetIds: z.array(z.string()), securityGroupIds: z.array(z.string()) })
      .optional(),
    tracingConfig: z.strictObject({ mode: z.enum(["Active", "PassThrough"]) }).optional(),
    loggingConfig: z
      .strictObject({
        logFormat: z.enum(["JSON", "Text"]),
        logGroup: text,
        applicationLogLevel: logLevel,
        systemLogLevel,
      })
      .optional(),
    deadLetterConfig: z.strictObject({ targetArn: z.string() }).optional(),
    publish: flag,
    tags,
  },
  async (args, cloud) => {
    const { lambda } = cloud.clients;
    const variables = args.environment?.variables;
    const { loggingConfig } = args;
    const created = await lambda.send(
      new CreateFunctionCommand({
        FunctionName: args.name,
        Description: args.description,
        Role: args.role,
        Runtime: args.runtime,
        Architectures: args.architectures,
        Handler: args.handler,
        Code: { ZipFile: await zip(args.code) },
        MemorySize: args.memorySize,
        Timeout: args.timeout,
        EphemeralStorage: args.ephemeralStorage && { Size: args.ephemeralStorage.size },
        Environment: {
          Variables: {
            ...variables,
            AWS_ENDPOINT_URL: cloud.functionEndpoint,
            // tell whose call it is and, in PostgreSQL's log, whose connection
            AWS_SDK_UA_APP_ID: args.name,
            PGAPPNAME: args.name,
            // on Lambda the file of RDS's authorities, here that of the local PostgreSQL's
            ...(variables?.["NODE_EXTRA_CA_CERTS"] !== undefined && {
              NODE_EXTRA_CA_CERTS: cloud.database.caFile,
            }),
          },
        },
        KMSKeyArn: args.kmsKeyArn,
        VpcConfig: args.vpcConfig && {
          SubnetIds: args.vpcConfig.subnetIds,
          SecurityGroupIds: args.vpcConfig.securityGroupIds,
        },
        TracingConfig: args.tracingConfig && { Mode: args.tracingConfig.mode },
        LoggingConfig: loggingConfig && {
          LogFormat: loggingConfig.logFormat,
          LogGroup: loggingConfig.logGroup,
          ApplicationLogLevel: loggingConfig.applicationLogLevel,
          SystemLogLevel: loggingConfig.systemLogLevel,
        },
        DeadLetterConfig: args.deadLetterConfig && { TargetArn: args.deadLetterConfig.targetArn },
        Publish: args.publish,
        Tags: args.tags,
      }),
    );
    await ready(`function ${args.name}`, async () => {
      const { Configuration } = await lambda.send(
        new GetFunctionCommand({ FunctionName: args.name }),
      );
      return Configuration?.State === "Active" || undefined;
    });
    // the provider's -1 is no reservation
    if ((args.reservedConcurrentExecutions ?? -1) >= 0) {
      await lambda.send(
        new PutFunctionConcurrencyCommand({
          FunctionName: args.name,
          ReservedConcurrentExecutions: args.reservedConcurrentExecutions,
        }),
      );
    }
    const arn = given(created.FunctionArn, "FunctionArn");
    const version = created.Version ?? "$LATEST";
    return {
      id: args.name,
      outputs: {
        arn,
        qualifiedArn: `${arn}:${version}`,
        version,
        invokeArn: `arn:aws:apigateway:${cloud.region}:lambda:path/2015-03-31/functions/${arn}/invocations`,
        codeSha256: created.CodeSha256,
        lastModified: created.LastModified,
      },
    };
  },
);

/** The archive's texts as a ZIP file; equal texts give equal bytes. */
async function zip(archive: pulumi.asset.AssetArchive): Promise<Uint8Array> {
  const files: Record<string, Uint8Array> = {};
  for (const [name, asset] of Object.entries(await archive.assets)) {
    if (!(asset instanceof pulumi.asset.StringAsset)) {
      throw new Error(`${name} in the function's code is not a text`);
    }
    files[name] = new TextEncoder().encode(await asset.text);
  }
  return zipSync(files, { mtime: new Date(1980, 0, 1) });
}

const permission = creator(
  {
    action: z.string(),
    function: z.string(),
    principal: z.string(),
    qualifier: text,
    sourceAccount: text,
    sourceArn: text,
    statementId: text,
    statementIdPrefix: text,
  },
  async (args, cloud) => {
    const statementId = uniqueName({
      name: args.statementId,
      namePrefix: args.statementIdPrefix ?? "pulumi-",
    });
    await cloud.clients.lambda.send(
      new AddPermissionCommand({
        FunctionName: args.function,
        StatementId: statementId,
        Action: args.action,
        Principal: args.principal,
        Qualifier: args.qualifier,
        SourceAccount: args.sourceAccount,
        SourceArn: args.sourceArn,
      }),
    );
    return { id: statementId, outputs: { statementId } };
  },
);

/** What a function says of its failure. */
const failure = z.looseObject({ errorType: text, errorMessage: z.string() });

const invocation = creator(
  {
    functionName: z.string(),
    input: z.string(),
    qualifier: text,
    lifecycleScope: z.literal("CREATE_ONLY").optional(),
    triggers: later,
  },
  async (args, cloud) => {
    const { FunctionError, Payload } = await cloud.clients.lambda.send(
      new InvokeCommand({
        FunctionName: args.functionName,
        Qualifier: args.qualifier,
        Payload: new TextEncoder().encode(args.input),
      }),
    );
    const result = new TextDecoder().decode(Payload);
    if (FunctionError !== undefined) {
      const said = failure.safeParse(JSON.parse(result));
      throw new Error(
        `function ${args.functionName} failed: ${said.success ? said.data.errorMessage : result}`,
      );
    }
    const digest = createHash("md5").update(args.input).digest("hex");
    return {
      id: `${args.functionName}_${args.qualifier ?? "$LATEST"}_${digest}`,
      outputs: { result },
    };
  },
);

const eventSourceMapping = creator(
  {
    eventSourceArn: z.string(),
    functionName: z.string(),
    startingPosition: z.enum(["AT_TIMESTAMP", "LATEST", "TRIM_HORIZON"]).optional(),
    enabled: flag,
    batchSize: number,
    maximumBatchingWindowInSeconds: number,
    parallelizationFactor: number,
    bisectBatchOnFunctionError: flag,
    maximumRetryAttempts: number,
    maximumRecordAgeInSeconds: number,
    tumblingWindowInSeconds: number,
    functionResponseTypes: z.array(z.literal("ReportBatchItemFailures")).optional(),
    destinationConfig: z
      .strictObject({ onFailure: z.strictObject({ destinationArn: z.string() }) })
      .optional(),
    filterCriteria: z
      .strictObject({ filters: z.array(z.strictObject({ pattern: z.string() })) })
      .optional(),
    kmsKeyArn: text,
    metricsConfig: z.strictObject({ metrics: z.array(z.literal("EventCount")) }).optional(),
    tags,
  },
  async (args, cloud) => {
    const { lambda } = cloud.clients;
    const created = await lambda.send(
      new CreateEventSourceMappingCommand({
        EventSourceArn: args.eventSourceArn,
        FunctionName: args.functionName,
        StartingPosition: args.startingPosition,
        Enabled: args.enabled,
        BatchSize: args.batchSize,
        MaximumBatchingWindowInSeconds: args.maximumBatchingWindowInSeconds,
        ParallelizationFactor: args.parallelizationFactor,
        BisectBatchOnFunctionError: args.bisectBatchOnFunctionError,
        MaximumRetryAttempts: args.maximumRetryAttempts,
        MaximumRecordAgeInSeconds: args.maximumRecordAgeInSeconds,
        TumblingWindowInSeconds: args.tumblingWindowInSeconds,
        FunctionResponseTypes: args.functionResponseTypes,
        DestinationConfig: args.destinationConfig && {
          OnFailure: { Destination: args.destinationConfig.onFailure.destinationArn },
        },
        FilterCriteria: args.filterCriteria && {
          Filters: args.filterCriteria.filters.map(({ pattern }) => ({ Pattern: pattern })),
        },
        KMSKeyArn: args.kmsKeyArn,
        MetricsConfig: args.metricsConfig && { Metrics: args.metricsConfig.metrics },
        Tags: args.tags,
      }),
    );
    const UUID = given(created.UUID, "UUID");
    const wanted = args.enabled === false ? "Disabled" : "Enabled";
    await ready(`event source mapping ${UUID}`, async () => {
      const { State } = await lambda.send(new GetEventSourceMappingCommand({ UUID }));
      return State === wanted || undefined;
    });
    return {
      id: UUID,
      outputs: {
        uuid: UUID,
        arn:
          created.EventSourceMappingArn ?? arnOf(cloud, "lambda", `event-source-mapping:${UUID}`),
        functionArn: created.FunctionArn,
        state: wanted,
      },
    };
  },
);

/** Lambda. */
export const lambdaTypes: ResourceTypes = {
  "aws:lambda/function:Function": lambdaFunction,
  "aws:lambda/permission:Permission": permission,
  "aws:lambda/invocation:Invocation": invocation,
  "aws:lambda/eventSourceMapping:EventSourceMapping": eventSourceMapping,
};
