import { once } from "node:events";
import * as net from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import * as tls from "node:tls";
import { localCertificate } from "./certificates";
import type { SocketSignIn } from "./postgres";

/** What stands before PostgreSQL, and before what. */
export interface DatabaseFrontOptions {
  readonly postgres: Pick<SocketSignIn, "host" | "port">;
  /** The port on the loopback interface. */
  readonly port: number;
  /** Whether an IAM token is one by which somebody may connect as a user. */
  readonly maySignIn: (user: string, token: string) => Promise<boolean>;
}

/** A front that listens. */
export interface DatabaseFront {
  /** PEM of the authority that signed its certificate. */
  readonly certificate: string;
  stop(): Promise<void>;
}

/** Codes that stand in place of a protocol's version: PostgreSQL's protocol, "Message Formats". */
const sslRequest = 80_877_103;
const protocol3 = 196_608;
/** As many bytes as PostgreSQL takes of a client that has not signed in. */
const longestStartup = 10_000;
/** As many as a token may have, which the emulator reads. */
const longestToken = 65_536;
/** How long a client may take to sign in, in milliseconds: PostgreSQL's `authentication_timeout`. */
const patience = 60_000;

/**
 * Lets clients into PostgreSQL as RDS does: over TLS only, and whoever PostgreSQL asks for no password, which
 * are the members of `rds_iam`, by an IAM token. The master user's password PostgreSQL checks itself.
 */
export async function startDatabaseFront(options: DatabaseFrontOptions): Promise<DatabaseFront> {
  const { certificate, key } = await localCertificate();
  const secureContext = tls.createSecureContext({
    cert: certificate,
    key,
    minVersion: "TLSv1.2",
  });
  const open = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket)).on("error", () => socket.destroy());
    admit(socket, secureContext, options).catch(() => socket.destroy());
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

async function admit(
  socket: net.Socket,
  secureContext: tls.SecureContext,
  { postgres, maySignIn }: DatabaseFrontOptions,
): Promise<void> {
  const signedIn = new AbortController();
  delay(patience, undefined, { signal: signedIn.signal, ref: false }).then(
    () => socket.destroy(),
    () => undefined,
  );
  try {
    const client = await overTls(socket, secureContext);
    const startup = await startupMessage(client);
    const user = parameters(startup).get("user") ?? "";
    const server = net.connect(`${postgres.host}/.s.PGSQL.${String(postgres.port)}`);
    client.on("close", () => server.destroy()).on("error", () => server.destroy());
    server.on("close", () => client.destroy()).on("error", () => client.destroy());
    server.write(startup);
    const answer = await message(server, longestStartup);
    if (isWelcome(answer)) {
      client.write(passwordRequest);
      const token = text(await message(client, longestToken));
      if (!(await maySignIn(user, token))) {
        client.end(failure("28000", `PAM authentication failed for user "${user}"`));
        return;
      }
    }
    client.write(answer);
    client.pipe(server);
    server.pipe(client);
  } finally {
    signedIn.abort();
  }
}

async function overTls(socket: net.Socket, secureContext: tls.SecureContext) {
  const first = await startupMessage(socket);
  if (first.readUInt32BE(4) !== sslRequest) {
    const hint = "no pg_hba.conf entry for this host, no encryption";
    socket.end(failure("28000", hint));
    throw new Error(hint);
  }
  // what came with the request in plain text could have been put there by somebody else
  if (socket.readableLength > 0) throw new Error("unencrypted data after the request for TLS");
  socket.write("S");
  const client = new tls.TLSSocket(socket, { isServer: true, secureContext });
  await once(client, "secure");
  return client;
}

/** A message without a type, which is how a connection begins: its length, a code and what belongs to it. */
async function startupMessage(stream: net.Socket): Promise<Buffer> {
  const length = await take(stream, 4);
  return Buffer.concat([
    length,
    await take(stream, limited(length.readUInt32BE(), longestStartup)),
  ]);
}

/** A message: its type, its length and its content. */
async function message(stream: net.Socket, longest: number): Promise<Buffer> {
  const head = await take(stream, 5);
  return Buffer.concat([head, await take(stream, limited(head.readUInt32BE(1), longest))]);
}

/** How many bytes follow a length, which counts itself. */
function limited(length: number, longest: number): number {
  if (length < 8 || length > longest) throw new Error(`a message of ${String(length)} bytes`);
  return length - 4;
}

async function take(stream: net.Socket, length: number): Promise<Buffer> {
  for (;;) {
    const bytes: unknown = stream.read(length);
    if (Buffer.isBuffer(bytes) && bytes.length === length) return bytes;
    if (stream.readableEnded || stream.destroyed) throw new Error("the connection has ended");
    await once(stream, "readable");
  }
}

function parameters(startup: Buffer): ReadonlyMap<string, string> {
  if (startup.readUInt32BE(4) !== protocol3) return new Map();
  const texts = startup.subarray(8).toString().split("\0");
  return new Map(
    texts.flatMap((name, at) => (at % 2 === 0 && name !== "" ? [[name, texts[at + 1] ?? ""]] : [])),
  );
}

/** Whether PostgreSQL lets somebody in, and has asked for nothing. */
function isWelcome(answer: Buffer): boolean {
  return answer.subarray(0, 1).toString() === "R" && answer.readUInt32BE(5) === 0;
}

/** AuthenticationCleartextPassword: a token is sent as the password. */
const passwordRequest = Buffer.from("R\0\0\0\x08\0\0\0\x03", "latin1");

/** A message's text, up to its closing zero. */
function text(content: Buffer): string {
  return content.subarray(5, -1).toString();
}

/** ErrorResponse, after which the server closes. */
function failure(code: string, reason: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${reason}\0\0`);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(fields.length + 4);
  return Buffer.concat([Buffer.from("E"), length, fields]);
}
