import type { Logger } from "@aws-lambda-powertools/logger";
import * as z from "zod/mini";
import { required } from "../../aws/environment";
import { signedFetch } from "../../aws/signed-fetch";
import { commonProblem } from "../../http/problem";

/**
 * Deletes a user's account of the sign-in; that there is none is no failure.
 *
 * @throws the problem `unavailable` where the sign-in does not do it.
 */
export type DeleteAccount = (userId: string) => Promise<void>;

/** What Cognito responds with where it refuses; the type may have a namespace before it. */
const refusal = z.object({ __type: z.string() });

/**
 * Deletes accounts of a Cognito user pool whose users sign in by e-mail: their user name is the `sub`. By a signed
 * request: Cognito's client is 33 KB of a bundle, four times what signing takes.
 */
export function accountsOf(userPoolId: string, logger: Pick<Logger, "error">): DeleteAccount {
  const send = signedFetch("cognito-idp");
  const url = process.env["AWS_ENDPOINT_URL"] ?? endpointIn(required("AWS_REGION"));
  return async (userId) => {
    const request = {
      method: "POST",
      url,
      headers: {
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": "AWSCognitoIdentityProviderService.AdminDeleteUser",
      },
      body: JSON.stringify({ UserPoolId: userPoolId, Username: userId }),
    } as const;
    const reason = await send(request).then(refusalOf, String);
    if (reason === undefined || reason === "UserNotFoundException") return;
    logger.error("The account was not deleted", { reason });
    throw commonProblem("unavailable", {
      detail: "Your data is deleted, your sign-in is not yet; send the same request again",
      headers: { "Retry-After": "5" },
    });
  };
}

/** Cognito's endpoint in a region; those of China have a domain of their own. */
function endpointIn(region: string): string {
  return `https://cognito-idp.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
}

/** The name of the error in a response; undefined for a success, which has no body. */
async function refusalOf(response: Response): Promise<string | undefined> {
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return undefined;
  const type = refusal.safeParse(body).data?.__type;
  return type?.replace(/^.*#/, "") ?? `HTTP status ${String(response.status)}`;
}
