import type { Authorization } from "../../http/caller";
import { replay, responseAfter, retryWithBackoff } from "../../http/idempotency/replay";
import { keyedRequest } from "../../http/idempotency/request";
import type { Problem } from "../../http/problem";
import type { ValidRequest } from "../../http/request";
import type { ApiResponse } from "../../http/response";
import { storefrontProblem } from "../api/problem";
import { orderResponse, refusalResponse } from "../api/responses";
import { userOf } from "../api/user";
import type { OrderStatus, StoredOrder } from "../domain/order";
import type { Payments } from "../payments/payments";
import type { OrderStore } from "../store/order-store";
import { ownOrder } from "./own-order";

/** What paying and canceling work with; tests substitute it. */
export interface ActionDependencies {
  readonly store: Pick<OrderStore, "findResponse" | "refuse" | "find" | "change">;
  readonly payments: Payments;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Who is authorized by the gateway. */
  readonly authorization: Authorization;
}

/** What a request comes to. */
export type ActionOutcome =
  /** The order is to become this, together with the response. */
  | { readonly result: "changed"; readonly order: StoredOrder }
  /** The order is as it was asked for. */
  | { readonly result: "done"; readonly order: StoredOrder }
  /** The order's status does not allow it, and never will. */
  | { readonly result: "refused"; readonly status: OrderStatus; readonly detail: string };

/** The parts of a request that an action uses. */
type ActionRequest = Pick<
  ValidRequest<{ readonly id: string }, unknown, unknown>,
  "path" | "idempotencyKey" | "requestId" | "context"
>;

/**
 * Does something to an order of the caller's, once a key: later requests get the first one's response.
 *
 * @param verb - As in the route's path.
 * @param work - Does it to the order as it is now; may be done again, and is where it was interrupted. Undefined where
 * somebody else has changed the order meanwhile.
 */
export function orderAction(
  { store, authorization }: Pick<ActionDependencies, "store" | "authorization">,
  verb: string,
  work: (order: StoredOrder) => Promise<ActionOutcome | undefined>,
): (request: ActionRequest) => Promise<ApiResponse> {
  return async ({ path: { id }, idempotencyKey, requestId, context }) => {
    const user = userOf(context, authorization);
    const request = keyedRequest(idempotencyKey, `${verb} ${id}`, {});
    const first = await store.findResponse(request);
    if (first !== undefined) return replay(request, first);

    return retryWithBackoff("order", async () => {
      const outcome = await work(await ownOrder(store, id, user.id));
      if (outcome === undefined) return undefined;
      const response =
        outcome.result === "refused"
          ? refusalResponse(wrongStatus(outcome), requestId)
          : orderResponse(200, outcome.order);
      const answered = { request, response };
      const write =
        outcome.result === "changed"
          ? await store.change({ order: outcome.order, answered })
          : await store.refuse(answered);
      return responseAfter(write, request, response);
    });
  };
}

function wrongStatus({ status, detail }: Extract<ActionOutcome, { result: "refused" }>): Problem {
  return storefrontProblem("wrong-status", { detail, extensions: { currentStatus: status } });
}
