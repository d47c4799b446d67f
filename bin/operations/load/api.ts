import { AwsClient } from "aws4fetch";
import { json } from "../invoke";
import { type Target, connectionError } from "../target";

/** A request to the API. */
export interface ApiRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  /** Of a POST. */
  readonly body?: unknown;
  /** `Idempotency-Key` of a POST. */
  readonly key?: string;
}

/** The response, or why there is none. */
export interface ApiResponse {
  /** HTTP's status; without a response, the reason: `timeout`, `ECONNRESET`. */
  readonly status: number | string;
  readonly body: unknown;
  /** Whether the response is marked as replayed. */
  readonly replayed: boolean;
}

/** The timeout of a request, in milliseconds: the gateway's is 29 seconds. */
const timeout = 30_000;

/** Sends requests to a stack's API, signed as a caller must; nothing is retried. */
export async function apiClient({
  outputs,
  lambda,
}: Target): Promise<(request: ApiRequest) => Promise<ApiResponse>> {
  const { accessKeyId, secretAccessKey, sessionToken } = await lambda.config.credentials();
  const signer = new AwsClient({
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
    service: "execute-api",
    region: outputs.region,
    retries: 0,
  });
  return async ({ method, path, body, key }) => {
    try {
      const response = await signer.fetch(`${outputs.apiEndpoint}${path}`, {
        method,
        signal: AbortSignal.timeout(timeout),
        headers: {
          ...(body !== undefined && { "content-type": "application/json" }),
          ...(key !== undefined && { "idempotency-key": key }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return {
        status: response.status,
        body: json(await response.text()),
        replayed: response.headers.get("idempotent-replayed") === "true",
      };
    } catch (error) {
      return { status: failure(error), body: undefined, replayed: false };
    }
  };
}

function failure(error: unknown): string {
  const isTimeout = error instanceof Error && error.name === "TimeoutError";
  return isTimeout ? "timeout" : (connectionError(error) ?? String(error));
}
