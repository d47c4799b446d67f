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
  return ({ url, headers, ...init }) =>
    clientOf(service).fetch(url, {
      ...init,
      headers: { ...userAgent(), ...headers },
      signal: AbortSignal.timeout(timeout),
    });
}

/** Names the application as AWS's SDK does, so that whoever is called sees which it is; nothing where it has no name. */
function userAgent(): Readonly<Record<string, string>> {
  const application = process.env["AWS_SDK_UA_APP_ID"] ?? "";
  return application === "" ? {} : { "User-Agent": `app/${application.replaceAll("/", "-")}` };
}

/** Anew for each request: it costs nothing, and credentials may be others by then. */
function clientOf(service: string): AwsClient {
  const sessionToken = process.env["AWS_SESSION_TOKEN"] ?? "";
  return new AwsClient({
    accessKeyId: required("AWS_ACCESS_KEY_ID"),
    secretAccessKey: required("AWS_SECRET_ACCESS_KEY"),
    ...(sessionToken !== "" && { sessionToken }),
    region: required("AWS_REGION"),
    service,
    retries: 2,
  });
}
