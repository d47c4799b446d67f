import { once } from "node:events";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** The fault of a call, and whether the service has done its work by then. */
export interface Fault {
  readonly when: "before" | "after";
  readonly what:
    | "reset" // the connection breaks
    | "throttled" // the service says that it is too much
    | "silence" // no response ever
    | "killed" // the function's process ends
    | "late"; // the call is on its way until the caller has long repeated its request
  /** Whether the SDK's own further attempts fail too; by default only the first does. */
  readonly always?: boolean;
}

interface Call {
  readonly request: http.IncomingMessage;
  readonly body: Buffer;
  readonly response: http.ServerResponse;
}

interface Forwarded {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * A proxy between one process of a function and AWS. A call is what the SDK gives one invocation id:
 * its further attempts are the same call. Of what has no such id, it is all that goes to one operation.
 */
export class FaultProxy {
  /** The calls since the last `arm`, in order: `DynamoDB_20120810.GetItem`, `PUT /bucket/key`. */
  readonly calls: string[] = [];
  /** Resolves when the call that is to fail has arrived. */
  reached: Promise<void> = Promise.resolve();
  /** Ends the function's process. */
  onKill: () => void = () => undefined;
  private readonly ids: string[] = [];
  private fault: (Fault & { readonly call: number }) | undefined;
  private released = Promise.resolve();
  private onReached: () => void = () => undefined;
  private readonly server = http.createServer((request, response) => {
    void this.take(request, response);
  });

  private constructor(private readonly target: string) {}

  static async start(target: string): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    proxy.server.listen(0, "127.0.0.1");
    await once(proxy.server, "listening");
    return proxy;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${String(port)}`;
  }

  /** Resets the count of calls, and fails the one with this number, if a fault is given; from 0. */
  arm(fault?: Fault, call = 0): void {
    this.calls.length = 0;
    this.ids.length = 0;
    this.fault = fault && { ...fault, call };
    this.reached = new Promise((resolve) => {
      this.onReached = resolve;
    });
  }

  /** Keeps late calls until the promise is settled. */
  holdUntil(released: Promise<void>): void {
    this.released = released;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async take(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    try {
      const call = { request, response, body: await buffer(request) };
      const fault = this.faultOf(request);
      if (fault === undefined) respond(response, await this.forward(call));
      else await this.spoil(fault, call);
    } catch {
      response.destroy(); // the function or this proxy is gone
    }
  }

  private faultOf({ headers, method, url }: http.IncomingMessage): Fault | undefined {
    const operation = String(headers["x-amz-target"] ?? `${String(method)} ${String(url)}`);
    const id = String(headers["amz-sdk-invocation-id"] ?? operation);
    const again = this.ids.includes(id);
    if (!again) {
      this.ids.push(id);
      this.calls.push(operation);
    }
    const { fault } = this;
    if (fault?.call !== this.ids.indexOf(id)) return undefined;
    return again && fault.always !== true ? undefined : fault;
  }

  private async spoil({ when, what }: Fault, call: Call): Promise<void> {
    this.onReached();
    if (when === "after") await this.forward(call);
    switch (what) {
      case "reset":
        call.request.socket.destroy();
        return;
      case "throttled":
        respond(call.response, throttling(call.request));
        return;
      case "silence":
        return;
      case "killed":
        this.onKill();
        return;
      case "late":
        await this.released;
        respond(call.response, await this.forward(call));
    }
  }

  private async forward({ request, body }: Call): Promise<Forwarded> {
    const onward = http.request(new URL(request.url ?? "/", this.target), {
      method: request.method,
      headers: request.headers, // the host too, which is signed
    });
    const received = once(onward, "response") as Promise<[http.IncomingMessage]>;
    onward.end(body);
    const [response] = await received;
    const { statusCode = 502, headers } = response;
    return { status: statusCode, headers, body: await buffer(response) };
  }
}

function respond(response: http.ServerResponse, { status, headers, body }: Forwarded): void {
  response.writeHead(status, headers).end(body);
}

/** As DynamoDB and as S3 respond. */
function throttling({ headers }: http.IncomingMessage): Forwarded {
  if (headers["x-amz-target"] === undefined)
    return {
      status: 503,
      headers: { "content-type": "application/xml" },
      body: Buffer.from("<Error><Code>SlowDown</Code><Message>Reduce your rate</Message></Error>"),
    };
  return {
    status: 400,
    headers: { "content-type": "application/x-amz-json-1.0" },
    body: Buffer.from(
      JSON.stringify({
        __type: "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
        message: "Reduce your rate",
      }),
    ),
  };
}
