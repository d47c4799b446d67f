import * as z from "zod";
import { problemUnless } from "../../core/configuration";
import { defaultDomain } from "../../core/names";
import type { PartSettings } from "../../foundation/part";
import type { EnvironmentType } from "../../types";
import { apiSettings, domainProblems, webAclSettings } from "../api-settings";

const units = z.int().min(1).max(40_000);

const schema = z.object({
  storefront: z.object({
    enabled: z.boolean().describe("A shop's products, orders and users, at an API of their own."),
    authorization: z
      .enum(["COGNITO_USER_POOLS", "AWS_IAM"])
      .describe(
        "COGNITO_USER_POOLS: customers sign in at a user pool. AWS_IAM: only services of your own call, which sign their requests (SigV4).",
      ),
    userPoolArn: z
      .string()
      .regex(/^arn:aws[a-z-]*:cognito-idp:[^:]+:\d{12}:userpool\/\S+$/, "the ARN of a user pool")
      .nullable()
      .describe(
        "An existing user pool of the stack's region, with a group admins; null makes one. Its accounts are not deleted with what the shop knows of a user.",
      ),
    ...apiSettings,
    waf: z.strictObject(webAclSettings),
    capacity: z.strictObject({
      minUnits: units.describe(
        "Read and write units that each table and index begins with and never goes below; paid by the hour.",
      ),
      maxUnits: units.describe("Units that autoscaling goes up to."),
      targetPercent: z
        .int()
        .min(20)
        .max(90)
        .describe("How much of the units shall be used, in percent."),
    }),
    reservedConcurrency: z
      .int()
      .min(1)
      .nullable()
      .describe("Concurrent executions reserved for each of its API's functions; null for none."),
    orderExpiryMinutes: z
      .int()
      .min(5)
      .max(720)
      .describe("How long an order waits for its payment, in minutes; then its stock returns."),
    reconciliation: z.strictObject({
      everyMinutes: z
        .int()
        // as long as one may take
        .min(15)
        .max(1440)
        .describe("How often orders are compared with their payments, in minutes."),
      sweepDays: z
        .int()
        .min(1)
        .max(365)
        .describe("In how many days every order is compared once, however old."),
    }),
  }),
});

/** The settings of the storefront module. */
export type StorefrontSettings = z.infer<typeof schema>;

type Values = Omit<StorefrontSettings["storefront"], "customDomain">;

/** What is the same everywhere. */
const shared = {
  enabled: false,
  authorization: "COGNITO_USER_POOLS",
  userPoolArn: null,
  certificateArn: null,
  hostedZoneId: null,
  orderExpiryMinutes: 30,
  reconciliation: { everyMinutes: 60, sweepDays: 30 },
} as const;

const values: Readonly<Record<EnvironmentType, Values>> = {
  dev: {
    ...shared,
    allowedOrigins: ["http://localhost:3000"],
    throttle: { ratePerSecond: 50, burst: 100 },
    waf: { enabled: false, rateLimit: 2000, signedRequests: "block" },
    capacity: { minUnits: 5, maxUnits: 10, targetPercent: 70 },
    reservedConcurrency: null,
  },
  staging: {
    ...shared,
    allowedOrigins: ["https://staging.shop.internal"],
    throttle: { ratePerSecond: 500, burst: 1000 },
    waf: { enabled: false, rateLimit: 2000, signedRequests: "block" },
    capacity: { minUnits: 20, maxUnits: 100, targetPercent: 70 },
    reservedConcurrency: 20,
  },
  prod: {
    ...shared,
    allowedOrigins: ["https://shop.internal"],
    throttle: { ratePerSecond: 2000, burst: 4000 },
    waf: { enabled: true, rateLimit: 2000, signedRequests: "block" },
    capacity: { minUnits: 50, maxUnits: 1000, targetPercent: 70 },
    reservedConcurrency: 100,
  },
};

/** The storefront module's part of the configuration. */
export const storefrontSettings: PartSettings<StorefrontSettings> = {
  schema,
  values: (names) => ({
    storefront: { ...values[names.environment], customDomain: defaultDomain(names, "shop") },
  }),
  problems: ({ storefront }) => [
    ...domainProblems("storefront", storefront),
    ...problemUnless(
      storefront.capacity.maxUnits >= storefront.capacity.minUnits,
      "storefront.capacity.maxUnits",
      storefront.capacity.maxUnits,
      `at least storefront.capacity.minUnits (${String(storefront.capacity.minUnits)})`,
    ),
    ...problemUnless(
      !storefront.waf.enabled ||
        storefront.waf.signedRequests === "block" ||
        storefront.authorization === "AWS_IAM",
      "storefront.waf.signedRequests",
      storefront.waf.signedRequests,
      "block unless storefront.authorization is AWS_IAM: else nobody checks a signature, so that anybody passes for signed",
    ),
    ...problemUnless(
      storefront.userPoolArn === null || storefront.authorization === "COGNITO_USER_POOLS",
      "storefront.userPoolArn",
      storefront.userPoolArn,
      "null where storefront.authorization is AWS_IAM: nobody signs in at a pool then",
    ),
  ],
};
