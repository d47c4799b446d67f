import type { Order, StoredOrder } from "../domain/order";
import { order as orderSchema } from "./schemas";

/** An order as its user sees it. */
export function visible(order: StoredOrder): Order {
  return orderSchema.parse(order);
}
