import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { regional } from "../core/context";
import { bucketPrefix } from "../core/names";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";
import { bucketPolicy } from "./s3/policy";
import { lifecycleRules } from "./s3/retention";
import type { BucketRetention } from "./s3/retention";
import type { StackContext, Transform } from "../types";

export { deepArchiveDelayDays } from "./s3/retention";
export type { BucketRetention, ObjectLock } from "./s3/retention";

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
 * A bucket: private, versioned, encrypted, reachable over TLS only, with lifecycle rules. With a lock it outlives its
 * stack, with all its settings: nobody can empty it, and so nobody can delete it. Its key must outlive the stack too.
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
 *   retention: { ...config.audit, objectLock: { mode: "governance", days: 365 } },
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
    const { objectLock } = retention;
    const isLocked = objectLock !== null;
    const child = { parent: this, retainOnDelete: isLocked };

    const id = new random.RandomId(`${name}-id`, { byteLength: 4 }, { parent: this });
    const bucketName = pulumi.interpolate`${bucketPrefix(context, purpose)}${id.hex}`;
    const bucket = new s3.Bucket(
      `${name}-bucket`,
      transformed<s3.BucketArgs>(
        {
          ...regional(context),
          bucket: bucketName,
          objectLockEnabled: isLocked,
          // with a lock the provider would bypass it (terraform-provider-aws, internal/service/s3/delete.go)
          forceDestroy: !context.protect && !isLocked,
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
    if (isLocked) {
      new s3.BucketObjectLockConfiguration(
        `${name}-lock`,
        {
          ...regional(context),
          bucket: bucket.id,
          rule: {
            defaultRetention: { mode: objectLock.mode.toUpperCase(), days: objectLock.days },
          },
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
        policy: bucketPolicy(bucket.arn, { writeOnce: args.writeOnce, objectLock }),
      },
      // S3 returns 409 when a bucket's policy and its public access block change at the same time
      { ...child, dependsOn: [publicAccess] },
    );

    this.bucketName = bucket.bucket;
    this.bucketArn = bucket.arn;
    this.registerOutputs({ bucketName: this.bucketName, bucketArn: this.bucketArn });
  }
}
