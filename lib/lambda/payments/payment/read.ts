import { foreignCursor } from "../../http/cursor";
import { invalidRequest } from "../../http/problem";
import { paymentResponse } from "../api/responses";
import { paymentProblem } from "../api/problem";
import { routes } from "../api/routes";
import type { Payment, PaymentStatus } from "../domain/payment";
import { decodeCursor, encodeCursor } from "../store/cursor";
import type { ListQuery, PaymentStore } from "../store/payment-store";
import type { Dependencies } from "./dependencies";
import { endpoint } from "../../http/router";
import { json } from "../../http/response";

/** Reads payments. */
export function readEndpoints({ store }: Dependencies) {
  return [
    endpoint(routes.getPayment, async ({ path }) =>
      paymentResponse(200, await existing(store, path.id)),
    ),
    endpoint(routes.listPayments, async ({ query: { cursor, limit, ...selection } }) => {
      const by = selected(selection);
      const from = JSON.stringify(by);
      const after = cursor === undefined ? undefined : decodeCursor(cursor, from);
      if (cursor !== undefined && after === undefined) throw foreignCursor();
      const { payments, next } = await store.list({ by, limit, after });
      return json(200, {
        data: payments,
        nextCursor: next === undefined ? undefined : encodeCursor(next, from),
      });
    }),
  ];
}

interface Selection {
  readonly userId?: string | undefined;
  readonly status?: PaymentStatus | undefined;
}

/** What payments are listed by: a user or a status. */
function selected({ userId, status }: Selection): ListQuery["by"] {
  if (userId !== undefined && status === undefined) return { userId };
  if (status !== undefined && userId === undefined) return { status };
  throw invalidRequest([
    { field: "userId", message: "must be there or else status, one of the two" },
  ]);
}

/**
 * The payment with an id.
 *
 * @throws the problem `payment-not-found`.
 */
export async function existing(store: PaymentStore, id: string): Promise<Payment> {
  const payment = await store.find(id);
  if (payment === undefined)
    throw paymentProblem("payment-not-found", { detail: `No payment has the id ${id}` });
  return payment;
}
