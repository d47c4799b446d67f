import { json } from "../../http/response";
import { endpoint } from "../../http/router";
import { routes } from "../api/routes";
import { adminOf, userOf } from "../api/user";
import type { User } from "../api/user";
import type { UserProfile } from "../domain/user";
import type { UserStore } from "../store/user-store";
import type { Dependencies } from "./dependencies";

/** What the shop knows of a user, for the user and for administrators. */
export function profileEndpoints({ users, authorization }: Dependencies) {
  return [
    endpoint(routes.getMe, async ({ context }) =>
      json(200, await currentProfile(users, userOf(context, authorization))),
    ),
    endpoint(routes.setMe, async ({ body, context }) => {
      const { id, email } = userOf(context, authorization);
      const profile: UserProfile = { userId: id, email, ...body };
      await users.put(profile);
      return json(200, profile);
    }),
    endpoint(routes.findUsers, async ({ query, context }) => {
      adminOf(context, authorization);
      return json(200, { data: await users.withEmail(query.email.toLowerCase()) });
    }),
  ];
}

/**
 * What is stored of a user, with the e-mail that the sign-in has verified: one that has changed is stored, so that
 * administrators find the user by it.
 */
export async function currentProfile(
  users: UserStore,
  { id, email }: Pick<User, "id" | "email">,
): Promise<UserProfile> {
  const stored = await users.find(id);
  if (stored !== undefined && email !== undefined && email !== stored.email)
    await users.changeEmail(id, email);
  return { userId: id, ...stored, ...(email !== undefined && { email }) };
}
