import { createServer } from "node:net";
import type { Server } from "node:net";
import { freePort, listen, requireFreePort } from "../../../lib/local/ports";
import { createServer as createHttpServer } from "node:http";

describe("a port that someone chose", () => {
  it("is taken when it is free, and can be listened on at once", async () => {
    const port = await freePort();

    await expect(requireFreePort(port)).resolves.toBe(port);
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen({ port, host: "127.0.0.1", exclusive: true }, resolve);
    });
    server.close();
  });

  it("is refused when something listens on it", async () => {
    const server = createHttpServer();
    const { port } = new URL(await listen(server));

    const taken = requireFreePort(Number(port));
    await expect(taken.finally(() => server.close())).rejects.toThrow(
      `port ${port} is in use; choose another with --port, or leave --port out for a free one`,
    );
  });

  // of X11, IRC and SIP: none needs an administrator's rights
  it.each([6000, 6667, 5060])("is refused when no browser would call it: %d", async (port) => {
    await expect(requireFreePort(port)).rejects.toThrow(
      `port ${String(port)} is one that browsers and HTTP clients refuse to call; choose another`,
    );
  });

  it("is refused when it takes an administrator's rights, and not as one in use", async () => {
    // who runs the tests may have them
    const denied = Object.assign(new Error("listen EACCES"), { code: "EACCES" });
    jest.spyOn(serverPrototype(), "listen").mockImplementation(function (this: Server) {
      process.nextTick(() => this.emit("error", denied));
      return this;
    });

    await expect(requireFreePort(80)).rejects.toThrow(
      "port 80 is reserved: to listen on it takes an administrator's rights; choose another",
    );
    jest.restoreAllMocks();
  });
});

function serverPrototype(): Server {
  return Object.getPrototypeOf(createServer()) as Server;
}
