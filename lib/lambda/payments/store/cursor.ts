import { createHash } from "node:crypto";

/** After which payment a page goes on. */
export interface Position {
  readonly transactionId: string;
  readonly timestamp: number;
  /** Where its list has shards, the one that it was found in; else 0. */
  readonly shard: number;
}

/**
 * A cursor: the position, and a checksum that binds it to the query it came from. Nothing is secret
 * about it: who makes up one gets to another place in the answer to their own query, no further.
 *
 * @param query - What the page is of, written in one way only.
 */
export function encodeCursor({ transactionId, timestamp, shard }: Position, query: string): string {
  const place = [timestamp, transactionId, ...(shard === 0 ? [] : [shard])].join(" ");
  const position = Buffer.from(place).toString("base64url");
  return `${position}.${checksum(position, query)}`;
}

/** The position in a cursor; undefined for one that was changed or came from another query. */
export function decodeCursor(cursor: string, query: string): Position | undefined {
  const position = cursor.slice(0, cursor.indexOf("."));
  if (cursor !== `${position}.${checksum(position, query)}`) return undefined;
  const text = Buffer.from(position, "base64url").toString();
  const [, timestamp, transactionId, shard = 0] =
    /^(\d{1,15}) (pay_[0-9a-f]{32})(?: ([1-9]\d{0,2}))?$/.exec(text) ?? [];
  if (transactionId === undefined) return undefined;
  return { transactionId, timestamp: Number(timestamp), shard: Number(shard) };
}

function checksum(position: string, query: string): string {
  const hash = createHash("sha256").update(`${position}\n${query}`).digest("base64url");
  return hash.slice(0, 16);
}
