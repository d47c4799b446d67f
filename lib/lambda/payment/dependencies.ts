import type { Queryable } from "../database/connection";
import type { PaymentStore } from "../store/payment-store";

/** What the operations work with; a test gives them stand-ins. */
export interface Dependencies {
  readonly store: PaymentStore;
  /** Gives work a connection to the ledger's database. */
  readonly withDatabase: <T>(work: (client: Queryable) => Promise<T>) => Promise<T>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** The id of a new payment. */
  readonly newId: () => string;
}
