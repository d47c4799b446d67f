import { once } from "node:events";
import { createServer } from "node:net";

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

async function tryPort(port: number): Promise<number> {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
}
