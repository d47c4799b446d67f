import { randomUUID } from "node:crypto";
import { AwsV4Signer } from "aws4fetch";
import type { SignIn } from "../foundation/api";
import { signInNewUser } from "../foundation/pool-user";
import type { StackOutputs } from "../core/outputs-file";
import { UserError } from "../core/user-error";
import type { Authorize } from "./authorizing-proxy";
import { awsCalls } from "./aws-calls";
import type { CalledAws } from "./aws-calls";

/** How requests are authorized, for as long as it takes. */
export interface Authorization {
  readonly authorize: Authorize;
  /** Removes what was made for it. */
  end(): Promise<void>;
}

/** How old a token may be before the next one is asked for, in milliseconds: pools' tokens live 5 minutes at least. */
const renewAfter = 4 * 60_000;

/**
 * What lets requests into an API of a stack: where its callers sign in, the token of an administrator, whom it makes
 * for this; else a signature (AWS Signature Version 4).
 *
 * @throws `UserError` if the stack has a user pool and no client of it.
 */
export function authorizationFor(
  signIn: SignIn | undefined,
  outputs: StackOutputs,
  aws: CalledAws,
): Authorization {
  if (signIn === undefined || outputs[signIn.poolOutput] === undefined)
    return { authorize: signs(aws), end: () => Promise.resolve() };
  const { poolOutput, clientOutput, adminGroup } = signIn;
  const poolId = outputs[poolOutput];
  const clientId = outputs[clientOutput];
  if (typeof poolId !== "string" || typeof clientId !== "string")
    throw new UserError(
      `The stack has a user pool (${poolOutput}) and no client of it (${clientOutput}), as its pool was made by ` +
        "others: nobody can be signed in there, so the API's operations cannot be reached.",
    );
  return administratorOf(awsCalls(aws), { poolId, clientId }, adminGroup);
}

function signs({ region, credentials }: CalledAws): Authorize {
  return async ({ method, url, body }) => {
    const signer = new AwsV4Signer({
      ...credentials,
      region,
      service: "execute-api",
      method,
      url,
      ...(body.length > 0 && { body }),
    });
    return Object.fromEntries((await signer.sign()).headers);
  };
}

/** Sends a user's token, also after an API has deleted the user: a token needs none. */
function administratorOf(
  callAws: ReturnType<typeof awsCalls>,
  pool: Parameters<typeof signInNewUser>[1],
  group: string,
): Authorization {
  const email = `fuzz-${randomUUID()}@fuzz.example`;
  const remove = async () => {
    const user = { UserPoolId: pool.poolId, Username: email };
    await callAws("cognito-idp", "AWSCognitoIdentityProviderService.AdminDeleteUser", user).catch(
      (error: unknown) => {
        if (!String(error).includes("UserNotFoundException")) throw error;
      },
    );
  };
  let token = "";
  let renewAt = 0;
  return {
    authorize: async () => {
      if (Date.now() > renewAt) {
        await remove();
        token = await signInNewUser(callAws, pool, { email, group });
        renewAt = Date.now() + renewAfter;
      }
      return { authorization: token };
    },
    end: remove,
  };
}
