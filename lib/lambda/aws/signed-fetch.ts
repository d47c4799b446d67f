import { AwsClient } from "aws4fetch";
import { required } from "./environment";

/** A request to be signed. */
export interface SignedRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text; by default there is none. */
  readonly body?: string;
}

/** Milliseconds; what a caller waits for in the end is the gateway's 29 seconds. */
const timeout = 5_000;

/**
 * Sends requests signed by the function's own role (AWS Signature Version 4), for what AWS's SDK has no client of: an
 * API of API Gateway. A response of 429 or 5XX is tried again twice, so a request must be safe to repeat.
 *
 * @param service - As the signature names it: `execute-api`.
 */
export function signedFetch(service: string): (request: SignedRequest) => Promise<Response> {
  const sessionToken = process.env["AWS_SESSION_TOKEN"] ?? "";
  const client = new AwsClient({
    accessKeyId: required("AWS_ACCESS_KEY_ID"),
    secretAccessKey: required("AWS_SECRET_ACCESS_KEY"),
    ...(sessionToken !== "" && { sessionToken }),
    region: required("AWS_REGION"),
    service,
    retries: 2,
  });
  // as AWS's SDK does: so that whoever is called sees by which application
  const application = process.env["AWS_SDK_UA_APP_ID"] ?? "";
  const named = application !== "" && { "User-Agent": `app/${application}` };
  return ({ url, headers, ...init }) =>
    client.fetch(url, {
      ...init,
      headers: { ...named, ...headers },
      signal: AbortSignal.timeout(timeout),
    });
}
