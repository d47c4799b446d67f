import { getEnvironmentConfig } from "../../../../lib/config";
import { ConfigurationError } from "../../../../lib/core/configuration";
import { environmentTypes } from "../../../../lib/types";
import type { EnvironmentType } from "../../../../lib/types";
import { demanded } from "../../demanded";

type Storefront = ReturnType<typeof getEnvironmentConfig>["storefront"];

/** The problems of dev with some settings, by key. */
function problemsOf(storefront: Partial<Storefront>) {
  try {
    getEnvironmentConfig("dev", { overrides: { storefront } });
    return {};
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return Object.fromEntries(error.problems.map(({ key, message }) => [key, message]));
  }
}

const configOf = (environment: EnvironmentType) =>
  getEnvironmentConfig(environment, { overrides: demanded(environment) });

const pool = "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_AbCdEfGhI";

describe("the storefront's settings", () => {
  it.each(environmentTypes)("have it off in %s", (environment) => {
    expect(configOf(environment).storefront.enabled).toBe(false);
  });

  it.each([
    ["dev", 5, 10, null, "shop-dev-{account}.payments.internal"],
    ["staging", 20, 100, 20, "shop-staging-{account}.payments.internal"],
    ["prod", 50, 1000, 100, "shop-prod-{account}.payments.internal"],
  ] as const)(
    "give %s %d to %d units, %s executions and %s",
    (environment, minUnits, maxUnits, reservedConcurrency, customDomain) => {
      expect(configOf(environment).storefront).toMatchObject({
        capacity: { minUnits, maxUnits, targetPercent: 70 },
        reservedConcurrency,
        customDomain,
      });
    },
  );

  it.each(["AWS_IAM", "COGNITO_USER_POOLS"] as const)(
    "let signed requests pass the web ACL's limit where IAM checks the signature, and nowhere else: %s",
    (authorization) => {
      const waf = { enabled: true, rateLimit: 2000, signedRequests: "count" } as const;
      const problems = problemsOf({ waf, authorization });

      expect(Object.keys(problems)).toEqual(
        authorization === "AWS_IAM" ? [] : ["storefront.waf.signedRequests"],
      );
    },
  );

  it("report all that is wrong between them at once", () => {
    const problems = problemsOf({
      enabled: true,
      authorization: "AWS_IAM",
      userPoolArn: pool,
      capacity: { minUnits: 20, maxUnits: 10, targetPercent: 70 },
    });

    expect(problems).toEqual({
      "storefront.capacity.maxUnits":
        "found 10; allowed: at least storefront.capacity.minUnits (20)",
      "storefront.userPoolArn": expect.stringContaining(
        "null where storefront.authorization",
      ) as string,
    });
  });

  it("report a value that is wrong by itself beside what is wrong between others", () => {
    const problems = problemsOf({
      enabled: true,
      allowedOrigins: ["shop.example"],
      capacity: { minUnits: 20, maxUnits: 10, targetPercent: 70 },
    });

    expect(Object.keys(problems)).toEqual([
      "storefront.allowedOrigins.0",
      "storefront.capacity.maxUnits",
    ]);
  });

  it.each<[string, Partial<Storefront>]>([
    ["storefront.allowedOrigins.0", { allowedOrigins: ["shop.example"] }],
    ["storefront.allowedOrigins", { allowedOrigins: [] }],
    ["storefront.userPoolArn", { userPoolArn: "eu-central-1_AbCdEfGhI" }],
    ["storefront.orderExpiryMinutes", { orderExpiryMinutes: 1440 }],
    ["storefront.reservedConcurrency", { reservedConcurrency: 0 }],
    ["storefront.customDomain", { customDomain: "shop" }],
    ["storefront.hostedZoneId", { hostedZoneId: "example.com" }],
    ["storefront.hostedZoneId", { customDomain: null, hostedZoneId: "Z0123456789ABC" }],
    [
      "storefront.reconciliation.everyMinutes",
      { reconciliation: { everyMinutes: 10, sweepDays: 1 } },
    ],
    ["storefront.reconciliation.sweepDays", { reconciliation: { everyMinutes: 60, sweepDays: 0 } }],
    [
      "storefront.capacity.targetPercent",
      { capacity: { minUnits: 1, maxUnits: 1, targetPercent: 95 } },
    ],
  ])("are refused by name: %s", (key, settings) => {
    expect(Object.keys(problemsOf(settings))).toEqual([key]);
  });

  it("take an existing pool", () => {
    expect(problemsOf({ userPoolArn: pool })).toEqual({});
  });
});
