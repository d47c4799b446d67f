import * as z from "zod/mini";
import type { Queryable } from "../../database/connection";

/** A payment's prefix, and characters that are safe everywhere. */
const keyed = z.object({
  dynamodb: z.object({
    Keys: z.object({
      transactionId: z.object({ S: z.string().check(z.regex(/^pay_[A-Za-z0-9_-]{1,60}$/)) }),
    }),
  }),
});

/** In one order, so that two invocations never deadlock. */
const insertStatement = `
  INSERT INTO reconciliation.suspects (payment_id)
  SELECT DISTINCT id FROM unnest($1::text[]) AS id ORDER BY id
  ON CONFLICT DO NOTHING`;

/** The payments that some records name; a record that is malformed may name none. */
export function paymentsOf(records: readonly unknown[]): readonly string[] {
  return records.flatMap((record) => {
    const { data } = keyed.safeParse(record);
    return data === undefined ? [] : [data.dynamodb.Keys.transactionId.S];
  });
}

/** Records payments that the next reconciliation checks, whatever else it has to do. */
export async function insertSuspects(client: Queryable, ids: readonly string[]): Promise<void> {
  await client.query(insertStatement, [ids]);
}
