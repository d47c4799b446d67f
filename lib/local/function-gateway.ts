import { once } from "node:events";
import * as http from "node:http";
import { buffer } from "node:stream/consumers";
import { refuseForeignRequest } from "./foreign-requests";
import { listen } from "./ports";

/** A request of a function to AWS, as its SDK made it. */
export interface FunctionCall {
  /** Name of the function: its SDK's application id; empty if it gives none. */
  readonly function: string;
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The endpoint that functions call AWS by. */
export interface FunctionGateway {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Passes the calls of functions on to the emulator, which listens without TLS, and marks each as one that
 * came over TLS: on AWS they all do, and the buckets' policies deny others. The signature is passed on
 * unchanged, for the emulator to verify.
 *
 * @param target - The emulator's URL.
 * @param onCall - Called with each call before it is passed on.
 */
export async function startFunctionGateway(
  target: string,
  onCall: (call: FunctionCall) => void = () => undefined,
): Promise<FunctionGateway> {
  const server = http.createServer((request, response) => {
    if (refuseForeignRequest(request, response)) return;
    pass(request, response, target, onCall).catch(() => response.destroy());
  });
  return {
    url: await listen(server),
    stop: async () => {
      const closed = once(server.close(), "close");
      server.closeAllConnections();
      await closed;
    },
  };
}

async function pass(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  target: string,
  onCall: (call: FunctionCall) => void,
): Promise<void> {
  const { method = "GET", url = "/", headers } = request;
  const body = await buffer(request);
  onCall({ function: applicationId(headers), method, url, headers, body });
  const upstream = await new Promise<http.IncomingMessage>((resolve, reject) => {
    http
      .request(target, {
        method,
        path: url,
        // the host too, which is signed
        headers: [...request.rawHeaders, "x-forwarded-proto", "https"],
        agent: false,
      })
      .on("response", resolve)
      .on("error", reject)
      .end(body);
  });
  response.writeHead(upstream.statusCode ?? 502, upstream.rawHeaders);
  upstream.pipe(response);
}

/** Powertools adds to it what it is itself. */
function applicationId(headers: http.IncomingHttpHeaders): string {
  return /\bapp\/(\S+?)(-PT-\S+)?(\s|$)/.exec(headers["user-agent"] ?? "")?.[1] ?? "";
}
