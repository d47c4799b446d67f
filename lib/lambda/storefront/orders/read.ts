import { json } from "../../http/response";
import { endpoint } from "../../http/router";
import { orderPage } from "../api/order-page";
import { storefrontProblem } from "../api/problem";
import { orderResponse } from "../api/responses";
import { routes } from "../api/routes";
import { userOf } from "../api/user";
import type { User } from "../api/user";
import type { StoredOrder } from "../domain/order";
import type { OrderStore } from "../store/order-store";
import type { Dependencies } from "./dependencies";

/** Reads orders. */
export function readEndpoints({
  store,
  authorization,
}: Pick<Dependencies, "store" | "authorization">) {
  return [
    endpoint(routes.getOrder, async ({ path, context }) =>
      orderResponse(200, await ownOrder(store, path.id, userOf(context, authorization))),
    ),
    endpoint(routes.listOrders, async ({ query, context }) =>
      json(200, await orderPage(store, userOf(context, authorization).id, query)),
    ),
  ];
}

/**
 * The order of a user's with an id.
 *
 * @throws the problem `order-not-found`, for another user's too.
 */
export async function ownOrder(store: OrderStore, id: string, user: User): Promise<StoredOrder> {
  const order = await store.find(id);
  if (order?.userId === user.id) return order;
  throw storefrontProblem("order-not-found", { detail: `You have no order with the id ${id}` });
}
