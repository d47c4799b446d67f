import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { callerOf } from "../../http/caller";
import type { Authorization } from "../../http/caller";
import { storefrontProblem } from "./problem";

/** Who sent a request. */
export interface User {
  /** The `sub` of the user pool; of a caller that signs with IAM credentials, one made of its principal. */
  readonly id: string;
  /** As the pool has verified it, in lower case. */
  readonly email?: string;
  /** Whether products, stock and other users are this one's concern. */
  readonly isAdmin: boolean;
}

/** The group of the user pool whose members are administrators. */
export const adminGroup = "admins";

const text = z.nullish(z.string());

const token = z.object({
  authorizer: z.object({
    claims: z.object({
      sub: z.string().check(z.regex(/^[\w-]{1,128}$/)),
      token_use: z.string(),
      email: text,
      email_verified: z.nullish(z.union([z.string(), z.boolean()])),
      "cognito:groups": z.nullish(z.union([z.string(), z.array(z.string())])),
    }),
  }),
});

/**
 * Who sent a request that the gateway has authorized.
 *
 * Callers with IAM credentials are services of the shop's own: what they may do is in their policies, by method and
 * path, so that here they are administrators.
 *
 * @param context - The gateway's `requestContext`.
 * @throws where the gateway has not authorized it; the problem `forbidden` for a token that is no id token.
 */
export function userOf(context: unknown, authorization: Authorization): User {
  if (authorization === "COGNITO_USER_POOLS") {
    const { claims } = token.parse(context).authorizer;
    // the gateway takes no other token for an id token; an emulator of it may
    if (claims.token_use !== "id")
      throw storefrontProblem("forbidden", { detail: "Send the id token, not another one" });
    const isVerified = String(claims.email_verified) === "true";
    return {
      id: claims.sub,
      ...(claims.email && isVerified && { email: claims.email.toLowerCase() }),
      isAdmin: groupsOf(claims["cognito:groups"]).includes(adminGroup),
    };
  }
  const caller = JSON.stringify(callerOf(context, "AWS_IAM"));
  const hash = createHash("sha256").update(caller).digest("hex");
  return { id: `iam-${hash.slice(0, 32)}`, isAdmin: true };
}

/**
 * The administrator who sent a request.
 *
 * @throws the problem `forbidden` if it is no administrator.
 */
export function adminOf(context: unknown, authorization: Authorization): User {
  const user = userOf(context, authorization);
  if (user.isAdmin) return user;
  throw storefrontProblem("forbidden", {
    detail: `Only members of the group ${adminGroup} may do this`,
  });
}

/**
 * The names in the claim `cognito:groups`. API Gateway makes text of the token's list: of one group its name, of
 * several `a,b` or, in square brackets, `[a, b]` or `[a b]`.
 */
function groupsOf(claim: string | readonly string[] | null | undefined): readonly string[] {
  if (typeof claim !== "string") return claim ?? [];
  return claim.replace(/^\[(.*)\]$/s, "$1").split(/[\s,]+/);
}
