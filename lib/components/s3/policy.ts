import type { PolicyStatement } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { policyJson } from "../../core/policy-document";
import type { ObjectLock } from "./retention";

/** What a bucket's policy refuses. */
export interface BucketRefusals {
  /** Every write without `If-None-Match: *`. */
  readonly writeOnce: boolean;
  /** Whatever would end a lock early; null where there is none. */
  readonly objectLock: ObjectLock | null;
}

/** The policy of a bucket: it allows nothing, and refuses to everybody what must not be. */
export function bucketPolicy(
  bucketArn: pulumi.Output<string>,
  { writeOnce, objectLock }: BucketRefusals,
): pulumi.Output<string> {
  const objects = pulumi.interpolate`${bucketArn}/*`;
  return policyJson([
    refusal("TlsOnly", "s3:*", [bucketArn, objects], {
      Bool: { "aws:SecureTransport": "false" },
    }),
    ...(writeOnce
      ? [
          // the parts of a multipart upload carry no condition: only what creates an object must
          refusal("WriteOnce", "s3:PutObject", objects, {
            Null: { "s3:if-none-match": "true" },
            Bool: { "s3:ObjectCreationOperation": "true" },
          }),
        ]
      : []),
    ...(objectLock === null
      ? []
      : [
          refusal("NoBypassOfLock", "s3:BypassGovernanceRetention", objects),
          // whoever writes an object may ask for a lock of its own, by this permission; else it gets the bucket's
          refusal("NoShorterLock", "s3:PutObjectRetention", objects, {
            NumericLessThan: {
              "s3:object-lock-remaining-retention-days": String(objectLock.days),
            },
          }),
        ]),
  ]);
}

function refusal(
  Sid: string,
  Action: string,
  Resource: PolicyStatement["Resource"],
  Condition?: PolicyStatement["Condition"],
): PolicyStatement {
  return {
    Sid,
    Effect: "Deny",
    Principal: "*",
    Action,
    Resource,
    ...(Condition !== undefined && { Condition }),
  };
}
