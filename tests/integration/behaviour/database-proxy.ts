import { once } from "node:events";
import * as net from "node:net";

/** Stands between functions and PostgreSQL; bytes go through as they are, TLS and all. */
export class DatabaseProxy {
  /** Messages from functions to the database since the last `arm`. */
  messages = 0;
  private cut: { readonly message: number; readonly when: "before" | "after" } | undefined;
  private onCut: () => void = () => undefined;
  private away = false;
  private silent = false;
  private readonly open = new Set<net.Socket>();
  private readonly server = net.createServer((near) => {
    this.join(near);
  });

  private constructor(private readonly target: net.NetConnectOpts) {}

  static async start(target: net.NetConnectOpts): Promise<DatabaseProxy> {
    const proxy = new DatabaseProxy(target);
    proxy.server.listen(0, "localhost");
    await once(proxy.server, "listening");
    return proxy;
  }

  get port(): number {
    return (this.server.address() as net.AddressInfo).port;
  }

  /**
   * Counts messages anew. If one is chosen, from 0, connections break in its place, or once the
   * database has responded to it and before the response is passed on; `then` runs at that moment.
   */
  arm(cut?: { message: number; when: "before" | "after" }, then = (): void => undefined): void {
    this.messages = 0;
    this.cut = cut;
    this.onCut = then;
  }

  /** Breaks every connection and refuses new ones. */
  goAway(): void {
    this.away = true;
    this.breakAll();
  }

  comeBack(): void {
    this.away = false;
  }

  /** Passes nothing on and breaks nothing, as a network that drops packets; so do new connections. */
  fallSilent(): void {
    this.silent = true;
    for (const socket of this.open) socket.pause();
  }

  /** Passes on what was held back, as a network that works again, and everything after it. */
  speakAgain(): void {
    this.silent = false;
    for (const socket of this.open) socket.resume();
  }

  stop(): void {
    this.server.close();
    this.breakAll();
  }

  private join(near: net.Socket): void {
    if (this.away) {
      near.destroy();
      return;
    }
    const far = net.connect(this.target);
    let responseIsLost = false;
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.open.add(socket);
      socket.on("error", () => undefined); // it closes next
      socket.on("close", () => {
        this.open.delete(socket);
        other.destroy();
      });
    }
    near.on("data", (data) => {
      const hit = this.messages++ === this.cut?.message;
      if (hit && this.cut?.when === "before") this.breakNow();
      else far.write(data);
      responseIsLost = hit;
    });
    far.on("data", (data) => {
      if (responseIsLost) this.breakNow();
      else near.write(data);
    });
    if (this.silent) for (const socket of [near, far]) socket.pause();
  }

  private breakNow(): void {
    this.cut = undefined;
    this.breakAll();
    this.onCut();
  }

  private breakAll(): void {
    for (const socket of this.open) socket.destroy();
  }
}
