import type {
  KeyedResponse,
  SaveResult,
  StoredResponse,
  WriteResult,
} from "../../http/idempotency/response-store";
import type { KeyedRequest } from "../../http/idempotency/request";
import type { Payment, PaymentStatus } from "../domain/payment";
import type { Position } from "./cursor";

/** A change of a payment and its response: both are written, or neither. */
export interface Write extends KeyedResponse {
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

/** Stores payments. */
export interface PaymentStore {
  /** Stores a new payment. */
  create(write: Write): Promise<WriteResult>;
  /** Stores the next version of a payment, unless it has one. */
  update(write: Write): Promise<WriteResult>;
  /** Stores a refusal under its key, unless the key was used. */
  refuse(refusal: KeyedResponse): Promise<SaveResult>;
  /** The response under a key of the last 24 hours. */
  findResponse(request: KeyedRequest): Promise<StoredResponse | undefined>;
  find(transactionId: string): Promise<Payment | undefined>;
  list(query: ListQuery): Promise<ListPage>;
}
