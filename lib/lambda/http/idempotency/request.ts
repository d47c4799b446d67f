import { createHash } from "node:crypto";

/** What a caller asked for under an idempotency key, as hashes: neither can be told from what is kept. */
export interface KeyedRequest {
  /** The hash of the caller and its key. */
  readonly keyHash: string;
  /** SHA-256 of the operation and everything that was asked of it. */
  readonly requestHash: string;
}

/**
 * The request that a key, an operation and its checked input make; the order of names in it is no matter.
 *
 * @param keyHash - The hash of the caller and its key.
 */
export function keyedRequest(keyHash: string, operation: string, input: unknown): KeyedRequest {
  return {
    keyHash,
    requestHash: sha256(`${operation}\n${JSON.stringify(input, sortedNames)}`),
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function sortedNames(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
