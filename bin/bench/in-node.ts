import { execFileSync } from "node:child_process";
import * as z from "zod";

const resultSchema = z.record(z.string(), z.number());

/** Runs a module text in a Node of its own, with a function's environment; it prints numbers by name as JSON. */
export function inNode(
  script: string,
  environment: Readonly<Record<string, string>>,
): Record<string, number> {
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
    env: {
      PATH: process.env["PATH"],
      AWS_REGION: "eu-central-1",
      // as on Lambda; nothing is sent
      AWS_ACCESS_KEY_ID: "key",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      ...environment,
    },
  });
  return resultSchema.parse(JSON.parse(output));
}

/** Loads a module; prints the milliseconds that it takes as `init`. */
export const initRun = (file: string) => `
const start = performance.now();
await import(${JSON.stringify(file)});
console.log(JSON.stringify({ init: performance.now() - start }));`;

/** A call of a handler, once warm. */
export interface WarmCall {
  readonly method: "GET" | "POST";
  readonly path: string;
  /** Sent as JSON, under a new idempotency key each time; by default there is none. */
  readonly body?: object;
}

/**
 * Calls the handler of a module over a stubbed client; prints the median milliseconds of each call, by its name.
 *
 * @param requestContext - The gateway's, of the caller.
 */
export const warmRun = (
  file: string,
  calls: Readonly<Record<string, WarmCall>>,
  requestContext: object,
) => `
const { handler } = await import(${JSON.stringify(file)});
const event = ({ method, path, body }, key) => ({ httpMethod: method, path, body: body ? JSON.stringify(body) : null,
  isBase64Encoded: false, multiValueQueryStringParameters: null,
  headers: { "content-type": "application/json", origin: "https://shop.example", ...(body && { "Idempotency-Key": key }) },
  requestContext: { requestId: "request", ...${JSON.stringify(requestContext)} } });
const result = {};
for (const [name, call] of Object.entries(${JSON.stringify(calls)})) {
  const times = [];
  for (let i = 0; i < 3000; i++) {
    const sent = event(call, "key-" + i);
    const start = performance.now();
    const { statusCode, body } = await handler(sent);
    const time = performance.now() - start;
    if (statusCode >= 300) throw new Error(name + " got " + statusCode + " " + body);
    if (i >= 1000) times.push(time);
  }
  result[name] = times.sort((a, b) => a - b)[times.length >> 1];
}
console.log(JSON.stringify(result));`;
