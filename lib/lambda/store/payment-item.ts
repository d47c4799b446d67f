import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { payment as paymentSchema } from "../api/schemas";
import type { Payment } from "../domain/payment";

/** An item of the table. */
export type Item = Record<string, AttributeValue>;

/** The payment as an item; what it does not have is no attribute. */
export function toItem(payment: Payment): Item {
  return marshall(payment, { removeUndefinedValues: true });
}

/** The payment that an item holds. */
export function toPayment(item: Item): Payment {
  return paymentSchema.parse(unmarshall(item));
}
