import { once } from "node:events";
import type { Server as HttpServer } from "node:http";
import { createServer } from "node:net";
import type { Server } from "node:net";

/** A port of this machine that nothing listens on. */
export function freePort(): Promise<number> {
  return tryPort(0);
}

/** @throws if something listens on the port already. */
export async function requireFreePort(port: number): Promise<number> {
  try {
    return await tryPort(port);
  } catch (error) {
    throw new Error(
      `port ${String(port)} is in use or not allowed (${error instanceof Error ? error.message : String(error)}); ` +
        "choose another with --port, or leave --port out for a free one",
      { cause: error },
    );
  }
}

/** Lets a server listen on a free port of the loopback interface; resolves to its URL. */
export async function listen(server: HttpServer): Promise<string> {
  return `http://127.0.0.1:${String(await portOf(server.listen(0, "127.0.0.1")))}`;
}

async function tryPort(port: number): Promise<number> {
  const server = createServer().listen(port, "127.0.0.1");
  const given = await portOf(server);
  server.close();
  await once(server, "close");
  return given;
}

async function portOf(server: Server): Promise<number> {
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
}
