import { createHash } from "node:crypto";
import * as z from "zod/mini";

/** After which payment a page goes on. */
export interface Position {
  readonly transactionId: string;
  readonly timestamp: number;
}

const schema = z.tuple([z.string(), z.int()]);

/**
 * A cursor: the position, and a checksum that binds it to the query it came from. Nothing is secret
 * about it: who makes up one gets to another place in the answer to their own query, no further.
 *
 * @param query - What the page is of: `userId=user-1`.
 */
export function encodeCursor({ transactionId, timestamp }: Position, query: string): string {
  const position = Buffer.from(JSON.stringify([transactionId, timestamp])).toString("base64url");
  return `${position}.${checksum(position, query)}`;
}

/** The position in a cursor; undefined for one that was changed or came from another query. */
export function decodeCursor(cursor: string, query: string): Position | undefined {
  const [position = "", sum] = cursor.split(".");
  if (sum !== checksum(position, query) || cursor !== `${position}.${sum}`) return undefined;
  const parsed = schema.safeParse(JSON.parse(Buffer.from(position, "base64url").toString()));
  if (!parsed.success) return undefined;
  const [transactionId, timestamp] = parsed.data;
  return { transactionId, timestamp };
}

function checksum(position: string, query: string): string {
  const hash = createHash("sha256").update(`${position}\n${query}`).digest("base64url");
  return hash.slice(0, 16);
}
