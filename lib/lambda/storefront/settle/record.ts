import * as z from "zod/mini";
import type { Payment } from "../domain/payment";
import { namesAnOrder, paymentItem } from "../payments/payment-schema";

/** What a record of the stream of the payments' table says. */
export type PaymentRecord =
  | { readonly kind: "payment"; readonly orderId: string; readonly payment: Payment }
  /** It is no payment's, or that names no order. */
  | { readonly kind: "ignored" }
  /** It can never be read, however often it is delivered; the fields are by their path. */
  | { readonly kind: "malformed"; readonly fields: readonly string[] };

const ofPayment = z.object({
  dynamodb: z.object({
    Keys: z.object({ transactionId: z.object({ S: z.string().check(z.startsWith("pay_")) }) }),
  }),
});
const imaged = z.object({ dynamodb: z.object({ NewImage: z.record(z.string(), z.unknown()) }) });

/** The payment in a record as it became, if it is for an order. */
export function paymentRecord(record: unknown): PaymentRecord {
  if (!ofPayment.safeParse(record).success) return { kind: "ignored" };
  const image = imaged.safeParse(record);
  if (!image.success) return malformed(image.error);
  const { NewImage } = image.data.dynamodb;
  const named = namesAnOrder.safeParse(NewImage);
  if (!named.success) return { kind: "ignored" };
  const payment = paymentItem.safeParse(NewImage);
  if (!payment.success) return malformed(payment.error);
  return { kind: "payment", orderId: named.data.metadata.M.orderId.S, payment: payment.data };
}

function malformed({ issues }: z.core.$ZodError): PaymentRecord {
  return { kind: "malformed", fields: [...new Set(issues.map(({ path }) => path.join(".")))] };
}
