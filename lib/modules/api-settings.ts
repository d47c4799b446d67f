import * as z from "zod";
import { problemUnless } from "../core/configuration";
import type { ConfigurationProblem } from "../core/configuration";
import { isDomain } from "../core/names";

const count = z.int().min(1);

/** The settings that every API has, with the same limits. */
export const apiSettings = {
  customDomain: z
    .string()
    .refine(isDomain, "a domain name; {account} in it stands for the account's id")
    .nullable()
    .describe(
      "The API's own domain, {account} in it being the account's id; null for none. A regional API's is unique in a region across all accounts.",
    ),
  hostedZoneId: z
    .string()
    .regex(/^Z[A-Z0-9]{1,31}$/, "the id of a hosted zone such as Z0123456789ABCDEFGHIJ")
    .nullable()
    .describe(
      "An existing Route 53 zone, public or private, that gets the record of customDomain; null leaves the record to you, but for a private API, which has a zone of its own in the network.",
    ),
  certificateArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:acm:/, "the ARN of an ACM certificate")
    .nullable()
    .describe(
      "Certificate for customDomain in the stack's region; null imports a self-signed one.",
    ),
  allowedOrigins: z
    .array(z.string().regex(/^(\*|https?:\/\/[^/\s']+)$/, "an origin such as https://example.com"))
    .min(1)
    .describe("Origins that browsers may call from (CORS)."),
  throttle: z.strictObject({
    ratePerSecond: count.max(10000).describe("Steady requests a second over all callers."),
    burst: count.max(5000).describe("Burst of requests that may exceed the rate."),
  }),
};

/** The settings of a web ACL. */
export const webAclSettings = {
  enabled: z.boolean().describe("A web ACL in front of the API."),
  rateLimit: z
    .int()
    .min(10)
    .max(2_000_000_000)
    .describe("Requests that one address may send in five minutes."),
  signedRequests: z
    .enum(["block", "count"])
    .describe(
      "Signed requests above rateLimit: block them too, or count them, for services that share few addresses.",
    ),
};

/** What is wrong between the settings of an API's domain; `section` is where they are. */
export function domainProblems(
  section: string,
  settings: { readonly customDomain: string | null; readonly hostedZoneId: string | null },
): readonly ConfigurationProblem[] {
  return problemUnless(
    settings.hostedZoneId === null || settings.customDomain !== null,
    `${section}.hostedZoneId`,
    settings.hostedZoneId,
    `null where ${section}.customDomain is null: there is no name to resolve`,
  );
}
