import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EC2Client } from "@aws-sdk/client-ec2";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { RDSClient } from "@aws-sdk/client-rds";
import { S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { Signer } from "@aws-sdk/rds-signer";
import { AwsClient } from "aws4fetch";
import { readFlatOutputs } from "../../lib/core/outputs-file";

/** Whether the suite runs against the local cloud; what an emulator cannot know is checked on AWS only. */
export const isLocal = process.env["AWS_ENDPOINT_URL"] !== undefined;

/** Where the deployed stack's outputs are: `OUTPUTS_FILE`, else `cfn-outputs/flat-outputs.json`. */
export const outputsFile = process.env["OUTPUTS_FILE"] ?? "cfn-outputs/flat-outputs.json";

/** The deployed stack's outputs. */
export const outputs = readFlatOutputs(outputsFile);

/** An output that is a text; fails the test when it is absent or another kind. */
export function text(name: string): string {
  const value = outputs[name];
  if (typeof value !== "string") throw new Error(`output ${name} is ${JSON.stringify(value)}`);
  return value;
}

/** An output that is a list of texts. */
export function list(name: string): string[] {
  const value = outputs[name];
  if (!Array.isArray(value)) throw new Error(`output ${name} is ${JSON.stringify(value)}`);
  return value.map(String);
}

/** For tests that make payments: everywhere but in prod on AWS, where the real ones are. */
export const describeWithPayments =
  isLocal || text("environment") !== "prod" ? describe : describe.skip;

const region = text("region");
const config = { region };

/** Clients of the stack's region, with whatever credentials and endpoint the environment gives. */
export const aws = {
  apiGateway: new APIGatewayClient(config),
  cloudWatch: new CloudWatchClient(config),
  logs: new CloudWatchLogsClient(config),
  dynamoDb: new DynamoDBClient(config),
  ec2: new EC2Client(config),
  iam: new IAMClient(config),
  kms: new KMSClient(config),
  lambda: new LambdaClient(config),
  rds: new RDSClient(config),
  s3: new S3Client({ ...config, forcePathStyle: isLocal }),
  sns: new SNSClient(config),
};

/** The response to a request to the API. */
export interface ApiResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** What a request may have beside method and path; the body is JSON. */
export interface RequestOptions {
  readonly body?: unknown;
  /** In place of `body`. */
  readonly rawBody?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request to the API, signed as a caller must. */
export async function call(
  method: string,
  path: string,
  options: RequestOptions = {},
): Promise<ApiResponse> {
  const { accessKeyId, secretAccessKey, sessionToken } = await aws.dynamoDb.config.credentials();
  const signer = new AwsClient({
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
    service: "execute-api",
    region,
    retries: 0,
  });
  const body =
    options.rawBody ?? (options.body === undefined ? null : JSON.stringify(options.body));
  const response = await signer.fetch(`${text("apiEndpoint")}${path}`, {
    method,
    body,
    headers: {
      ...(body !== null && { "content-type": "application/json" }),
      ...options.headers,
    },
  });
  return apiResponse(response);
}

/** The response of an API, whose bodies are JSON. */
export async function apiResponse(response: Response): Promise<ApiResponse> {
  const content = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: content === "" ? {} : (JSON.parse(content) as Record<string, unknown>),
  };
}

/** An idempotency key that no other test uses. */
export const newKey = (): string => `test-${randomUUID()}`;

/** The token by which this run's own credentials sign in to the database as a user. */
export function databaseToken(address: { host: string; port: number }, username: string) {
  const { host: hostname, port } = address;
  return new Signer({ hostname, port, username, region }).getAuthToken();
}

/** A function's code as a zip. AWS returns a presigned URL of it; locally the run signs the request. */
export async function functionArchive(location: string): Promise<Uint8Array> {
  const { accessKeyId, secretAccessKey } = await aws.lambda.config.credentials();
  const signer = new AwsClient({ accessKeyId, secretAccessKey, service: "lambda", region });
  const response = await (isLocal ? signer.fetch(location) : fetch(location));
  if (!response.ok) throw new Error(`${String(response.status)} for ${location}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** A POST with a key of its own. */
export const post = (path: string, body?: unknown, key: string = newKey()): Promise<ApiResponse> =>
  call("POST", path, { body: body ?? {}, headers: { "idempotency-key": key } });

/** How long a caller retries, in milliseconds. */
const patience = 90_000;

/** Whether a caller should retry, as the APIs' contract says. */
function isRetryable({ status, body }: ApiResponse): boolean {
  const inProgress =
    status === 409 && String(body["type"]).endsWith(":problem:request-in-progress");
  return inProgress || status === 429 || status >= 500;
}

/** Sends a request as a persistent client: the same again while the failure is retryable. */
export async function persistently(send: () => Promise<ApiResponse>): Promise<ApiResponse> {
  const end = Date.now() + patience;
  for (let pause = 50; ; pause = Math.min(2 * pause, 3_000)) {
    const response = await send();
    if (!isRetryable(response) || Date.now() > end) return response;
    await sleep(pause * (0.5 + Math.random()));
  }
}

/** Polls until the result satisfies, for at most as long as given. */
export async function eventually<T>(
  poll: () => Promise<T>,
  satisfied: (result: T) => boolean,
  timeoutMs = 30_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const result = await poll();
    if (satisfied(result) || Date.now() > end) return result;
    await sleep(250);
  }
}
