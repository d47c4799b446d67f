import type {
  KeepResult,
  KeyedAnswer,
  StoredAnswer,
  WriteResult,
} from "../../http/idempotency/answers";
import type { KeyedRequest } from "../../http/idempotency/request";
import type { Payment, PaymentStatus } from "../domain/payment";
import type { Position } from "./cursor";

/** A change of a payment and its answer: both are kept, or neither. */
export interface Write extends KeyedAnswer {
  /** The payment as it shall be. */
  readonly payment: Payment;
}

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
  refuse(refusal: KeyedAnswer): Promise<KeepResult>;
  /** The answer that was given under a key in the last 24 hours. */
  answerTo(request: KeyedRequest): Promise<StoredAnswer | undefined>;
  find(transactionId: string): Promise<Payment | undefined>;
  list(query: ListQuery): Promise<ListPage>;
}
