import * as kms from "@pulumi/aws/kms";
import * as s3 from "@pulumi/aws/s3";
import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";

/** Someone else's program: a bucket and a topic, done well. */
export function goodProgram(): void {
  const key = new kms.Key("key", { enableKeyRotation: true }, { protect: true });
  const logs = new s3.Bucket("logs");
  const data = new s3.Bucket("data", { objectLockEnabled: true });
  for (const [name, bucket] of Object.entries({ logs, data })) {
    new s3.BucketPublicAccessBlock(name, {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new s3.BucketVersioning(name, {
      bucket: bucket.id,
      versioningConfiguration: { status: "Enabled" },
    });
    new s3.BucketOwnershipControls(name, {
      bucket: bucket.id,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    new s3.BucketLifecycleConfiguration(name, {
      bucket: bucket.id,
      rules: [
        {
          id: "expire",
          status: "Enabled",
          noncurrentVersionExpiration: { noncurrentDays: 90 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    });
    new s3.BucketServerSideEncryptionConfiguration(name, {
      bucket: bucket.id,
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
          bucketKeyEnabled: true,
        },
      ],
    });
    new s3.BucketPolicy(name, {
      bucket: bucket.id,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [bucket.arn, pulumi.interpolate`${bucket.arn}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      }),
    });
    new s3.BucketLogging(name, {
      bucket: bucket.id,
      targetBucket: logs.id,
      targetPrefix: `${name}/`,
    });
  }
  const alerts = new sns.Topic("alerts", { kmsMasterKeyId: key.id });
  new sns.TopicPolicy("alerts", {
    arn: alerts.arn,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Deny",
          Principal: "*",
          Action: "sns:Publish",
          Resource: alerts.arn,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    }),
  });
}
