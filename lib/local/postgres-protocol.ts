import { once } from "node:events";
import type { Socket } from "node:net";

// "Frontend/Backend Protocol" of PostgreSQL's documentation: as much of it as signing in takes

/** In place of a protocol's version: the client wants TLS. */
const sslRequest = 80_877_103;
const protocol3 = 196_608;

/** A message's bytes, length and type included. */
export type Message = Buffer;

/** AuthenticationCleartextPassword: over TLS a token is requested, and sent, as a password. */
export const passwordRequest: Message = Buffer.from("R\0\0\0\x08\0\0\0\x03", "latin1");

/**
 * Reads a message without a type, which is how a connection begins.
 *
 * @param longest - In bytes.
 * @throws if it is longer, or `signal` is aborted.
 */
export async function readStartup(
  stream: Socket,
  longest: number,
  signal: AbortSignal,
): Promise<Message> {
  const length = await take(stream, 4, signal);
  const rest = limited(length.readUInt32BE(), longest);
  return Buffer.concat([length, await take(stream, rest, signal)]);
}

/**
 * Reads a message.
 *
 * @param longest - In bytes.
 * @throws if it is longer, or `signal` is aborted.
 */
export async function readMessage(
  stream: Socket,
  longest: number,
  signal: AbortSignal,
): Promise<Message> {
  const head = await take(stream, 5, signal);
  const rest = limited(head.readUInt32BE(1), longest);
  return Buffer.concat([head, await take(stream, rest, signal)]);
}

/** Whether the first message of a connection requests TLS. */
export function isSslRequest(startup: Message): boolean {
  return startup.readUInt32BE(4) === sslRequest;
}

/** As whom a client wants to sign in; empty if it names none. */
export function userOf(startup: Message): string {
  if (startup.readUInt32BE(4) !== protocol3) return "";
  const texts = startup.subarray(8).toString().split("\0");
  return texts.find((_, at) => at % 2 === 1 && texts[at - 1] === "user") ?? "";
}

/** Whether the server accepts the client without a password: AuthenticationOk. */
export function isAuthenticationOk(reply: Message): boolean {
  return reply.subarray(0, 1).toString() === "R" && reply.readUInt32BE(5) === 0;
}

/** The password in a PasswordMessage. */
export function passwordOf(message: Message): string {
  return message.subarray(5, -1).toString();
}

/** ErrorResponse, after which a server closes the connection. */
export function failure(code: string, reason: string): Message {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${reason}\0\0`);
  const head = Buffer.from("E\0\0\0\0");
  head.writeUInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

/** How many bytes follow a length, which counts itself. */
function limited(length: number, longest: number): number {
  if (length < 8 || length > longest) throw new Error(`a message of ${String(length)} bytes`);
  return length - 4;
}

async function take(stream: Socket, length: number, signal: AbortSignal): Promise<Buffer> {
  for (;;) {
    const bytes: unknown = stream.read(length);
    if (Buffer.isBuffer(bytes) && bytes.length === length) return bytes;
    if (stream.readableEnded) throw new Error("the connection has ended");
    await once(stream, "readable", { signal });
  }
}
