import { uniq } from "es-toolkit/array/uniq";
import type * as pulumi from "@pulumi/pulumi";
import { policyJson } from "./policy-document";
import type { StackContext } from "../types";

/** An action as IAM policies name it: `secretsmanager:GetSecretValue`. */
export type IamAction = `${string}:${string}`;

/**
 * What is called by the endpoint of each service, whose name is the end of its endpoint's: `secretsmanager`,
 * `ecr.api`, `kinesis-streams`.
 */
export type EndpointNeeds<Service extends string = string> = Readonly<
  Record<Service, readonly IamAction[]>
>;

/**
 * What several parts of a program call, as one: each service once, each action once, in the order in which they
 * are given first.
 *
 * @example
 * ```ts
 * import { uniteEndpointNeeds } from "payment-stack";
 *
 * const { s3 = [], dynamodb = [], ...interfaces } = uniteEndpointNeeds(
 *   { s3: ["s3:PutObject"], secretsmanager: ["secretsmanager:GetSecretValue"] },
 *   { s3: ["s3:GetObject"], "kinesis-streams": ["kinesis:PutRecords"] },
 * );
 * ```
 */
export function uniteEndpointNeeds(...needs: readonly EndpointNeeds[]): EndpointNeeds {
  const united = new Map<string, readonly IamAction[]>();
  for (const [service, actions] of needs.flatMap((one) => Object.entries(one))) {
    united.set(service, uniq([...(united.get(service) ?? []), ...actions]));
  }
  return Object.fromEntries(united);
}

/**
 * The policy of a VPC endpoint: what is called by it, by this account's principals, on this account's resources. The
 * role of each limits it further; the endpoint prevents exfiltration with other credentials, into another account or
 * by other calls.
 *
 * @param actions - One or more: IAM has no statement about none.
 */
export function endpointPolicy(
  { aws }: StackContext,
  actions: readonly IamAction[],
): pulumi.Output<string> {
  return policyJson([
    {
      Sid: "OwnAccountOnly",
      Effect: "Allow",
      Principal: "*",
      Action: [...actions],
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
