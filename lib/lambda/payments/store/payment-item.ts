import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { payment as paymentSchema } from "../api/schemas";
import type { Payment } from "../domain/payment";
import { statusOf, storedStatus } from "./status-shard";

/** An item of the table. */
export type Item = Record<string, AttributeValue>;

/**
 * The payment as an item; what it does not have is no attribute.
 *
 * @param shard - That of the StatusIndex.
 */
export function toItem(payment: Payment, shard: number): Item {
  return marshall(
    { ...payment, status: storedStatus(payment.status, shard) },
    { removeUndefinedValues: true },
  );
}

/** The payment that an item holds. */
export function toPayment(item: Item): Payment {
  const attributes = unmarshall(item);
  return paymentSchema.parse({ ...attributes, status: statusOf(String(attributes["status"])) });
}
