import type { PolicyStatement } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { policyJson } from "../../core/policy-document";
import type { StackContext } from "../../types";

/** Who uses a key for the account's data. */
export type KeyUse =
  /**
   * A service on behalf of whoever may use its resource, by its name in `kms:ViaService`: `dynamodb`. It may create a
   * grant of the key for that resource.
   */
  | { readonly through: string }
  /** CloudWatch Logs, for the account's log groups. */
  | { readonly logs: true }
  /** A service as itself, on behalf of this account, which decrypts and makes data keys: `cloudwatch`. */
  | {
      readonly principal: string;
      /** The id of its statement in the key's policy: letters and digits. */
      readonly sid: string;
    };

/** What a service does with a key that encrypts its data. */
const useOfKey = [
  "kms:Encrypt",
  "kms:Decrypt",
  "kms:ReEncrypt*",
  "kms:GenerateDataKey*",
  "kms:DescribeKey",
];

/** The policy of a key: the account administers it, and each use is allowed, those through services first. */
export function keyPolicy(context: StackContext, uses: readonly KeyUse[]): pulumi.Output<string> {
  const services = uses.flatMap((use) => ("through" in use ? [use.through] : []));
  return policyJson([
    administration(context),
    ...(services.length > 0 ? throughServices(context, services) : []),
    ...uses.flatMap((use) => {
      if ("through" in use) return [];
      return "logs" in use ? [logs(context)] : [asItself(context, use)];
    }),
  ]);
}

/** The account's own IAM policies decide who administers the key: without this nobody ever could. */
function administration({ aws }: StackContext): PolicyStatement {
  return {
    Sid: "AccountAdministration",
    Effect: "Allow",
    Principal: { AWS: pulumi.interpolate`arn:${aws.partition}:iam::${aws.accountId}:root` },
    Action: "kms:*",
    Resource: "*",
  };
}

/** Whoever of this account may use the service's resource may use the key through that service, and only so. */
function throughServices({ aws }: StackContext, services: readonly string[]): PolicyStatement[] {
  const viaService = services.map(
    (service) => pulumi.interpolate`${service}.${aws.region}.amazonaws.com`,
  );
  const conditions = {
    StringEquals: { "kms:CallerAccount": aws.accountId, "kms:ViaService": viaService },
  };
  return [
    {
      Sid: "UseThroughServices",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: useOfKey,
      Resource: "*",
      Condition: conditions,
    },
    {
      Sid: "GrantThroughServices",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: "kms:CreateGrant",
      Resource: "*",
      Condition: { ...conditions, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

function logs({ aws }: StackContext): PolicyStatement {
  return {
    Sid: "LogGroupsOfThisAccount",
    Effect: "Allow",
    Principal: { Service: pulumi.interpolate`logs.${aws.region}.amazonaws.com` },
    Action: useOfKey,
    Resource: "*",
    Condition: {
      ArnLike: {
        "kms:EncryptionContext:aws:logs:arn": pulumi.interpolate`arn:${aws.partition}:logs:${aws.region}:${aws.accountId}:log-group:*`,
      },
    },
  };
}

function asItself(
  { aws }: StackContext,
  { principal, sid }: { readonly principal: string; readonly sid: string },
): PolicyStatement {
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: { Service: `${principal}.amazonaws.com` },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Resource: "*",
    Condition: { StringEquals: { "aws:SourceAccount": aws.accountId } },
  };
}
