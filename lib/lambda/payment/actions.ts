import { Problem } from "../api/problem";
import { routes } from "../api/routes";
import type { Payment } from "../domain/payment";
import { startsFrom, transition } from "../domain/transition";
import type { PaymentAction, Transition } from "../domain/transition";
import { keyedRequest } from "../store/idempotency";
import type { Dependencies } from "./dependencies";
import { persistently, replay, settled } from "./effect";
import { endpoint } from "../http/endpoint";
import { existing } from "./read";
import { paymentAnswer } from "../http/response";
import type { Answer } from "../http/response";

/** Moves payments on. */
export function actionEndpoints({ store }: Dependencies) {
  const act = async (id: string, key: string, action: PaymentAction): Promise<Answer> => {
    const request = keyedRequest(key, `${action.kind} ${id}`, action);
    const first = await store.answerTo(request);
    if (first !== undefined) return replay(request, first);

    return persistently(async () => {
      const before = await existing(store, id);
      const move = transition(before, action);
      if (move.result !== "moved") {
        // the same request, sent twice, may just have moved it
        const meanwhile = await store.answerTo(request);
        if (meanwhile === undefined) throw refusal(before, action, move);
        return replay(request, meanwhile);
      }
      const { payment } = move;
      const answer = paymentAnswer(200, payment);
      return settled(request, await store.update({ payment, request, answer }), answer);
    });
  };

  return [
    endpoint(routes.authorizePayment, ({ path, body, idempotencyKey }) =>
      act(path.id, idempotencyKey, { kind: "authorize", ...body }),
    ),
    endpoint(routes.capturePayment, ({ path, body, idempotencyKey }) =>
      act(path.id, idempotencyKey, { kind: "capture", ...body }),
    ),
    endpoint(routes.cancelPayment, ({ path, idempotencyKey }) =>
      act(path.id, idempotencyKey, { kind: "cancel" }),
    ),
    endpoint(routes.refundPayment, ({ path, body, idempotencyKey }) =>
      act(path.id, idempotencyKey, { kind: "refund", ...body }),
    ),
  ];
}

/** Why a payment was not moved. */
function refusal(
  { status }: Payment,
  { kind }: PaymentAction,
  move: Exclude<Transition, { result: "moved" }>,
): Problem {
  if (move.result === "wrong-status")
    return new Problem("wrong-status", {
      detail: `To ${kind} it, it must be ${startsFrom[kind].join(" or ")}; it is ${status}`,
      currentStatus: status,
    });
  const message = `must be at most ${String(move.limit)}`;
  return new Problem("amount-exceeded", {
    detail: `There is only ${String(move.limit)} to ${kind}`,
    currentStatus: status,
    errors: [{ field: "amount", message }],
  });
}
