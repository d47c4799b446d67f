import { createHash } from "node:crypto";

/** A request under an idempotency key, as hashes: neither the key nor the request can be derived from what is stored. */
export interface KeyedRequest {
  /** The hash of the caller and its key. */
  readonly keyHash: string;
  /** SHA-256 of the operation and its whole input. */
  readonly requestHash: string;
}

/**
 * The request of a key, an operation and its validated input; the order of names in it does not matter.
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
