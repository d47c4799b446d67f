import { responseAfter, retryWithBackoff } from "../../http/idempotency/replay";
import { keyedRequest } from "../../http/idempotency/request";
import { endpoint } from "../../http/router";
import { routes } from "../api/routes";
import { adminOf } from "../api/user";
import type { Product } from "../domain/product";
import type { Dependencies } from "./dependencies";
import { productResponse } from "./response";

/** Creates products. */
export function createEndpoints({ store, now, newId, authorization }: Dependencies) {
  const route = routes.createProduct;
  return [
    endpoint(route, ({ body, idempotencyKey, context }) => {
      adminOf(context, authorization);
      const request = keyedRequest(idempotencyKey, "createProduct", body);
      const time = now();
      const product: Product = {
        productId: newId(),
        ...body,
        version: 1,
        createdAt: time,
        updatedAt: time,
      };
      const response = productResponse(route.response.status, product);
      return retryWithBackoff("product", async () =>
        responseAfter(await store.create({ product, request, response }), request, response),
      );
    }),
  ];
}
