import * as z from "zod/mini";
import type { Queryable } from "../../database/connection";

/** The beginning of a payment's id, and characters that make no trouble anywhere. */
const keyed = z.object({
  dynamodb: z.object({
    Keys: z.object({
      transactionId: z.object({ S: z.string().check(z.regex(/^pay_[A-Za-z0-9_-]{1,60}$/)) }),
    }),
  }),
});

/** In one order, so that two runs never wait for each other. */
const insertSuspects = `
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

/** Notes payments that the next reconciliation looks at, whatever else it has to do. */
export async function noteSuspects(client: Queryable, ids: readonly string[]): Promise<void> {
  await client.query(insertSuspects, [ids]);
}
