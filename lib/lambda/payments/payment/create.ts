import { routes } from "../api/routes";
import type { Payment } from "../domain/payment";
import { keyedRequest } from "../store/idempotency";
import type { Dependencies } from "./dependencies";
import { persistently, settled } from "./effect";
import { endpoint } from "../../http/endpoint";
import { paymentAnswer } from "../../http/response";

/** Makes payments. */
export function createEndpoints({ store, now, newId }: Dependencies) {
  const route = routes.createPayment;
  return [
    endpoint(route, ({ body, idempotencyKey }) => {
      const request = keyedRequest(idempotencyKey, "create", body);
      const payment: Payment = {
        transactionId: newId(),
        timestamp: now(),
        ...body,
        status: "PENDING",
        version: 1,
      };
      const answer = paymentAnswer(route.answer.status, payment);
      return persistently(async () =>
        settled(request, await store.create({ payment, request, answer }), answer),
      );
    }),
  ];
}
