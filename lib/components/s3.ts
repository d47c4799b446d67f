import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { bucketPrefix } from "../naming";
import { policyJson } from "../policy-document";
import { namedTags } from "../tags";
import { transformed } from "../transform";
import type { StackContext, Transform } from "../types";

/** When the audit documents move to colder storage and when they go; all in days. */
export interface AuditRetention {
  /** Current versions move to GLACIER, and {@link deepArchiveDelayDays} later to DEEP_ARCHIVE. */
  readonly glacierAfterDays: number;
  /** Replaced versions move to GLACIER. */
  readonly noncurrentGlacierAfterDays: number;
  /** Replaced versions are deleted; S3 wants this to be later than their transition. */
  readonly noncurrentExpireAfterDays: number;
  readonly abortIncompleteUploadAfterDays: number;
  /** How long no version may be deleted (governance mode); null for no lock. Fixed at creation. */
  readonly objectLockDays: number | null;
}

/** Days in GLACIER before DEEP_ARCHIVE: S3 charges GLACIER for 90 days in any case. */
export const deepArchiveDelayDays = 90;

/** Arguments of {@link S3Component}. */
export interface S3ComponentArgs {
  readonly context: StackContext;
  /** ARN of the key that encrypts the documents. */
  readonly keyArn: pulumi.Input<string>;
  readonly retention: AuditRetention;
  readonly transform?: {
    readonly bucket?: Transform<s3.BucketArgs>;
    readonly lifecycle?: Transform<s3.BucketLifecycleConfigurationArgs>;
  };
}

/**
 * The audit bucket: private, versioned, encrypted, reachable over TLS only, growing cheaper with age.
 *
 * Cost: storage by class (GLACIER about a sixth, DEEP_ARCHIVE about a twentieth of STANDARD) and
 * requests; the bucket key keeps KMS requests to a few a day.
 */
export class S3Component extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;
  readonly bucketArn: pulumi.Output<string>;

  constructor(name: string, args: S3ComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("payments:storage:S3", name, {}, opts);
    const { context, keyArn, retention, transform } = args;
    const child = { parent: this };

    const id = new random.RandomId(`${name}-audit-id`, { byteLength: 4 }, child);
    const bucketName = pulumi.interpolate`${bucketPrefix(context, "audit")}${id.hex}`;
    const bucket = new s3.Bucket(
      `${name}-audit`,
      transformed<s3.BucketArgs>(
        {
          bucket: bucketName,
          objectLockEnabled: retention.objectLockDays !== null,
          forceDestroy: !context.protect,
          tags: namedTags(
            context.tags,
            `${bucketPrefix(context, "audit")}${context.environmentSuffix}`,
          ),
        },
        transform?.bucket,
      ),
      { ...child, protect: context.protect },
    );

    const publicAccess = new s3.BucketPublicAccessBlock(
      `${name}-audit-public-access`,
      {
        bucket: bucket.id,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      child,
    );
    new s3.BucketOwnershipControls(
      `${name}-audit-ownership`,
      { bucket: bucket.id, rule: { objectOwnership: "BucketOwnerEnforced" } },
      child,
    );
    new s3.BucketServerSideEncryptionConfiguration(
      `${name}-audit-encryption`,
      {
        bucket: bucket.id,
        rules: [
          {
            applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
            bucketKeyEnabled: true,
          },
        ],
      },
      child,
    );
    const versioning = new s3.BucketVersioning(
      `${name}-audit-versioning`,
      { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } },
      child,
    );
    if (retention.objectLockDays !== null) {
      new s3.BucketObjectLockConfiguration(
        `${name}-audit-lock`,
        {
          bucket: bucket.id,
          rule: { defaultRetention: { mode: "GOVERNANCE", days: retention.objectLockDays } },
        },
        { ...child, dependsOn: [versioning] },
      );
    }
    new s3.BucketLifecycleConfiguration(
      `${name}-audit-lifecycle`,
      transformed<s3.BucketLifecycleConfigurationArgs>(
        { bucket: bucket.id, rules: lifecycleRules(retention) },
        transform?.lifecycle,
      ),
      { ...child, dependsOn: [versioning] },
    );
    new s3.BucketPolicy(
      `${name}-audit-policy`,
      {
        bucket: bucket.id,
        policy: policyJson([
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [bucket.arn, pulumi.interpolate`${bucket.arn}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ]),
      },
      // S3 answers 409 when a bucket's policy and its public access block change at the same time
      { ...child, dependsOn: [publicAccess] },
    );

    this.bucketName = bucket.bucket;
    this.bucketArn = bucket.arn;
    this.registerOutputs({ bucketName: this.bucketName, bucketArn: this.bucketArn });
  }
}

function lifecycleRules(
  retention: AuditRetention,
): NonNullable<s3.BucketLifecycleConfigurationArgs["rules"]> {
  const everything = { prefix: "" };
  return [
    {
      id: "archive",
      status: "Enabled",
      filter: everything,
      transitions: [
        { days: retention.glacierAfterDays, storageClass: "GLACIER" },
        { days: retention.glacierAfterDays + deepArchiveDelayDays, storageClass: "DEEP_ARCHIVE" },
      ],
    },
    {
      id: "noncurrent-versions",
      status: "Enabled",
      filter: everything,
      noncurrentVersionTransitions: [
        { noncurrentDays: retention.noncurrentGlacierAfterDays, storageClass: "GLACIER" },
      ],
      noncurrentVersionExpiration: { noncurrentDays: retention.noncurrentExpireAfterDays },
    },
    {
      id: "incomplete-uploads",
      status: "Enabled",
      filter: everything,
      abortIncompleteMultipartUpload: {
        daysAfterInitiation: retention.abortIncompleteUploadAfterDays,
      },
    },
  ];
}
