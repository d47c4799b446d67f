import { paymentResponse, refusalResponse } from "../api/responses";
import { paymentProblem } from "../api/problem";
import { routes } from "../api/routes";
import type { Payment } from "../domain/payment";
import { startsFrom, transition } from "../domain/transition";
import type { PaymentAction, Transition } from "../domain/transition";
import type { Dependencies } from "./dependencies";
import { replay, responseAfter, retryWithBackoff } from "../../http/idempotency/replay";
import { keyedRequest } from "../../http/idempotency/request";
import type { Problem } from "../../http/problem";
import { endpoint } from "../../http/router";
import { existing } from "./read";
import type { ValidRequest } from "../../http/request";
import type { ApiResponse } from "../../http/response";

/** The parts of a request that every action uses. */
type ActionRequest = Pick<
  ValidRequest<{ readonly id: string }, unknown, unknown>,
  "path" | "idempotencyKey" | "requestId"
>;

/** Changes the status of payments. */
export function actionEndpoints({ store }: Dependencies) {
  const act = async (
    { path: { id }, idempotencyKey, requestId }: ActionRequest,
    action: PaymentAction,
  ): Promise<ApiResponse> => {
    const request = keyedRequest(idempotencyKey, `${action.kind} ${id}`, action);
    const first = await store.findResponse(request);
    if (first !== undefined) return replay(request, first);

    return retryWithBackoff("payment", async () => {
      const before = await existing(store, id);
      const move = transition(before, action);
      if (move.result !== "moved") {
        // stored: a late duplicate must not succeed where the first request was refused
        const refused = refusalResponse(refusal(before, action, move), requestId);
        return responseAfter(await store.refuse({ request, response: refused }), request, refused);
      }
      const { payment } = move;
      const response = paymentResponse(200, payment);
      return responseAfter(await store.update({ payment, request, response }), request, response);
    });
  };

  return [
    endpoint(routes.authorizePayment, (request) =>
      act(request, { kind: "authorize", ...request.body }),
    ),
    endpoint(routes.capturePayment, (request) =>
      act(request, { kind: "capture", ...request.body }),
    ),
    endpoint(routes.cancelPayment, (request) => act(request, { kind: "cancel" })),
    endpoint(routes.refundPayment, (request) => act(request, { kind: "refund", ...request.body })),
  ];
}

/** Why a payment was not moved. */
function refusal(
  { status }: Payment,
  { kind }: PaymentAction,
  move: Exclude<Transition, { result: "moved" }>,
): Problem {
  if (move.result === "wrong-status")
    return paymentProblem("wrong-status", {
      detail: `To ${kind} it, it must be ${startsFrom[kind].join(" or ")}; it is ${status}`,
      extensions: { currentStatus: status },
    });
  const message = `must be at most ${String(move.limit)}`;
  return paymentProblem("amount-exceeded", {
    detail: `There is only ${String(move.limit)} to ${kind}`,
    extensions: { currentStatus: status },
    errors: [{ field: "amount", message }],
  });
}
