import * as z from "zod/mini";
import { en } from "zod/locales";

// zod/mini has no error messages by itself
z.config(en());

/** The value of the header `Idempotency-Key`. */
export const idempotencyKey = z
  .string("must be there: it makes a request safe to repeat")
  .check(z.regex(/^[\x20-\x7e]{1,255}$/, "must be 1 to 255 printable ASCII characters"));

/** An empty object. */
export const nothing = z.strictObject({});
