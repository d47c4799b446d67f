import type * as pulumi from "@pulumi/pulumi";
import { policyJson } from "../policy-document";
import type { StackContext } from "../types";

/**
 * The policy of a VPC endpoint: this account's principals, on this account's resources. What each of them
 * may do there is for its role to say; the endpoint keeps stolen data from leaving with other credentials
 * or into another account.
 *
 * @param service - The service's prefix in IAM actions.
 */
export function endpointPolicy({ aws }: StackContext, service: string): pulumi.Output<string> {
  return policyJson([
    {
      Sid: "OwnAccountOnly",
      Effect: "Allow",
      Principal: "*",
      Action: `${service}:*`,
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
