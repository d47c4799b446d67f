import type { PolicyStatement } from "@pulumi/aws/iam";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { regional } from "../core/context";
import { bucketPrefix } from "../core/names";
import { policyJson } from "../core/policy-document";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";
import type { StackContext, Transform } from "../types";

/** When a bucket's objects move to colder storage and when they expire; all in days. */
export interface BucketRetention {
  /** Current versions move to GLACIER, and 90 days later to DEEP_ARCHIVE; null leaves them. */
  readonly glacierAfterDays: number | null;
  /** Replaced versions move to GLACIER; null leaves them. */
  readonly noncurrentGlacierAfterDays: number | null;
  /** Replaced and deleted versions expire; S3 requires this to be later than their transition. */
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
  /** What the bucket is for; part of its name: `audit`. */
  readonly purpose: string;
  /** ARN of the key that encrypts the objects. */
  readonly keyArn: pulumi.Input<string>;
  readonly retention: BucketRetention;
  /** Refuses every write without `If-None-Match: *`, so that nothing can be overwritten. */
  readonly writeOnce: boolean;
  readonly transform?: {
    readonly bucket?: Transform<s3.BucketArgs>;
    readonly lifecycle?: Transform<s3.BucketLifecycleConfigurationArgs>;
  };
}

/**
 * A bucket: private, versioned, encrypted, reachable over TLS only, with lifecycle rules.
 *
 * ### Cost
 *
 * Nothing while empty. 1,000 objects written: `s3.writes` 0.005 USD; a GB a month: `s3.standard` 0.023 USD. The
 * bucket key limits calls of KMS to a few an hour. GLACIER and DEEP_ARCHIVE cost a fraction of that by the GB, but
 * by default S3 moves no object below 128 KB, which would cost more there.
 *
 * @example
 * ```ts
 * import { S3Component } from "payment-stack";
 *
 * const statements = new S3Component("statements", {
 *   context,
 *   purpose: "statements",
 *   keyArn: keys.arns.data,
 *   retention: { ...config.audit, objectLockDays: 365 },
 *   writeOnce: true,
 * });
 * export const bucket = statements.bucketName;
 * ```
 */
export class S3Component extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;
  readonly bucketArn: pulumi.Output<string>;

  constructor(name: string, args: S3ComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("payments:storage:S3", name, {}, opts);
    const { context, purpose, keyArn, retention, transform } = args;
    const child = { parent: this };

    const id = new random.RandomId(`${name}-id`, { byteLength: 4 }, child);
    const bucketName = pulumi.interpolate`${bucketPrefix(context, purpose)}${id.hex}`;
    const bucket = new s3.Bucket(
      `${name}-bucket`,
      transformed<s3.BucketArgs>(
        {
          ...regional(context),
          bucket: bucketName,
          objectLockEnabled: retention.objectLockDays !== null,
          forceDestroy: !context.protect,
          tags: namedTags(
            context.tags,
            `${bucketPrefix(context, purpose)}${context.environmentSuffix}`,
          ),
        },
        transform?.bucket,
      ),
      { ...child, protect: context.protect },
    );

    const publicAccess = new s3.BucketPublicAccessBlock(
      `${name}-public-access`,
      {
        ...regional(context),
        bucket: bucket.id,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      child,
    );
    new s3.BucketOwnershipControls(
      `${name}-ownership`,
      { ...regional(context), bucket: bucket.id, rule: { objectOwnership: "BucketOwnerEnforced" } },
      child,
    );
    new s3.BucketServerSideEncryptionConfiguration(
      `${name}-encryption`,
      {
        ...regional(context),
        bucket: bucket.id,
        rules: [
          {
            applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
            bucketKeyEnabled: true,
            // S3's default for new buckets, but not for all old accounts'; said, so that no `up` takes it back
            blockedEncryptionTypes: ["SSE-C"],
          },
        ],
      },
      child,
    );
    const versioning = new s3.BucketVersioning(
      `${name}-versioning`,
      { ...regional(context), bucket: bucket.id, versioningConfiguration: { status: "Enabled" } },
      child,
    );
    if (retention.objectLockDays !== null) {
      new s3.BucketObjectLockConfiguration(
        `${name}-lock`,
        {
          ...regional(context),
          bucket: bucket.id,
          rule: { defaultRetention: { mode: "GOVERNANCE", days: retention.objectLockDays } },
        },
        { ...child, dependsOn: [versioning] },
      );
    }
    new s3.BucketLifecycleConfiguration(
      `${name}-lifecycle`,
      transformed<s3.BucketLifecycleConfigurationArgs>(
        { ...regional(context), bucket: bucket.id, rules: lifecycleRules(retention) },
        transform?.lifecycle,
      ),
      { ...child, dependsOn: [versioning] },
    );
    new s3.BucketPolicy(
      `${name}-policy`,
      {
        ...regional(context),
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
          ...(args.writeOnce ? [writeOnce(bucket.arn)] : []),
        ]),
      },
      // S3 returns 409 when a bucket's policy and its public access block change at the same time
      { ...child, dependsOn: [publicAccess] },
    );

    this.bucketName = bucket.bucket;
    this.bucketArn = bucket.arn;
    this.registerOutputs({ bucketName: this.bucketName, bucketArn: this.bucketArn });
  }
}

/** The parts of a multipart upload carry no condition: only what creates an object must. */
function writeOnce(bucketArn: pulumi.Output<string>): PolicyStatement {
  return {
    Sid: "WriteOnce",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: pulumi.interpolate`${bucketArn}/*`,
    Condition: {
      Null: { "s3:if-none-match": "true" },
      Bool: { "s3:ObjectCreationOperation": "true" },
    },
  };
}

function lifecycleRules(
  retention: BucketRetention,
): NonNullable<s3.BucketLifecycleConfigurationArgs["rules"]> {
  const everything = { prefix: "" };
  const { glacierAfterDays, noncurrentGlacierAfterDays } = retention;
  return [
    ...(glacierAfterDays === null
      ? []
      : [
          {
            id: "archive",
            status: "Enabled",
            filter: everything,
            transitions: [
              { days: glacierAfterDays, storageClass: "GLACIER" },
              { days: glacierAfterDays + deepArchiveDelayDays, storageClass: "DEEP_ARCHIVE" },
            ],
          },
        ]),
    {
      id: "noncurrent-versions",
      status: "Enabled",
      filter: everything,
      ...(noncurrentGlacierAfterDays !== null && {
        noncurrentVersionTransitions: [
          { noncurrentDays: noncurrentGlacierAfterDays, storageClass: "GLACIER" },
        ],
      }),
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
