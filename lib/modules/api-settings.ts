import * as z from "zod";

const count = z.int().min(1);

/** The settings that every API has, with the same limits. */
export const apiSettings = {
  customDomain: z
    .string()
    .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/, "a domain name")
    .nullable()
    .describe("The API's own domain; null for none."),
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
