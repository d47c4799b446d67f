import type { Order } from "../domain/order";
import type { Payment } from "../domain/payment";

/**
 * The payments, as orders need them. Each call may be repeated and then has no further effect.
 *
 * Each throws the problem `unavailable` where the payments do not answer, which may be too late: what was asked for
 * may have been done.
 */
export interface Payments {
  /**
   * Asks for the payment of an order, which is the same however often within 24 hours: as it was when it was made, so
   * PENDING, whatever it is by now.
   */
  create(order: Order): Promise<Payment>;
  /** Cancels the payment of an order, or says that its status does not allow that. */
  cancel(order: Pick<Order, "orderId">, paymentId: string): Promise<Payment | "wrong-status">;
  /** A payment as it is now; undefined where there is none. */
  find(paymentId: string): Promise<Payment | undefined>;
  /** A payment as it is now, which there is. */
  read(paymentId: string): Promise<Payment>;
}
