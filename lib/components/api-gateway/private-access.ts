import * as apigateway from "@pulumi/aws/apigateway";
import * as pulumi from "@pulumi/pulumi";
import { regional } from "../../core/context";
import { policyJson } from "../../core/policy-document";
import type { StackContext } from "../../types";
import type { ApiEndpoint } from "../shared/private-endpoint";
import type { ApiAuthorization, ApiRoute } from "./route";

/** What the policy of a private API is made of. */
export interface PrivateAccessArgs {
  readonly context: StackContext;
  readonly endpoint: ApiEndpoint;
  readonly routes: readonly ApiRoute[];
  /** Of the routes that declare no other. */
  readonly authorization: ApiAuthorization;
}

/**
 * The policy of a private API, without which it cannot be deployed: by the endpoint alone.
 *
 * Where callers sign, the policy names the account and not everybody: that leaves it to the identity's own policy, as
 * with a regional API, while an Allow for everybody would let in each identity of the account (developer guide, "How
 * API Gateway resource policies affect authorization workflow"; IAM user guide, "AWS account principals"). What nobody
 * signs, preflights among it, needs an Allow for everybody.
 *
 * It is a resource of its own, since it contains the API's ARN: API Gateway returns it with nothing else.
 */
export function addPrivateAccess(
  name: string,
  restApi: apigateway.RestApi,
  { context, endpoint, routes, authorization }: PrivateAccessArgs,
  options: pulumi.CustomResourceOptions,
): apigateway.RestApiPolicy {
  const { partition, accountId } = context.aws;
  const operations = (of: string) => pulumi.interpolate`${restApi.executionArn}/*/${of}`;
  const everything = pulumi.interpolate`${restApi.executionArn}/*`;
  const unsigned = routes.filter((route) => isUnsigned(route.authorization ?? authorization));
  return new apigateway.RestApiPolicy(
    `${name}-policy`,
    {
      ...regional(context),
      restApiId: restApi.id,
      policy: policyJson([
        {
          Sid: "CallersOfTheAccount",
          Effect: "Allow",
          Principal: { AWS: pulumi.interpolate`arn:${partition}:iam::${accountId}:root` },
          Action: "execute-api:Invoke",
          Resource: everything,
        },
        {
          Sid: "UnsignedRequests",
          Effect: "Allow",
          Principal: "*",
          Action: "execute-api:Invoke",
          Resource: isUnsigned(authorization)
            ? everything
            : [
                operations("OPTIONS/*"),
                ...unsigned.map(({ method, path }) =>
                  operations(`${method}${path.replaceAll(/\{[^}]+\}/g, "*")}`),
                ),
              ],
          Condition: { StringEquals: { "aws:SourceVpce": endpoint.endpointId } },
        },
        {
          Sid: "ByTheEndpointOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "execute-api:Invoke",
          Resource: everything,
          Condition: { StringNotEquals: { "aws:SourceVpce": endpoint.endpointId } },
        },
      ]),
    },
    options,
  );
}

/** Whether requests come without a signature that IAM knows the caller by. */
function isUnsigned(authorization: ApiAuthorization): boolean {
  return authorization !== "AWS_IAM";
}
