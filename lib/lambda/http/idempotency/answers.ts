import type { KeyedRequest } from "./request";

/** The answer to the first request under a key, as it is replayed: a success or a refusal. */
export interface StoredAnswer {
  readonly requestHash: string;
  readonly statusCode: number;
  /** JSON text. */
  readonly body: string;
}

/** An answer to be kept under a request's key. */
export interface KeyedAnswer {
  readonly request: KeyedRequest;
  readonly answer: Omit<StoredAnswer, "requestHash">;
}

/**
 * How a write ended. `answered`: the key had been used, nothing was written. `changed`: someone else
 * has changed what the effect is on. `busy`: someone else is at the key or there too, or the table is
 * throttled; nothing was written, try again.
 */
export type WriteResult =
  | { readonly result: "written" }
  | { readonly result: "changed" }
  | { readonly result: "busy" }
  | { readonly result: "answered"; readonly answer: StoredAnswer };

/** How it ended with an answer that has no effect, in the same words. */
export type KeepResult = Exclude<WriteResult, { readonly result: "changed" }>;

/**
 * Where the answers under idempotency keys are kept.
 *
 * @typeParam Effect - What the store can write in the same transaction as an answer.
 */
export interface Answers<Effect> {
  /** The answer that was given under a key, unless it has expired. */
  find(request: KeyedRequest): Promise<StoredAnswer | undefined>;
  /** Keeps an answer that has no effect, a refusal, unless there is one under its key. */
  keep(answer: KeyedAnswer): Promise<KeepResult>;
  /** Keeps an answer and its effects: all of it, or nothing. */
  keepWith(answer: KeyedAnswer, effects: readonly Effect[]): Promise<WriteResult>;
}
