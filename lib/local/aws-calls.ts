import { AwsClient } from "aws4fetch";
import type { UsableStack } from "../foundation/first-use";

/** An account's credentials, as clients take them. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials. */
  readonly sessionToken?: string;
}

/** Where AWS is called, and by whom. */
export interface CalledAws {
  readonly credentials: Credentials;
  readonly region: string;
  /** Of the emulator that replaces AWS; by default AWS. */
  readonly endpoint?: string;
}

/** A client that signs requests to a service. */
export function signingClient(
  { credentials, region }: Omit<CalledAws, "endpoint">,
  service: string,
): AwsClient {
  return new AwsClient({ ...credentials, region, service, retries: 0 });
}

/** What calls AWS's services that speak JSON. */
export function awsCalls(aws: CalledAws): UsableStack["callAws"] {
  return async (service, target, input) => {
    const endpoint = aws.endpoint ?? `https://${service}.${aws.region}.amazonaws.com/`;
    const response = await signingClient(aws, service).fetch(endpoint, {
      method: "POST",
      headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": target },
      body: JSON.stringify(input),
    });
    return successOf(target, response);
  };
}

/**
 * The body of a response, parsed as JSON; nothing where it is empty.
 *
 * @throws if it is no success, with its status and body.
 */
export async function successOf(request: string, response: Response): Promise<unknown> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${request} responded ${String(response.status)}: ${text}`);
  const parsed: unknown = text === "" ? undefined : JSON.parse(text);
  return parsed;
}
