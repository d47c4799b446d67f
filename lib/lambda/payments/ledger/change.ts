import { isDeepStrictEqual } from "node:util";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import type { Payment } from "../domain/payment";
import { type EntryKind, moveBetween } from "./move";
import { PoisonError } from "./poison";
import { idempotencyPrefix, storedPayment } from "./stored-payment";

/** One change of one payment. */
export interface Change {
  readonly kind: EntryKind;
  /** When the table changed, to the second. */
  readonly occurredAt: Date;
  /** Undefined for a new payment. */
  readonly before: Payment | undefined;
  readonly after: Payment;
}

/** Any attribute of the table; it has no binary ones. */
const attribute: z.ZodMiniType<AttributeValue> = z.lazy(() =>
  z.union([
    z.strictObject({ S: z.string() }),
    z.strictObject({ N: z.string() }),
    z.strictObject({ BOOL: z.boolean() }),
    z.strictObject({ NULL: z.boolean() }),
    z.strictObject({ M: z.record(z.string(), attribute) }),
    z.strictObject({ L: z.array(attribute) }),
  ]),
);
const image = z.record(z.string(), attribute);

const keyed = z.object({
  dynamodb: z.object({ Keys: z.object({ transactionId: z.object({ S: z.string() }) }) }),
});
const stored = z.object({
  eventName: z.enum(["INSERT", "MODIFY"]),
  dynamodb: z.object({
    ApproximateCreationDateTime: z.number().check(z.minimum(0), z.maximum(8_640_000_000_000)),
    NewImage: image,
    OldImage: z.optional(image),
  }),
});

/**
 * The change in a record of the table's stream; undefined for what concerns no payment (an
 * idempotency record that an older version has left in the table, and that comes and expires) or leaves
 * it as it was (an item that moves to another shard of the index by status).
 *
 * Items with any other id are taken for payments, though few are: the stream's filter lets none of them
 * through, and where there is no filter, wrong items in the table shall be noticed.
 *
 * @throws {@link PoisonError} for a record that is malformed or has a change that no payment can
 * make: a payment that was deleted, an illegal transition, an amount that changed.
 */
export function changeOf(record: unknown): Change | undefined {
  const { transactionId } = checked(keyed, record).dynamodb.Keys;
  if (transactionId.S.startsWith(idempotencyPrefix)) return undefined;

  const { ApproximateCreationDateTime, NewImage, OldImage } = checked(stored, record).dynamodb;
  const after = payment("NewImage", NewImage);
  const before = OldImage && payment("OldImage", OldImage);
  if (isDeepStrictEqual(before, after)) return undefined;
  const kind = moveBetween(before, after);
  if (kind === undefined)
    throw new PoisonError(
      `No payment can change from ${state(before)} to ${state(after)} as the record says`,
    );
  return { kind, occurredAt: new Date(ApproximateCreationDateTime * 1000), before, after };
}

function checked<T>(schema: z.ZodMiniType<T>, record: unknown): T {
  const parsed = schema.safeParse(record);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path }) => ["record", ...path].join("."));
  throw new PoisonError(`Not a change that a payment can make: ${fields.join(", ")}`);
}

function payment(name: string, attributes: Record<string, AttributeValue>): Payment {
  const found = storedPayment(attributes);
  if ("transactionId" in found) return found;
  throw new PoisonError(`${name} is no payment: ${found.join(", ")}`);
}

function state(payment: Payment | undefined): string {
  return payment === undefined
    ? "nothing"
    : `${payment.status} (version ${String(payment.version)})`;
}
