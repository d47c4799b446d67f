import * as z from "zod/mini";
import { Problem } from "../api/problem";
import { routes } from "../api/routes";
import { maxPayout } from "../domain/payout";
import { endpoint } from "../http/endpoint";
import { json } from "../http/response";
import { keyedRequest } from "../store/idempotency";
import type { Dependencies } from "./dependencies";

/** What was asked for first under a key, and what came of it. */
const outcome = z.object({
  request_hash: z.string(),
  requested_at: z.date(),
  currency: z.string(),
  /** Null, as the amount, where more was asked for than was owed. */
  payout_id: z.nullable(z.string()),
  amount: z.nullable(z.string()),
  reference: z.nullable(z.string()),
  /** Whether the key was used before. */
  replayed: z.boolean(),
});

/** One row, always. */
const outcomes = z.tuple([outcome]);

/**
 * Pays out what is owed to the merchants. The database does it all in one transaction, the record of the
 * key included: however often a request comes, and whatever breaks, it has its effect once.
 */
export function payoutEndpoints({ withDatabase }: Dependencies) {
  const route = routes.payOut;
  return [
    endpoint(route, async ({ body, idempotencyKey }) => {
      const { keyHash, requestHash } = keyedRequest(idempotencyKey, "payout", body);
      const { currency, amount, reference = null } = body;
      const most = amount === "all" ? maxPayout : amount;
      const { rows } = await withDatabase((client) =>
        client.query("SELECT * FROM ledger.pay_out($1, $2, $3, $4, $5, $6)", [
          keyHash,
          requestHash,
          currency,
          most,
          amount === "all",
          reference,
        ]),
      );
      const [done] = outcomes.parse(rows);
      if (done.request_hash !== requestHash)
        throw new Problem("idempotency-mismatch", {
          detail: "The key belongs to another request; those of payouts never expire",
        });
      const headers = done.replayed ? { "Idempotent-Replayed": "true" } : {};
      if (done.payout_id === null)
        throw new Problem("amount-exceeded", {
          detail: `It was more than was owed to the merchants in ${done.currency}`,
          headers,
        });
      const payout = {
        payoutId: done.payout_id,
        timestamp: done.requested_at.getTime(),
        currency: done.currency,
        amount: Number(done.amount),
        ...(done.reference !== null && { reference: done.reference }),
      };
      return { ...json(route.answer.status, payout), headers };
    }),
  ];
}
