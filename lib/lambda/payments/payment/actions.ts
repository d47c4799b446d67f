import { paymentAnswer, refusalAnswer } from "../api/answers";
import { paymentProblem } from "../api/problem";
import { routes } from "../api/routes";
import type { Payment } from "../domain/payment";
import { startsFrom, transition } from "../domain/transition";
import type { PaymentAction, Transition } from "../domain/transition";
import type { Dependencies } from "./dependencies";
import { answerAfter, replay, retryWithBackoff } from "../../http/idempotency/replay";
import { keyedRequest } from "../../http/idempotency/request";
import type { Problem } from "../../http/problem";
import { endpoint } from "../../http/router";
import { existing } from "./read";
import type { ValidRequest } from "../../http/request";
import type { Answer } from "../../http/response";

/** What every action is asked with. */
type ActionRequest = Pick<
  ValidRequest<{ readonly id: string }, unknown, unknown>,
  "path" | "idempotencyKey" | "requestId"
>;

/** Moves payments on. */
export function actionEndpoints({ store }: Dependencies) {
  const act = async (
    { path: { id }, idempotencyKey, requestId }: ActionRequest,
    action: PaymentAction,
  ): Promise<Answer> => {
    const request = keyedRequest(idempotencyKey, `${action.kind} ${id}`, action);
    const first = await store.answerTo(request);
    if (first !== undefined) return replay(request, first);

    return retryWithBackoff("payment", async () => {
      const before = await existing(store, id);
      const move = transition(before, action);
      if (move.result !== "moved") {
        // kept: a duplicate that is late must not move what its first was refused
        const refused = refusalAnswer(refusal(before, action, move), requestId);
        return answerAfter(await store.refuse({ request, answer: refused }), request, refused);
      }
      const { payment } = move;
      const answer = paymentAnswer(200, payment);
      return answerAfter(await store.update({ payment, request, answer }), request, answer);
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
