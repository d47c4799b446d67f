import type { PaymentStore } from "../store/payment-store";

/** What the operations work with; tests substitute it. */
export interface Dependencies {
  readonly store: PaymentStore;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** The id of a new payment. */
  readonly newId: () => string;
}
