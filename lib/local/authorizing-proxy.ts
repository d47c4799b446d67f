import { randomBytes } from "node:crypto";
import * as http from "node:http";
import { buffer } from "node:stream/consumers";
import { refuseForeignRequest } from "./foreign-requests";
import { listen } from "./ports";

/** A request as it is about to be sent. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  readonly body: Buffer;
}

/** The headers that let a request into an API. */
export type Authorize = (request: OutgoingRequest) => Promise<Readonly<Record<string, string>>>;

/** The API behind a proxy, and who calls it. */
export interface AuthorizingProxyOptions {
  /** The API's URL, its stage included. */
  readonly target: string;
  readonly authorize: Authorize;
  /** Called with every header before it is sent; what it returns is sent in place of the value. */
  readonly rewrite?: (name: string, value: string) => string;
  /** Called with every response. */
  readonly onResponse?: (response: ProxiedResponse) => void;
}

/** A response, and what it responds to. */
export interface ProxiedResponse {
  readonly method: string;
  /** Below the API's URL, without its query. */
  readonly path: string;
  readonly status: number;
}

/** A running proxy. */
export interface AuthorizingProxy {
  /** With a secret path: requests by another are not passed on. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Headers that belong to one connection, or that the authorization replaces. */
const ownHeaders = [
  "connection",
  "keep-alive",
  "host",
  "authorization",
  "content-length",
  "transfer-encoding",
];

/**
 * Listens on the loopback interface and passes every request on to the API, authorized, for tools that cannot do so.
 * Path, headers and body are not changed, however odd. It may use credentials of a real account, so it accepts
 * requests of its own tool only: by a secret path, and from no web page.
 */
export async function startAuthorizingProxy(
  options: AuthorizingProxyOptions,
): Promise<AuthorizingProxy> {
  const secretPath = `/${randomBytes(24).toString("base64url")}`;
  const server = http.createServer((request, response) => {
    if (refuseForeignRequest(request, response)) return;
    const { url = "" } = request;
    if (!url.startsWith(secretPath)) {
      response.writeHead(403).end();
      return;
    }
    const own = url.slice(secretPath.length);
    forward(request, own, options).then(
      (upstream) => {
        const { statusCode: status = 0 } = upstream;
        const [path = ""] = own.split("?");
        options.onResponse?.({ method: request.method ?? "GET", path, status });
        response.writeHead(status, upstream.rawHeaders);
        upstream.pipe(response);
      },
      () => response.destroy(),
    );
  });
  return {
    url: `${await listen(server)}${secretPath}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function forward(
  request: http.IncomingMessage,
  url: string,
  { target, authorize, rewrite = (_, value) => value }: AuthorizingProxyOptions,
): Promise<http.IncomingMessage> {
  const body = await buffer(request);
  const { origin, pathname } = new URL(target);
  const path = `${pathname.replace(/\/$/, "")}${signable(url)}`;
  const method = request.method ?? "GET";
  const headers = await authorize({ method, url: `${origin}${path}`, body });
  return new Promise((resolve, reject) => {
    http
      .request(origin, {
        method,
        path,
        headers: [
          ...passedHeaders(request.rawHeaders, rewrite),
          ...Object.entries(headers).flat(),
          ...["host", new URL(origin).host, "content-length", String(body.length)],
        ],
      })
      .on("response", resolve)
      .on("error", reject)
      .end(body);
  });
}

/** Without parameters that have no name, such as `?=1`: signers leave them out, servers do not. */
function signable(url: string): string {
  const [path = "", ...query] = url.split("?");
  const named = query
    .join("?")
    .split("&")
    .filter((parameter) => !parameter.startsWith("="));
  return query.length === 0 ? path : `${path}?${named.join("&")}`;
}

/** The headers that pass, names and values in turn. */
function* passedHeaders(
  raw: readonly string[],
  rewrite: NonNullable<AuthorizingProxyOptions["rewrite"]>,
) {
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const [name = "", value = ""] = raw.slice(i, i + 2);
    if (!ownHeaders.includes(name.toLowerCase())) yield* [name, rewrite(name, value)];
  }
}
