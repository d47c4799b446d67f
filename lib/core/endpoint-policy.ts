import type * as pulumi from "@pulumi/pulumi";
import { policyJson } from "./policy-document";
import type { StackContext } from "../types";

/** What the functions call by the endpoint of each service. */
const calls = {
  dynamodb: ["PutItem", "GetItem", "Query", "UpdateItem", "Scan"],
  s3: ["PutObject", "GetObject", "ListBucket"],
  secretsmanager: ["GetSecretValue"],
} as const;

/**
 * The policy of a VPC endpoint: what the functions call, by this account's principals, on this account's
 * resources. Which of it each of them may do is for its role to say; the endpoint keeps stolen data from
 * leaving with other credentials, into another account or by other calls.
 *
 * @param service - The service's prefix in IAM actions.
 */
export function endpointPolicy(
  { aws }: StackContext,
  service: keyof typeof calls,
): pulumi.Output<string> {
  return policyJson([
    {
      Sid: "OwnAccountOnly",
      Effect: "Allow",
      Principal: "*",
      Action: calls[service].map((operation) => `${service}:${operation}`),
      Resource: "*",
      Condition: {
        StringEquals: {
          "aws:PrincipalAccount": aws.accountId,
          "aws:ResourceAccount": aws.accountId,
        },
      },
    },
  ]);
}
