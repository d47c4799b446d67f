import type { IncomingMessage, ServerResponse } from "node:http";

/** The host names of this machine; a name that somebody else's DNS points here (rebinding) is another. */
const ownHosts = /^(127\.0\.0\.1|localhost)(:\d+)?$/i;

/**
 * Refuses requests of web pages, and requests to another host name: any site that a
 * developer visits can send requests to their ports. Browsers name the page (`Origin`), and how it is related
 * (`Sec-Fetch-Site`; `none` is what somebody typed).
 *
 * @returns whether the request was refused; its response is sent then.
 */
export function refuseForeignRequest(
  { headers }: IncomingMessage,
  response: ServerResponse,
): boolean {
  const isOurs =
    ownHosts.test(headers.host ?? "") &&
    headers.origin === undefined &&
    (headers["sec-fetch-site"] ?? "none") === "none";
  if (!isOurs) response.writeHead(403, { "content-type": "text/plain" }).end(reason);
  return !isOurs;
}

const reason =
  "This is the local cloud at 127.0.0.1: it serves this machine's own programs, no web page.\n";
