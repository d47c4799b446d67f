import { json } from "../../http/response";
import { endpoint } from "../../http/router";
import { orderPage } from "../api/order-page";
import { routes } from "../api/routes";
import { userOf } from "../api/user";
import type { Dependencies } from "./dependencies";
import { currentProfile } from "./profile";

/** Everything that is stored of a user, as the GDPR's articles 15 and 20 ask. */
export function exportEndpoints({ users, orders, authorization }: Dependencies) {
  return [
    endpoint(routes.exportMe, async ({ query, context }) => {
      const user = userOf(context, authorization);
      // first: a cursor that is none is refused before anything is read
      const { data, nextCursor } = await orderPage(orders, user.id, query);
      const profile = await currentProfile(users, user);
      return json(200, { profile, orders: data, nextCursor });
    }),
  ];
}
