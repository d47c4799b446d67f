import { once } from "node:events";
import type { Server as HttpServer } from "node:http";
import { createServer } from "node:net";
import type { Server } from "node:net";
import { isRecord } from "../core/is-record";

/** A port of this machine that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await portOf(server.listen(0, "127.0.0.1"));
  await closed(server);
  return port;
}

/**
 * A port that someone chose.
 *
 * @throws if it cannot be listened on or clients refuse to call it, with the reason.
 */
export async function requireFreePort(port: number): Promise<number> {
  let calls = 0;
  const server = createServer((socket) => {
    calls += 1;
    socket.resetAndDestroy(); // no state of the connection remains, which would block the port for the next server
  });
  try {
    await portOf(server.listen(port, "127.0.0.1"));
  } catch (error) {
    throw refused(port, refusalOf(error), error);
  }
  // as browsers do, it calls no port of another protocol (fetch.spec.whatwg.org/#bad-port); the list is its own
  await fetch(`http://127.0.0.1:${String(port)}`).catch(() => undefined);
  await closed(server);
  if (calls === 0) throw refused(port, "is one that browsers and HTTP clients refuse to call");
  return port;
}

function refused(port: number, why: string, cause?: unknown): Error {
  const advice = "choose another with --port, or leave --port out for a free one";
  return new Error(`port ${String(port)} ${why}; ${advice}`, { cause });
}

function refusalOf(error: unknown): string {
  const code = isRecord(error) ? error["code"] : undefined;
  if (code === "EADDRINUSE") return "is in use";
  if (code === "EACCES") return "is reserved: to listen on it takes an administrator's rights";
  return `cannot be listened on (${String(error)})`;
}

/** Lets a server listen on a free port of the loopback interface; resolves to its URL. */
export async function listen(server: HttpServer): Promise<string> {
  return `http://127.0.0.1:${String(await portOf(server.listen(0, "127.0.0.1")))}`;
}

async function portOf(server: Server): Promise<number> {
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
}

async function closed(server: Server): Promise<void> {
  server.close();
  await once(server, "close");
}
