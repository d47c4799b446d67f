import { createHash } from "node:crypto";
import { invalidRequest } from "./problem";
import type { Problem } from "./problem";

/**
 * An opaque cursor: a position, and a checksum that binds it to the query it came from. Nothing is secret
 * about it: whoever forges one gets another position in the results of their own query, no more.
 *
 * @param position - Where the next page starts, as text.
 * @param query - What the page is of, in its canonical form.
 */
export function encodeCursor(position: string, query: string): string {
  const encoded = Buffer.from(position).toString("base64url");
  return `${encoded}.${checksum(encoded, query)}`;
}

/** The position in a cursor; undefined for one that was changed or came from another query. */
export function decodeCursor(cursor: string, query: string): string | undefined {
  const encoded = cursor.slice(0, cursor.indexOf("."));
  if (cursor !== `${encoded}.${checksum(encoded, query)}`) return undefined;
  return Buffer.from(encoded, "base64url").toString();
}

/** The problem of a request with a cursor that is none of its query's. */
export function foreignCursor(): Problem {
  return invalidRequest([
    { field: "cursor", message: "must be the nextCursor of an answer to the same query" },
  ]);
}

function checksum(encoded: string, query: string): string {
  const hash = createHash("sha256").update(`${encoded}\n${query}`).digest("base64url");
  return hash.slice(0, 16);
}
