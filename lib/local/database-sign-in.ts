import { AwsClient } from "aws4fetch";
import * as z from "zod";
import type { ClientSettings } from "./clients";

/** The guard's path, in `emulator-guard/database_sign_in.py`. */
const path = "/_local/database-sign-in";

const responseSchema = z.object({ allowed: z.boolean() });

/**
 * Checks with the emulator, which issued the roles' credentials and has their policies, whether a token allows to
 * connect to the database as a user.
 *
 * @param host - That clients connect to: a token is good for no other.
 */
export function signInCheck(
  { endpoint, region, credentials }: ClientSettings,
  host: string,
): (user: string, token: string) => Promise<boolean> {
  const client = new AwsClient({ ...credentials, service: "rds", region, retries: 0 });
  return async (user, token) => {
    const response = await client.fetch(`${endpoint}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ host, user, token }),
    });
    return responseSchema.parse(await response.json()).allowed;
  };
}
