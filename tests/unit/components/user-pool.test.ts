import { catalogue } from "../../../lib/catalogue";
import { UserPoolComponent } from "../../../lib/components/user-pool";
import type { UserPoolComponentArgs } from "../../../lib/components/user-pool";
import { inRegion } from "../../../lib/core/context";
import { maxSuffixLength } from "../../../lib/core/names";
import { record, valueOf } from "../../../lib/graph/record";
import { testContext } from "../context";

const build = (args: Partial<UserPoolComponentArgs> = {}) =>
  record(
    () =>
      new UserPoolComponent("shop", {
        context: testContext("dev"),
        purpose: "customers",
        groups: {
          admins: { description: "Write products and stock" },
          support: { description: "Read orders" },
        },
        ...args,
      }),
  );

const poolType = "aws:cognito/userPool:UserPool";
const clientType = "aws:cognito/userPoolClient:UserPoolClient";
const groupType = "aws:cognito/userGroup:UserGroup";

describe("a user pool", () => {
  it("has users who sign in by e-mail and strong passwords, and declares no attributes", async () => {
    const { inputs } = (await build()).one(poolType);

    expect(inputs).toEqual({
      name: "payments-dev-customers-dev",
      userPoolTier: "ESSENTIALS",
      usernameAttributes: ["email"],
      usernameConfiguration: { caseSensitive: false },
      autoVerifiedAttributes: ["email"],
      userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ["email"] },
      accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
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
      deletionProtection: "INACTIVE",
      tags: { ...testContext("dev").tags, Name: "payments-dev-customers-dev" },
    });
  });

  it.each([
    ["dev", "INACTIVE", false],
    ["staging", "INACTIVE", false],
    ["prod", "ACTIVE", true],
  ] as const)(
    "in %s: deletion protection is %s, and Pulumi's, for the groups' members too: %s",
    async (environment, deletionProtection, guarded) => {
      const graph = await build({ context: testContext(environment) });
      const pool = graph.one(poolType);

      expect(pool.inputs["deletionProtection"]).toBe(deletionProtection);
      expect(pool.deleteBeforeReplace).toBe(false);
      expect([pool, ...graph.ofType(groupType)].map(({ protect }) => protect)).toEqual([
        guarded,
        guarded,
        guarded,
      ]);
      expect(graph.one(clientType).protect).toBe(false);
    },
  );

  it("has a public client, which sends no password but from where IAM allows it", async () => {
    const { inputs } = (await build()).one(clientType);

    expect(inputs).toEqual({
      name: "payments-dev-customers-dev",
      userPoolId: "shop-pool-id",
      generateSecret: false,
      explicitAuthFlows: [
        "ALLOW_USER_SRP_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
        "ALLOW_ADMIN_USER_PASSWORD_AUTH",
      ],
      preventUserExistenceErrors: "ENABLED",
      enableTokenRevocation: true,
      idTokenValidity: 1,
      accessTokenValidity: 1,
      refreshTokenValidity: 30,
      tokenValidityUnits: { idToken: "hours", accessToken: "hours", refreshToken: "days" },
    });
  });

  it("has the groups that are declared, by names of their own", async () => {
    const groups = (await build()).ofType(groupType);

    expect(groups.map(({ name, inputs }) => [name, inputs]).sort()).toEqual([
      [
        "shop-admins-group",
        { name: "admins", userPoolId: "shop-pool-id", description: "Write products and stock" },
      ],
      [
        "shop-support-group",
        { name: "support", userPoolId: "shop-pool-id", description: "Read orders" },
      ],
    ]);
    expect((await build({ groups: {} })).ofType(groupType)).toEqual([]);
  });

  it("exposes what callers and authorizers need, and is the parent of all", async () => {
    const graph = await build();
    const { result } = graph;

    expect(await valueOf(result.userPoolId)).toBe("shop-pool-id");
    expect(await valueOf(result.userPoolArn)).toMatch(/^arn:aws:cognito-idp:.*shop-pool$/);
    expect(await valueOf(result.clientId)).toBe("shop-client-id");
    expect(await valueOf(result.issuer)).toBe(
      "https://cognito-idp.eu-central-1.amazonaws.com/shop-pool-id",
    );
    expect(graph.childrenOf(graph.one("payments:identity:UserPool"))).toHaveLength(4);
  });

  it("issues in the region that the context says", async () => {
    const graph = await build({ context: inRegion(testContext("dev"), "us-west-2") });

    expect(await valueOf(graph.result.issuer)).toBe(
      "https://cognito-idp.us-west-2.amazonaws.com/shop-pool-id",
    );
  });

  it("lets a consumer change pool and client", async () => {
    const graph = await build({
      transform: {
        pool: { mfaConfiguration: "ON" },
        client: (args) => ({ ...args, refreshTokenValidity: 1 }),
      },
    });

    expect(graph.one(poolType).inputs).toMatchObject({
      mfaConfiguration: "ON",
      usernameAttributes: ["email"],
    });
    expect(graph.one(clientType).inputs).toMatchObject({
      refreshTokenValidity: 1,
      generateSecret: false,
    });
  });

  it("has names within Cognito's limits for the longest suffix", async () => {
    const context = inRegion(testContext("staging", "s".repeat(maxSuffixLength)), "ap-southeast-1");
    const { resources } = await build({ context });

    const named = resources.flatMap(({ type, inputs }) => {
      const limit = catalogue[type]?.nameLimit;
      return limit === undefined ? [] : [{ name: String(inputs[limit.argument]), max: limit.max }];
    });

    expect(named).toHaveLength(2);
    for (const { name, max } of named) expect(name.length).toBeLessThanOrEqual(max);
  });
});
