import { createHash } from "node:crypto";
import * as z from "zod/mini";

/**
 * Who is authorized by the gateway: callers that sign with IAM credentials, users that send a token of a Cognito user
 * pool, or everybody.
 */
export type Authorization = (typeof authorizations)[number];

const authorizations = ["AWS_IAM", "COGNITO_USER_POOLS", "NONE"] as const;

/** The deployment's setting of who is authorized. */
export function authorizationOf(setting: string): Authorization {
  const authorization = authorizations.find((known) => known === setting);
  if (authorization !== undefined) return authorization;
  throw new Error(`AUTHORIZATION must be one of ${authorizations.join(", ")}`);
}

/** A caller: what kind of identity it has, and the names that make it unique among these. */
export type Caller = readonly [kind: string, ...names: string[]];

const name = z.nullish(z.string().check(z.minLength(1)));

/** The parts of a request's context that identify its caller; only the gateway can write them. */
const identified = z.object({
  identity: z.nullish(z.object({ cognitoIdentityId: name, userArn: name, apiKeyId: name })),
  authorizer: z.nullish(
    z.object({
      claims: z.nullish(z.object({ iss: z.string(), sub: z.string() })),
      principalId: name,
    }),
  ),
});

/**
 * Who sent a request, by what stays the same while credentials rotate: by an access key, a role's session
 * or a token's text, a caller that repeats its request an hour later would be another.
 *
 * The strongest identity counts, so that a caller stays the same where it begins to send an API key too:
 * a user of an identity pool, an IAM principal, a token's user, an API key (by its id; the value is a
 * secret). Without authorization, all callers that have none of these are one, `anonymous`.
 *
 * @param context - The gateway's `requestContext`.
 * @throws where an identity is malformed, or the gateway authorizes and there is none: a request whose caller
 * is not known must not share another's keys.
 */
export function callerOf(context: unknown, authorization: Authorization): Caller {
  const { identity, authorizer } = identified.parse(context);
  // all users of a pool take the same role
  if (identity?.cognitoIdentityId) return ["cognito-identity", identity.cognitoIdentityId];
  if (identity?.userArn) return ["principal", principal(identity.userArn)];
  if (authorization === "AWS_IAM") throw new Error("The gateway names no caller");
  if (authorizer?.claims) return ["token", authorizer.claims.iss, authorizer.claims.sub];
  if (authorization === "COGNITO_USER_POOLS") throw new Error("The gateway names no user");
  if (authorizer?.principalId) return ["authorizer", authorizer.principalId];
  if (identity?.apiKeyId) return ["api-key", identity.apiKeyId];
  return ["anonymous"];
}

/** The hash of a caller and its idempotency key: another one for another caller, and neither can be derived from it. */
export function callerKeyHash(caller: Caller, key: string): string {
  return createHash("sha256")
    .update(JSON.stringify([caller, key]))
    .digest("hex");
}

const anyPrincipal = /^arn:[a-z0-9-]+:(?:iam|sts)::\d{12}:(?:root|(?:user|federated-user)\/\S+)$/;
const assumedRole = /^(arn:[a-z0-9-]+:sts::\d{12}:assumed-role\/[^/\s]+)\/\S+$/;

/** An IAM principal by its ARN; of a role without the session, which is another with every new credential. */
function principal(arn: string): string {
  const [, role] = assumedRole.exec(arn) ?? [];
  if (role !== undefined) return role;
  if (anyPrincipal.test(arn)) return arn;
  throw new Error("The gateway names a caller that is none");
}
