import type { PaymentStore } from "../store/payment-store";

/** What the operations work with; a test gives them stand-ins. */
export interface Dependencies {
  readonly store: PaymentStore;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** The id of a new payment. */
  readonly newId: () => string;
}
