import type { Authorization } from "../../http/caller";
import type { Payments } from "../payments/payments";
import type { OrderStore } from "../store/order-store";

/** What the operations work with; tests substitute it. */
export interface Dependencies {
  readonly store: OrderStore;
  readonly payments: Payments;
  /** How the gateway authorizes users. */
  readonly authorization: Authorization;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** The id of a new order. */
  readonly newId: () => string;
  /** How long an order waits for its payment. */
  readonly expiryMinutes: number;
}
