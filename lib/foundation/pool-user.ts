import { randomBytes } from "node:crypto";
import * as z from "zod";
import type { UsableStack } from "./first-use";

/** A Cognito user pool, and the client to sign in by. */
export interface UserPool {
  readonly poolId: string;
  readonly clientId: string;
}

/** A user to be made. */
export interface NewPoolUser {
  /** An e-mail address, which counts as verified; nothing is sent to it. */
  readonly email: string;
  /** The group that it is a member of; by default none. */
  readonly group?: string;
}

const authenticated = z.object({ AuthenticationResult: z.object({ IdToken: z.string() }) });

/**
 * Makes a user of a pool, with a password that nobody learns, and signs in.
 *
 * @returns the id token.
 * @throws if there is such a user, or the pool refuses.
 */
export async function signInNewUser(
  callAws: UsableStack["callAws"],
  { poolId: UserPoolId, clientId: ClientId }: UserPool,
  { email: Username, group: GroupName }: NewPoolUser,
): Promise<string> {
  const call = (operation: string, input: object) =>
    callAws("cognito-idp", `AWSCognitoIdentityProviderService.${operation}`, {
      UserPoolId,
      ...input,
    });
  const Password = `${randomBytes(24).toString("base64url")}aA1!`;
  await call("AdminCreateUser", {
    Username,
    MessageAction: "SUPPRESS",
    UserAttributes: [
      { Name: "email", Value: Username },
      { Name: "email_verified", Value: "true" },
    ],
  });
  await call("AdminSetUserPassword", { Username, Password, Permanent: true });
  if (GroupName !== undefined) await call("AdminAddUserToGroup", { Username, GroupName });
  const { AuthenticationResult } = authenticated.parse(
    await call("AdminInitiateAuth", {
      ClientId,
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: Username, PASSWORD: Password },
    }),
  );
  return AuthenticationResult.IdToken;
}
