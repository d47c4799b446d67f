import type { KeyedRequest } from "./request";

/** The response to the first request under a key, as it is replayed: a success or a refusal. */
export interface StoredResponse {
  readonly requestHash: string;
  readonly statusCode: number;
  /** JSON text. */
  readonly body: string;
}

/** A response to be stored under a request's key. */
export interface KeyedResponse {
  readonly request: KeyedRequest;
  readonly response: Omit<StoredResponse, "requestHash">;
}

/**
 * How a write ended. `duplicate`: the key had been used, nothing was written. `changed`: another request
 * has changed what the effect is on. `busy`: another request is writing under the key or to the same item,
 * or the table is throttled; nothing was written, try again.
 */
export type WriteResult =
  | { readonly result: "written" }
  | { readonly result: "changed" }
  | { readonly result: "busy" }
  | { readonly result: "duplicate"; readonly response: StoredResponse };

/** How the write of a response without effects ended, by the same names. */
export type SaveResult = Exclude<WriteResult, { readonly result: "changed" }>;

/**
 * Stores the responses under idempotency keys.
 *
 * @typeParam Effect - What the store can write in the same transaction as a response.
 */
export interface ResponseStore<Effect> {
  /** The response that is stored under a key, unless it has expired. */
  find(request: KeyedRequest): Promise<StoredResponse | undefined>;
  /** Stores a response without effects, a refusal, unless there is one under its key. */
  save(response: KeyedResponse): Promise<SaveResult>;
  /** Stores a response together with its effects, atomically. */
  saveWith(response: KeyedResponse, effects: readonly Effect[]): Promise<WriteResult>;
}
