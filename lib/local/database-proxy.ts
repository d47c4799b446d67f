import { once } from "node:events";
import * as net from "node:net";
import * as tls from "node:tls";
import { localCertificate } from "./certificates";
import type { PostgresSocket } from "./postgres";
import {
  failure,
  isAuthenticationOk,
  isSslRequest,
  passwordOf,
  passwordRequest,
  readMessage,
  readStartup,
  userOf,
} from "./postgres-protocol";

/** The server behind the proxy, and who may sign in. */
export interface DatabaseProxyOptions {
  readonly postgres: PostgresSocket;
  /** The port on the loopback interface. */
  readonly port: number;
  /** Whether an IAM token is one by which somebody may connect as a user. */
  readonly maySignIn: (user: string, token: string) => Promise<boolean>;
}

/** A running proxy. */
export interface DatabaseProxy {
  /** PEM of the authority that signed its certificate. */
  readonly certificate: string;
  stop(): Promise<void>;
}

/** As many bytes as PostgreSQL accepts from a client that has not signed in. */
const longestStartup = 10_000;
/** As many as a token may have, which the emulator reads. */
const longestToken = 65_536;
/** How long a client may take to sign in, in milliseconds: PostgreSQL's `authentication_timeout`. */
const signInTimeoutMs = 60_000;

/**
 * Authenticates clients of PostgreSQL as RDS does: over TLS only, and those without a password, which are the members
 * of `rds_iam`, by an IAM token. The master user's password PostgreSQL checks itself.
 */
export async function startDatabaseProxy(options: DatabaseProxyOptions): Promise<DatabaseProxy> {
  const { certificate, key } = await localCertificate();
  const secureContext = tls.createSecureContext({ cert: certificate, key, minVersion: "TLSv1.2" });
  const open = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    open.add(socket);
    const closed = new AbortController();
    socket
      .on("error", () => socket.destroy())
      .on("close", () => {
        open.delete(socket);
        closed.abort();
      });
    admit(socket, secureContext, options, closed.signal).catch(() => socket.destroy());
  });
  server.listen(options.port, "127.0.0.1");
  await once(server, "listening");
  return {
    certificate,
    stop: async () => {
      const closed = once(server.close(), "close");
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

/** @param closed - Aborted when the socket is closed. */
async function admit(
  socket: net.Socket,
  secureContext: tls.SecureContext,
  { postgres, maySignIn }: DatabaseProxyOptions,
  closed: AbortSignal,
): Promise<void> {
  const timer = setTimeout(() => socket.destroy(), signInTimeoutMs);
  closed.addEventListener("abort", () => {
    clearTimeout(timer);
  });
  if (!isSslRequest(await readStartup(socket, longestStartup, closed))) {
    socket.end(failure("28000", "no pg_hba.conf entry for this host, no encryption"));
    return;
  }
  // what came with the request in plain text could have been put there by somebody else
  if (socket.readableLength > 0) throw new Error("unencrypted data after the request for TLS");
  socket.write("S");
  const client = new tls.TLSSocket(socket, { isServer: true, secureContext });
  const server = net.connect(`${postgres.host}/.s.PGSQL.${String(postgres.port)}`);
  client.on("error", () => client.destroy()).on("close", () => server.destroy());
  server.on("error", () => server.destroy()).on("close", () => client.destroy());
  await once(client, "secure", { signal: closed });

  const startup = await readStartup(client, longestStartup, closed);
  server.write(startup);
  const reply = await readMessage(server, longestStartup, closed);
  if (isAuthenticationOk(reply)) {
    const user = userOf(startup);
    client.write(passwordRequest);
    const token = passwordOf(await readMessage(client, longestToken, closed));
    if (!(await maySignIn(user, token))) {
      client.end(failure("28000", `PAM authentication failed for user "${user}"`));
      return;
    }
  }
  clearTimeout(timer);
  client.write(reply);
  client.pipe(server);
  server.pipe(client);
}
