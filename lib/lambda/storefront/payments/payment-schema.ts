import * as z from "zod/mini";
import { paymentStatuses } from "../domain/payment";

/** The id of an order, as the shop makes it. */
const orderIdPattern = /^ord_[0-9a-f]{32}$/;

/** The id of a payment, as the payments make it. */
export const paymentIdPattern = /^pay_[0-9a-f]{32}$/;

const amount = z.int().check(z.minimum(0));

/** `CAPTURED#7` is CAPTURED in shard 7 of the table's index by status: what follows is the table's concern. */
const status = z.pipe(
  z.pipe(
    z.string(),
    z.transform((stored) => stored.replace(/#.*$/s, "")),
  ),
  z.enum(paymentStatuses),
);

/** A payment as the payments API answers with it; the shop knows no more of it than it reads. */
export const payment = z.pipe(
  z.object({
    transactionId: z.string().check(z.regex(paymentIdPattern)),
    userId: z.string(),
    amount,
    currency: z.string(),
    status,
    version: z.int().check(z.minimum(1)),
    metadata: z.optional(z.object({ orderId: z.optional(z.string()) })),
    capturedAmount: z.optional(amount),
    refundedAmount: z.optional(amount),
  }),
  z.transform(({ metadata, ...rest }) => ({ ...rest, orderId: metadata?.orderId })),
);

/** A text and a number as DynamoDB writes them; a number that is none or too large for one fails later. */
const text = z.pipe(
  z.object({ S: z.string() }),
  z.transform(({ S }) => S),
);
const number = z.pipe(
  z.object({ N: z.string() }),
  z.transform(({ N }) => Number(N)),
);

/** The item of a payment that names an order; of most payments the shop needs no more than to see that they do not. */
export const namesAnOrder = z.object({
  metadata: z.object({
    M: z.object({ orderId: z.object({ S: z.string().check(z.regex(orderIdPattern)) }) }),
  }),
});

/** A payment as the payments' table has it. */
export const paymentItem = z.pipe(
  z.object({
    transactionId: text,
    userId: text,
    amount: number,
    currency: text,
    status: text,
    version: number,
    metadata: z.optional(
      z.pipe(
        z.object({ M: z.object({ orderId: z.optional(text) }) }),
        z.transform(({ M }) => M),
      ),
    ),
    capturedAmount: z.optional(number),
    refundedAmount: z.optional(number),
  }),
  payment,
);
