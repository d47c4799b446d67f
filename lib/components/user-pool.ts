import * as cognito from "@pulumi/aws/cognito";
import * as pulumi from "@pulumi/pulumi";
import { regional } from "../core/context";
import { resourceName } from "../core/names";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";
import type { StackContext, Transform } from "../types";

/** A group of users; a user's tokens name the groups that it is in, as the claim `cognito:groups`. */
export interface UserPoolGroup {
  /** What its members may do; at most 2048 characters. */
  readonly description: string;
}

/** Arguments of {@link UserPoolComponent}. */
export interface UserPoolComponentArgs {
  readonly context: StackContext;
  /** What the pool is for; part of its names: `customers`. */
  readonly purpose: string;
  /** By name, which is the group's own: `admins`; at most 128 characters. A new name is another group, without members. */
  readonly groups: Readonly<Record<string, UserPoolGroup>>;
  readonly transform?: {
    readonly pool?: Transform<cognito.UserPoolArgs>;
    readonly client?: Transform<cognito.UserPoolClientArgs>;
  };
}

/** Hours for which an id or access token is valid; API Gateway does not ask whether it was revoked. */
const tokenHours = 1;

/** Days for which a user stays signed in. */
const refreshDays = 30;

/**
 * Users who sign up and sign in by e-mail, with one public client, and their groups.
 *
 * The client has no secret, for a browser or an app could not keep one: a password is proved by SRP and never sent.
 * `AdminInitiateAuth` is allowed too, for back ends and tests: its callers need `cognito-idp:AdminInitiateAuth` in
 * IAM. Messages are sent from Cognito's own address, 50 a day at most in an account; a `transform` of the pool with
 * `emailConfiguration` sends them by SES.
 *
 * ### Cost
 *
 * Nothing without users. A user who signs in, or whose account is read or changed, in a month: `cognito.users`
 * 0.015 USD, before the 10,000 users a month of each account that are free.
 *
 * @example
 * ```ts
 * import { UserPoolComponent } from "payment-stack";
 *
 * const customers = new UserPoolComponent("customers", {
 *   context,
 *   purpose: "customers",
 *   groups: { admins: { description: "Write products and stock" } },
 *   transform: { pool: { mfaConfiguration: "ON" } },
 * });
 * export const issuer = customers.issuer;
 * ```
 */
export class UserPoolComponent extends pulumi.ComponentResource {
  readonly userPoolId: pulumi.Output<string>;
  readonly userPoolArn: pulumi.Output<string>;
  /** Id of the public client: the audience (`aud`) of id tokens. */
  readonly clientId: pulumi.Output<string>;
  /** Who issues the tokens (`iss`): `https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI`. */
  readonly issuer: pulumi.Output<string>;

  constructor(name: string, args: UserPoolComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("payments:identity:UserPool", name, {}, opts);
    const { context, purpose, transform } = args;
    const poolName = resourceName(context, purpose);

    const pool = new cognito.UserPool(
      `${name}-pool`,
      transformed<cognito.UserPoolArgs>(
        {
          ...regional(context),
          name: poolName,
          userPoolTier: "ESSENTIALS",
          usernameAttributes: ["email"],
          usernameConfiguration: { caseSensitive: false },
          autoVerifiedAttributes: ["email"],
          userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ["email"] },
          accountRecoverySetting: {
            recoveryMechanisms: [{ name: "verified_email", priority: 1 }],
          },
          // No `schemas`: the standard attributes are there without them, and one that is changed or removed replaces
          // the pool, and loses its users (pulumi-aws#1237, #828).
          passwordPolicy: {
            minimumLength: 12,
            requireLowercase: true,
            requireUppercase: true,
            requireNumbers: true,
            requireSymbols: true,
            temporaryPasswordValidityDays: 3,
          },
          mfaConfiguration: "OPTIONAL",
          softwareTokenMfaConfiguration: { enabled: true },
          deletionProtection: context.protect ? "ACTIVE" : "INACTIVE",
          tags: namedTags(context.tags, poolName),
        },
        transform?.pool,
      ),
      { parent: this, protect: context.protect },
    );
    const client = new cognito.UserPoolClient(
      `${name}-client`,
      transformed<cognito.UserPoolClientArgs>(
        {
          ...regional(context),
          name: poolName,
          userPoolId: pool.id,
          generateSecret: false,
          explicitAuthFlows: [
            "ALLOW_USER_SRP_AUTH",
            "ALLOW_REFRESH_TOKEN_AUTH",
            "ALLOW_ADMIN_USER_PASSWORD_AUTH",
          ],
          preventUserExistenceErrors: "ENABLED",
          enableTokenRevocation: true,
          idTokenValidity: tokenHours,
          accessTokenValidity: tokenHours,
          refreshTokenValidity: refreshDays,
          tokenValidityUnits: { idToken: "hours", accessToken: "hours", refreshToken: "days" },
        },
        transform?.client,
      ),
      { parent: this },
    );
    for (const [group, { description }] of Object.entries(args.groups)) {
      new cognito.UserGroup(
        `${name}-${group}-group`,
        { ...regional(context), name: group, userPoolId: pool.id, description },
        { parent: this, protect: context.protect }, // who is in it is nowhere else
      );
    }

    this.userPoolId = pool.id;
    this.userPoolArn = pool.arn;
    this.clientId = client.id;
    this.issuer = pulumi.interpolate`https://${pool.endpoint}`;
    this.registerOutputs({
      userPoolId: this.userPoolId,
      userPoolArn: this.userPoolArn,
      clientId: this.clientId,
      issuer: this.issuer,
    });
  }
}
