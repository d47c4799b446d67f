import * as z from "zod/mini";
import {
  amount,
  currency,
  identifier,
  maxAmount,
  maxBodyBytes as maxBytesOf,
  nextCursor,
  page,
  problemDocument,
  text,
} from "../../values/schemas";
import { paymentStatuses } from "../domain/payment";
import { maxPayout } from "../domain/payout";
import { problemStyle } from "./problem";

/** How long the texts of a new payment may be, in characters. */
const longest = { userId: 128, description: 500, name: 40, value: 500 };

/** How many entries a payment's metadata may have. */
const maxEntries = 20;

const total = z.int().check(z.minimum(0), z.maximum(maxAmount));

const transactionId = z
  .string()
  .check(
    z.regex(/^pay_[0-9a-f]{32}$/, "must be the id of a payment: pay_ and 32 hexadecimal digits"),
  );

const status = z.enum(paymentStatuses);

const metadata = z.record(text(1, longest.name), text(0, longest.value)).check(
  z.refine(
    (entries) => Object.keys(entries).length <= maxEntries,
    `must have at most ${String(maxEntries)} entries`,
  ),
  z.meta({ maxProperties: maxEntries, description: "Whatever the caller wants to find again." }),
);

/** Which payment. */
export const paymentPath = z.strictObject({ id: transactionId });

/** Which account of the ledger. */
export const accountPath = z.strictObject({ account: identifier(200) });

/** A payment to be made. */
export const newPayment = z.strictObject({
  userId: identifier(longest.userId),
  amount,
  currency,
  description: z.optional(text(0, longest.description)),
  metadata: z.optional(metadata),
});

/** The largest body, in bytes: a new payment of the longest texts. */
export const maxBodyBytes = maxBytesOf(
  longest.userId + longest.description + maxEntries * (longest.name + longest.value),
);

/** The outcome of an authorization, which the caller has got from the processor. */
export const authorization = z.strictObject({ outcome: z.enum(["APPROVED", "DECLINED"]) });

interface AmountOrAll {
  readonly amount?: number | undefined;
  readonly all?: true | undefined;
}

/** Exactly one of the two, so that nothing is moved by what a caller leaves out. */
const eitherAmountOrAll = [
  z.refine<AmountOrAll>(({ amount, all }) => amount !== undefined || all !== undefined, {
    path: ["amount"],
    error: "must be there, or else all: true",
  }),
  z.refine<AmountOrAll>(({ amount, all }) => amount === undefined || all === undefined, {
    path: ["all"],
    error: "must not be there beside amount",
  }),
  z.meta({ oneOf: [{ required: ["amount"] }, { required: ["all"] }] }),
] as const;

/** `all: true`, with what it means where it stands. */
const all = (meaning: string) =>
  z.optional(z.literal(true, "must be true, or left out").check(z.describe(meaning)));

/** How much to move: an amount or, explicitly, all that there is; one of the two. */
export const amountToMove = z.pipe(
  z
    .strictObject({
      amount: z.optional(amount),
      all: all("All that there is to move, instead of an amount."),
    })
    .check(...eitherAmountOrAll),
  z.transform(({ amount }) => ({ amount: amount ?? ("all" as const) })),
);

const payoutId = z
  .string()
  .check(z.regex(/^payout_[0-9a-f]{32}$/, "must be payout_ and 32 hexadecimal digits"));

/** Within what a payout may be; where more is owed, `all` pays that much. */
const payoutAmount = z
  .int("must be a whole number in plain digits, without quotes")
  .check(z.minimum(1), z.maximum(maxPayout), z.describe("Minor units of the currency."));

/** What is to be paid out to the merchants: an amount or, explicitly, all that is owed. */
export const newPayout = z.pipe(
  z
    .strictObject({
      currency,
      amount: z.optional(payoutAmount),
      all: all(
        "All that is owed, instead of an amount; of more than one payout may be, that much.",
      ),
      reference: z.optional(text(1, 140)),
    })
    .check(...eitherAmountOrAll),
  z.transform(({ currency, amount, reference }) => ({
    currency,
    amount: amount ?? ("all" as const),
    reference,
  })),
);

/** A payout that was made. */
export const payout = z.object({
  payoutId,
  timestamp: z.int().check(z.minimum(0), z.describe("When it was made, in epoch milliseconds.")),
  currency: z.string(),
  amount: payoutAmount,
  reference: z.optional(z.string()),
});

/** Which payments, of a user or in a status, and how many at once. */
export const paymentQuery = z.strictObject({
  userId: z.optional(identifier(longest.userId)),
  status: z.optional(status),
  ...page,
});

/** A payment, as it is stored and as callers see it. */
export const payment = z.object({
  transactionId,
  timestamp: z.int().check(z.minimum(0), z.describe("When it was created, in epoch milliseconds.")),
  userId: z.string(),
  amount,
  currency: z.string(),
  status,
  version: z.int().check(z.minimum(1), z.describe("One more with every change.")),
  description: z.optional(z.string()),
  metadata: z.optional(z.record(z.string(), z.string())),
  capturedAmount: z.optional(total),
  refundedAmount: z.optional(total),
});

/** Payments, newest first. */
export const paymentPage = z.object({
  data: z.array(payment),
  nextCursor,
});

/** An account's balances: debits less credits, a row for each currency it was ever used in. */
export const balance = z.object({
  account: z.string(),
  balances: z.array(
    z.object({
      currency: z.string(),
      amount: z
        .string()
        .check(
          z.regex(/^(0|-?[1-9][0-9]*)$/),
          z.describe(
            "Minor units, an integer of any size as text; negative where credits prevail.",
          ),
        ),
    }),
  ),
});

/** The service's dependencies are available. */
export const health = z.object({
  status: z.literal("ok"),
  table: z.literal("ok"),
  database: z.literal("ok"),
});

/** An RFC 9457 problem document. */
export const problem = z.extend(problemDocument(problemStyle.typePrefix), {
  currentStatus: z.optional(status),
});
