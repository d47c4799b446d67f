import * as z from "zod/mini";
import type { Service } from "../http/service";
import { idempotencyKey, nothing } from "../http/schemas";

const receipt = z.object({ paymentId: z.string(), issuedAt: z.number() });

/** The only operation: it may be repeated, for a payment has one receipt. */
export const issueReceipt = {
  method: "POST",
  function: "issue",
  path: "/receipt/{paymentId}",
  summary: "The receipt of a payment.",
  isIdempotent: false,
  parameters: z.strictObject({ paymentId: z.string().check(z.regex(/^[a-z0-9_]{1,64}$/)) }),
  query: nothing,
  body: { name: "Nothing", schema: nothing },
  response: { name: "Receipt", schema: receipt, status: 200 },
  problems: [],
} as const;

/** The receipts' API. */
export const receiptsService: Service = {
  routes: { issueReceipt },
  problems: { typePrefix: "urn:receipts:problem:" },
  idempotencyKey,
  maxBodyBytes: 1024,
};
