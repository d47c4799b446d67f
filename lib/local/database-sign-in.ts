import { AwsClient } from "aws4fetch";
import * as z from "zod";
import type { ClientSettings } from "./clients";

/** The guard's path, in `emulator-guard/database_sign_in.py`. */
const path = "/_local/database-sign-in";

const answerSchema = z.object({ allowed: z.boolean() });

/**
 * Asks the emulator, which gave out the roles' credentials and holds their policies, whether a token is one by
 * which somebody may connect to the database as a user.
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
    return answerSchema.parse(await response.json()).allowed;
  };
}
