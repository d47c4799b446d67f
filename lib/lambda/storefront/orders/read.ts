import { json } from "../../http/response";
import { endpoint } from "../../http/router";
import { orderPage } from "../api/order-page";
import { orderResponse } from "../api/responses";
import { routes } from "../api/routes";
import { userOf } from "../api/user";
import type { Dependencies } from "./dependencies";
import { ownOrder } from "./own-order";

/** Reads orders. */
export function readEndpoints({
  store,
  authorization,
}: Pick<Dependencies, "store" | "authorization">) {
  return [
    endpoint(routes.getOrder, async ({ path, context }) =>
      orderResponse(200, await ownOrder(store, path.id, userOf(context, authorization).id)),
    ),
    endpoint(routes.listOrders, async ({ query, context }) =>
      json(200, await orderPage(store, userOf(context, authorization).id, query)),
    ),
  ];
}
