import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { readCredentials } from "../../lib/local/credentials";
import { readFlatOutputs } from "../../lib/core/outputs-file";
import { CommandError } from "./command";

const outputsSchema = z.looseObject({
  accountId: z.string(),
  environment: z.string(),
  region: z.string(),
  apiEndpoint: z.url(),
  deadLetterBucketName: z.string(),
  ledgerLambdaName: z.string(),
  reconcileLambdaName: z.string(),
});

/** A deployed stack that a command works on. */
export interface Target {
  readonly outputs: z.infer<typeof outputsSchema>;
  /** The endpoint of the emulator that replaces AWS; undefined on AWS. */
  readonly endpoint: string | undefined;
  /** Whether the API is on this machine. */
  readonly isLocal: boolean;
  readonly lambda: LambdaClient;
  readonly s3: S3Client;
}

/** Twelve zeros: no account on AWS has them, the local cloud has. */
const localAccount = /^0{12}$/;
const loopback = /^(localhost|.*\.localhost|127\..*|\[::1\])$/;

/**
 * The stack of an outputs file. Its region is in the outputs; endpoint and credentials are those of the
 * environment, but for the local cloud, whose endpoint is in the outputs and whose credentials are in a
 * file beside them; it must not receive real ones.
 *
 * @throws {@link CommandError} if the file is missing or lacks an output.
 * @throws `UserError` if the local cloud has ended.
 */
export function openTarget(outputsFile: string): Target {
  // Node 20 is supported here; the SDK's warning is about its future versions
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const outputs = readOutputs(outputsFile);
  const api = new URL(outputs.apiEndpoint);
  const isLocalCloud = localAccount.test(outputs.accountId);
  const endpoint = process.env["AWS_ENDPOINT_URL"] ?? (isLocalCloud ? api.origin : undefined);
  const settings = {
    region: outputs.region,
    maxAttempts: 3,
    ...(endpoint !== undefined && { endpoint }),
    ...(isLocalCloud && { credentials: readCredentials(outputsFile) }),
  };
  return {
    outputs,
    endpoint,
    isLocal: loopback.test(api.hostname),
    lambda: new LambdaClient(settings),
    s3: new S3Client({ ...settings, forcePathStyle: endpoint !== undefined }),
  };
}

/**
 * Refuses to make up requests in prod on AWS.
 *
 * @throws {@link CommandError} there.
 */
export function refuseProd({ isLocal, outputs }: Target): void {
  if (!isLocal && outputs.environment === "prod")
    throw new CommandError(
      `${outputs.apiEndpoint} is prod on AWS, where no test payments may be made.`,
    );
}

function readOutputs(file: string): Target["outputs"] {
  const parsed = outputsSchema.safeParse(readFlatOutputs(file));
  if (parsed.success) return parsed.data;
  const wrong = [...new Set(parsed.error.issues.map(({ path: [name] }) => String(name)))];
  throw new CommandError(
    `The outputs file ${file} is not that of a whole stack: wrong or missing are ${wrong.join(", ")}. ` +
      "`npm run outputs -- --stack NAME` writes it for a stack on AWS, `npm run local` for a local one.",
  );
}

/** Does some work on a target; a failure to reach it is reported in a readable error. */
export async function withReadableErrors<T>(target: Target, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explained(error, target) ?? error;
  }
}

/** Error codes of connections that failed or broke. */
const connectionErrors = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_SOCKET",
]);

/** The code of a broken connection, from the chain of an error's causes. */
export function connectionError(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && typeof error.code === "string" && connectionErrors.has(error.code))
    return error.code;
  return connectionError(error.cause);
}

function explained(error: unknown, { endpoint, isLocal, outputs }: Target): Error | undefined {
  if (!(error instanceof Error) || error instanceof CommandError) return undefined;
  const code = connectionError(error);
  if (code !== undefined) {
    const where = endpoint ?? `AWS (${outputs.region})`;
    const advice = isLocal
      ? "Is `npm run local` still running, and is the outputs file the one that it wrote?"
      : "Check the network and AWS_ENDPOINT_URL.";
    return new CommandError(`${where} does not respond (${code}). ${advice}`);
  }
  if (error.name === "CredentialsProviderError")
    return new CommandError(
      `There are no AWS credentials (${error.message}). ` +
        "Give them in any way that the AWS SDK knows, AWS_PROFILE for example.",
    );
  if ("$metadata" in error)
    return new CommandError(
      `${error.name}: ${error.message}\n` +
        `The outputs are those of account ${outputs.accountId}, ${outputs.region}: are the credentials, and does the stack still exist?`,
    );
  return undefined;
}
