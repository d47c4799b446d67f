import { randomBytes } from "node:crypto";
import * as http from "node:http";
import { buffer } from "node:stream/consumers";
import { AwsV4Signer } from "aws4fetch";
import { refuseForeignRequest } from "./foreign-requests";
import { listen } from "./ports";

/** The credentials that a proxy signs with, and the API behind it. */
export interface SigningProxyOptions {
  /** The API's URL, its stage included. */
  readonly target: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Called with every header before it is sent; what it returns is sent in place of the value. */
  readonly rewrite?: (name: string, value: string) => string;
}

/** A running proxy. */
export interface SigningProxy {
  /** With a secret path: requests by another are not signed. */
  readonly url: string;
  /** How many responses there were of each status. */
  readonly statuses: ReadonlyMap<number, number>;
  stop(): Promise<void>;
}

/** Headers that belong to one connection, or that the signature replaces. */
const ownHeaders = [
  "connection",
  "keep-alive",
  "host",
  "authorization",
  "content-length",
  "transfer-encoding",
];

/**
 * Listens on the loopback interface and passes every request on to the API, signed (AWS Signature Version 4), for
 * tools that cannot sign. Path, headers and body are not changed, however odd. It may sign with credentials of a real
 * account, so it accepts requests of its own tool only: by a secret path, and from no web page.
 */
export async function startSigningProxy(options: SigningProxyOptions): Promise<SigningProxy> {
  const statuses = new Map<number, number>();
  const secretPath = `/${randomBytes(24).toString("base64url")}`;
  const server = http.createServer((request, response) => {
    if (refuseForeignRequest(request, response)) return;
    const { url = "" } = request;
    if (!url.startsWith(secretPath)) {
      response.writeHead(403).end();
      return;
    }
    forward(request, url.slice(secretPath.length), options).then(
      (upstream) => {
        const status = upstream.statusCode ?? 0;
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        response.writeHead(status, upstream.rawHeaders);
        upstream.pipe(response);
      },
      () => response.destroy(),
    );
  });
  return {
    url: `${await listen(server)}${secretPath}`,
    statuses,
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
  options: SigningProxyOptions,
): Promise<http.IncomingMessage> {
  const { target, rewrite = (_: string, value: string) => value, ...credentials } = options;
  const body = await buffer(request);
  const { origin, pathname } = new URL(target);
  const path = `${pathname.replace(/\/$/, "")}${signable(url)}`;
  const method = request.method ?? "GET";
  const signer = new AwsV4Signer({
    ...credentials,
    service: "execute-api",
    method,
    url: `${origin}${path}`,
    ...(body.length > 0 && { body }),
  });
  const { headers } = await signer.sign();
  return new Promise((resolve, reject) => {
    http
      .request(origin, {
        method,
        path,
        headers: [
          ...passedHeaders(request.rawHeaders, rewrite),
          ...[...headers].flat(),
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
  rewrite: NonNullable<SigningProxyOptions["rewrite"]>,
) {
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const [name = "", value = ""] = raw.slice(i, i + 2);
    if (!ownHeaders.includes(name.toLowerCase())) yield* [name, rewrite(name, value)];
  }
}
