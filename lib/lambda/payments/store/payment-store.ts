import type { Payment, PaymentStatus } from "../domain/payment";
import type { KeyedRequest, StoredAnswer } from "./idempotency";
import type { Position } from "./cursor";

/** An effect and the answer that tells of it: both are kept, or neither. */
export interface Write {
  /** The payment as it shall be. */
  readonly payment: Payment;
  readonly request: KeyedRequest;
  readonly answer: Omit<StoredAnswer, "requestHash">;
}

/**
 * How a write ended. `answered`: the key had been used, nothing was written. `changed`: someone else
 * has changed the payment. `busy`: someone else is at the key or the payment, or the table is
 * throttled; nothing was written, try again.
 */
export type WriteResult =
  | { readonly result: "written" }
  | { readonly result: "changed" }
  | { readonly result: "busy" }
  | { readonly result: "answered"; readonly answer: StoredAnswer };

/** A refusal to be kept: an answer that has no effect. */
export type Refusal = Pick<Write, "request" | "answer">;

/** How it ended with a refusal, in the same words. */
export type RefusalResult = Exclude<WriteResult, { readonly result: "changed" }>;

/** The payments of a user or in a status. */
export interface ListQuery {
  readonly by: { readonly userId: string } | { readonly status: PaymentStatus };
  /** At most so many. */
  readonly limit: number;
  readonly after: Position | undefined;
}

/** Payments, newest first, and where the next page starts, if there may be one. */
export interface ListPage {
  readonly payments: readonly Payment[];
  readonly next: Position | undefined;
}

/** Where payments are kept. */
export interface PaymentStore {
  /** Keeps a new payment. */
  create(write: Write): Promise<WriteResult>;
  /** Keeps the next version of a payment, unless it has one. */
  update(write: Write): Promise<WriteResult>;
  /** Keeps a refusal under its key, unless that was answered. */
  refuse(refusal: Refusal): Promise<RefusalResult>;
  /** The answer that was given under a key in the last 24 hours. */
  answerTo(request: KeyedRequest): Promise<StoredAnswer | undefined>;
  find(transactionId: string): Promise<Payment | undefined>;
  list(query: ListQuery): Promise<ListPage>;
}
