import { routes } from "../api/routes";
import type { Payment } from "../domain/payment";
import type { Dependencies } from "./dependencies";
import { responseAfter, retryWithBackoff } from "../../http/idempotency/replay";
import { keyedRequest } from "../../http/idempotency/request";
import { endpoint } from "../../http/router";
import { paymentResponse } from "../api/responses";

/** Creates payments. */
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
      const response = paymentResponse(route.response.status, payment);
      return retryWithBackoff("payment", async () =>
        responseAfter(await store.create({ payment, request, response }), request, response),
      );
    }),
  ];
}
