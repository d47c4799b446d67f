import * as z from "zod/mini";
import { refusalResponse } from "../api/responses";
import { paymentProblem } from "../api/problem";
import { routes } from "../api/routes";
import { maxPayout } from "../domain/payout";
import { keyedRequest } from "../../http/idempotency/request";
import { endpoint } from "../../http/router";
import { json, replayed } from "../../http/response";
import type { ApiResponse } from "../../http/response";
import type { Dependencies } from "./dependencies";

/** The first request under a key, and its result. */
const outcome = z.object({
  request_hash: z.string(),
  request_id: z.string(),
  requested_at: z.date(),
  currency: z.string(),
  /** Null, as the amount, where more was requested than was owed. */
  payout_id: z.nullable(z.string()),
  amount: z.nullable(z.string()),
  reference: z.nullable(z.string()),
  /** Whether the key was used before. */
  replayed: z.boolean(),
});

type Outcome = z.infer<typeof outcome>;

/** One row, always. */
const outcomes = z.tuple([outcome]);

/**
 * Pays out what is owed to the merchants. The database does it all in one transaction, the record of the
 * key included: however often a request is repeated, and whatever fails, it has its effect once.
 */
export function payoutEndpoints({ withDatabase }: Dependencies) {
  return [
    endpoint(routes.payOut, async ({ body, idempotencyKey, requestId }) => {
      const { keyHash, requestHash } = keyedRequest(idempotencyKey, "payout", body);
      const { currency, amount, reference = null } = body;
      const all = amount === "all";
      const { rows } = await withDatabase((client) =>
        client.query("SELECT * FROM ledger.pay_out($1, $2, $3, $4, $5, $6, $7)", [
          keyHash,
          requestHash,
          requestId,
          currency,
          all ? maxPayout : amount,
          all,
          reference,
        ]),
      );
      const [done] = outcomes.parse(rows);
      if (done.request_hash !== requestHash)
        throw paymentProblem("idempotency-mismatch", {
          detail: "The key belongs to another request; those of payouts never expire",
        });
      return done.replayed ? replayed(responseTo(done)) : responseTo(done);
    }),
  ];
}

/** The response, the same byte for byte whenever it is replayed. */
function responseTo({ request_id, requested_at, currency, ...done }: Outcome): ApiResponse {
  if (done.payout_id === null)
    return refusalResponse(
      paymentProblem("amount-exceeded", {
        detail: `It is more than is owed to the merchants in ${currency}`,
      }),
      request_id,
    );
  return json(routes.payOut.response.status, {
    payoutId: done.payout_id,
    timestamp: requested_at.getTime(),
    currency,
    amount: Number(done.amount),
    ...(done.reference !== null && { reference: done.reference }),
  });
}
