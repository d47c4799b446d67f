import { responseAfter, retryWithBackoff } from "../../http/idempotency/replay";
import { keyedRequest } from "../../http/idempotency/request";
import { Problem } from "../../http/problem";
import { endpoint } from "../../http/router";
import { orderResponse, refusalResponse } from "../api/responses";
import { routes } from "../api/routes";
import { userOf } from "../api/user";
import type { StoredOrder } from "../domain/order";
import type { Dependencies } from "./dependencies";
import { quote } from "./quote";
import { wantedOf } from "./wanted";

/** Places orders. */
export function placeEndpoints(dependencies: Dependencies) {
  const { store, authorization, now, newId, expiryMinutes } = dependencies;
  const route = routes.placeOrder;
  return [
    endpoint(route, ({ body, context, idempotencyKey, requestId }) => {
      const userId = userOf(context, authorization).id;
      const wanted = wantedOf(body.items);
      const request = keyedRequest(idempotencyKey, "place", body);

      // both writes look for a response under the key: no need to look for it before
      return retryWithBackoff("product", async () => {
        const products = await store.products(wanted.map(({ productId }) => productId));
        const quoted = quote(wanted, products);
        if (quoted instanceof Problem) {
          // stored: a late duplicate must not succeed where the first request was refused
          const refused = refusalResponse(quoted, requestId);
          const write = await store.refuse({ request, response: refused });
          return responseAfter(write, request, refused);
        }
        const createdAt = now();
        const order: StoredOrder = {
          orderId: newId(),
          userId,
          createdAt,
          expiresAt: createdAt + expiryMinutes * 60_000,
          status: "PENDING",
          version: 1,
          ...quoted,
        };
        const response = orderResponse(route.response.status, order);
        const write = await store.place({ order, products, request, response });
        return responseAfter(write, request, response);
      });
    }),
  ];
}
