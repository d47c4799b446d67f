import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod/mini";
import { type Payment, paymentStatuses } from "../domain/payment";

const amount = z.int().check(z.minimum(0));

/** `CAPTURED#7` is CAPTURED in shard 7 of the table's index by status: what follows is the table's concern. */
const status = z.pipe(
  z.pipe(
    z.string(),
    z.transform((stored) => stored.replace(/#.*$/s, "")),
  ),
  z.enum(paymentStatuses),
);

/** The attributes that table and ledger must agree on: texts are validated by the API. */
const schema = z
  .looseObject({
    transactionId: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/)),
    timestamp: z.int().check(z.minimum(0)),
    userId: z.string().check(z.minLength(1), z.maxLength(256)),
    amount: z.int().check(z.minimum(1)),
    currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
    status,
    version: z.int().check(z.minimum(1)),
    capturedAmount: z.optional(amount),
    refundedAmount: z.optional(amount),
  })
  .check(
    z.refine((payment) => (payment.capturedAmount ?? 0) <= payment.amount, {
      path: ["capturedAmount"],
    }),
    z.refine((payment) => (payment.refundedAmount ?? 0) <= (payment.capturedAmount ?? 0), {
      path: ["refundedAmount"],
    }),
  );

/** A payment out of an item's attributes, or the names of those that are wrong. */
export function storedPayment(
  attributes: Record<string, AttributeValue>,
): Payment | readonly string[] {
  const parsed = schema.safeParse(unmarshall(attributes, { wrapNumbers: exactNumber }));
  if (parsed.success) return parsed.data;
  return [...new Set(parsed.error.issues.map(({ path }) => path.join(".")))];
}

/** A number that JavaScript cannot represent exactly stays the text that it is in DynamoDB. */
function exactNumber(text: string): number | string {
  const number = Number(text);
  return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : text;
}

/** The prefix of idempotency records, which a table may have from before they had one of their own. */
export const idempotencyPrefix = "idempotency#";
