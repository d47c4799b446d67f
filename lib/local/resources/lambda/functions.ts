import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  Runtime,
  UpdateFunctionCodeCommand,
} from "@aws-sdk/client-lambda";
import { zipSync } from "fflate";
import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";
import { runtimeEnds, supportedRuntimes } from "../../../catalogue/lambda-runtimes";
import type { LocalCloud, ResourceTypes } from "../../resource";
import {
  creator,
  flag,
  ignoredOnCreate,
  number,
  required,
  tags,
  text,
  waitUntilReady,
} from "../creator";
import { byId, deletion } from "../deletion";
import { reserveConcurrency } from "./concurrency";
import { isAnyConstrained } from "../ec2/zones";
import { refusal } from "../refusal";
import { updater } from "../update";

const archive = z.instanceof(pulumi.asset.AssetArchive);

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
    code: archive,
    sourceCodeHash: ignoredOnCreate,
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
    // its message in many threads, e.g. https://repost.aws/questions/QUVhoUXEhDSBGXtsiU8xCpIA
    if (args.runtime in runtimeEnds && !supportedRuntimes.includes(args.runtime)) {
      throw refusal(
        "InvalidParameterValueException",
        `The runtime parameter of ${args.runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`,
      );
    }
    const { lambda } = cloud.clients;
    const variables = args.environment?.variables;
    const { loggingConfig } = args;
    // what Lambda answers in us-east-1 (github.com/keboola/developer-portal/issues/81)
    if (args.vpcConfig && (await isAnyConstrained(args.vpcConfig.subnetIds, cloud))) {
      throw refusal(
        "InvalidParameterValueException",
        "The provided subnets contain availability zone Lambda doesn't support. Please use a different set of subnets.",
      );
    }
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
            ...throughGateway(variables, cloud),
            AWS_ENDPOINT_URL: cloud.functionEndpoint,
            // identifies the function's calls and, in PostgreSQL's log, its connections
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
    await waitUntilReady(`function ${args.name}`, async () => {
      const { Configuration } = await lambda.send(
        new GetFunctionCommand({ FunctionName: args.name }),
      );
      return Configuration?.State === "Active" || undefined;
    });
    // the provider's -1 is no reservation
    const { reservedConcurrentExecutions: reserved = -1 } = args;
    if (reserved >= 0) await reserveConcurrency(lambda, args.name, reserved);
    const arn = required(created.FunctionArn, "FunctionArn");
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

/** The variables, but that a deployed API is called where all of AWS is. */
function throughGateway(
  variables: Readonly<Record<string, string>> | undefined,
  { endpoint, functionEndpoint }: Pick<LocalCloud, "endpoint" | "functionEndpoint">,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables ?? {}).map(([name, value]) => [
      name,
      value.startsWith(`${endpoint}/`)
        ? `${functionEndpoint}${value.slice(endpoint.length)}`
        : value,
    ]),
  );
}

/** The archive's texts as a ZIP file, not compressed: it does not leave this machine. */
async function zip(archive: pulumi.asset.AssetArchive): Promise<Uint8Array> {
  const files: Record<string, Uint8Array> = {};
  for (const [name, asset] of Object.entries(await archive.assets)) {
    if (!(asset instanceof pulumi.asset.StringAsset)) {
      throw new Error(`${name} in the function's code is not a text`);
    }
    files[name] = new TextEncoder().encode(await asset.text);
  }
  return zipSync(files, { level: 0 });
}

/** Functions. */
export const functionTypes: ResourceTypes = {
  "aws:lambda/function:Function": {
    create: lambdaFunction,
    replacedBy: ["name", "packageType"],
    update: updater({ code: archive }, async ({ code }, FunctionName, { clients: { lambda } }) => {
      await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: await zip(code) }));
      await waitUntilReady(`new code of function ${FunctionName}`, async () => {
        const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName }));
        return Configuration?.LastUpdateStatus !== "InProgress" || undefined;
      });
    }),
    delete: deletion(byId, ({ id }, { clients: { lambda } }) =>
      lambda.send(new DeleteFunctionCommand({ FunctionName: id })),
    ),
  },
};
