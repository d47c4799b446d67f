import { json } from "../../http/response";
import { endpoint } from "../../http/router";
import { routes } from "../api/routes";
import { userOf } from "../api/user";
import type { Dependencies } from "./dependencies";

/** Forgets a user, as the GDPR's article 17 asks; orders stay, whose `userId` then leads to nobody. */
export function deleteEndpoints({ users, deleteAccount, authorization }: Dependencies) {
  return [
    endpoint(routes.deleteMe, async ({ context }) => {
      const { id } = userOf(context, authorization);
      // the account last: as long as it is there, its user can send the same request again
      await users.delete(id);
      await deleteAccount?.(id);
      return json(200, { deleted: true });
    }),
  ];
}
