import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod/mini";
import { order as orderSchema } from "../api/schemas";
import type { StoredOrder } from "../domain/order";
import type { FoundOrder, OrderPosition } from "./order-store";

/** An item of the table. */
export type Item = Record<string, AttributeValue>;

const storedOrder = z.extend(orderSchema, {
  ending: z.optional(z.enum(["CANCELED", "EXPIRED"])),
  paymentVersion: z.optional(z.int()),
});

const identified = z.object({ orderId: z.string() });

const position = z.object({ orderId: z.string(), createdAt: z.int() });

/** The order as an item; what it does not have is no attribute. */
export function toItem(order: StoredOrder): Item {
  return marshall(order, { removeUndefinedValues: true });
}

/** The order that an item holds. */
export function toOrder(item: Item): StoredOrder {
  return storedOrder.parse(unmarshall(item));
}

/** The order that an item holds, or that it holds none. */
export function toFoundOrder(item: Item): FoundOrder {
  const value = unmarshall(item);
  return { orderId: identified.parse(value).orderId, order: storedOrder.safeParse(value).data };
}

/** Where the order of an item is in lists, of an index that has no more of it too. */
export function toPosition(item: Item): OrderPosition {
  return position.parse(unmarshall(item));
}
