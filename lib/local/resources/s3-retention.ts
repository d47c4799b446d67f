import {
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  TransitionStorageClass,
} from "@aws-sdk/client-s3";
import * as z from "zod";
import type { ResourceTypes } from "../resource";
import { creator, flag, number, text } from "./creator";

const versioning = creator(
  {
    bucket: z.string(),
    versioningConfiguration: z.strictObject({ status: z.enum(["Enabled", "Suspended"]) }),
  },
  async (args, cloud) => {
    await cloud.clients.s3.send(
      new PutBucketVersioningCommand({
        Bucket: args.bucket,
        VersioningConfiguration: { Status: args.versioningConfiguration.status },
      }),
    );
    return { id: args.bucket, outputs: {} };
  },
);

const encryption = creator(
  {
    bucket: z.string(),
    rules: z.array(
      z.strictObject({
        applyServerSideEncryptionByDefault: z.strictObject({
          sseAlgorithm: z.enum(["AES256", "aws:kms", "aws:kms:dsse"]),
          kmsMasterKeyId: text,
        }),
        bucketKeyEnabled: flag,
      }),
    ),
  },
  async (args, cloud) => {
    await cloud.clients.s3.send(
      new PutBucketEncryptionCommand({
        Bucket: args.bucket,
        ServerSideEncryptionConfiguration: {
          Rules: args.rules.map(({ applyServerSideEncryptionByDefault, bucketKeyEnabled }) => ({
            ApplyServerSideEncryptionByDefault: {
              SSEAlgorithm: applyServerSideEncryptionByDefault.sseAlgorithm,
              KMSMasterKeyID: applyServerSideEncryptionByDefault.kmsMasterKeyId,
            },
            BucketKeyEnabled: bucketKeyEnabled,
          })),
        },
      }),
    );
    return { id: args.bucket, outputs: {} };
  },
);

const objectLock = creator(
  {
    bucket: z.string(),
    rule: z
      .strictObject({
        defaultRetention: z.strictObject({
          mode: z.enum(["GOVERNANCE", "COMPLIANCE"]),
          days: number,
          years: number,
        }),
      })
      .optional(),
  },
  async (args, cloud) => {
    const retention = args.rule?.defaultRetention;
    await cloud.clients.s3.send(
      new PutObjectLockConfigurationCommand({
        Bucket: args.bucket,
        ObjectLockConfiguration: {
          ObjectLockEnabled: "Enabled",
          Rule: retention && {
            DefaultRetention: {
              Mode: retention.mode,
              Days: retention.days,
              Years: retention.years,
            },
          },
        },
      }),
    );
    return { id: args.bucket, outputs: {} };
  },
);

const storageClass = z.enum(TransitionStorageClass);

const lifecycle = creator(
  {
    bucket: z.string(),
    rules: z.array(
      z.strictObject({
        id: z.string(),
        status: z.enum(["Enabled", "Disabled"]),
        filter: z.strictObject({ prefix: text }).optional(),
        transitions: z.array(z.strictObject({ days: number, date: text, storageClass })).optional(),
        expiration: z.strictObject({ days: number, expiredObjectDeleteMarker: flag }).optional(),
        noncurrentVersionTransitions: z
          .array(
            z.strictObject({
              noncurrentDays: z.number(),
              newerNoncurrentVersions: number,
              storageClass,
            }),
          )
          .optional(),
        noncurrentVersionExpiration: z
          .strictObject({ noncurrentDays: z.number(), newerNoncurrentVersions: number })
          .optional(),
        abortIncompleteMultipartUpload: z
          .strictObject({ daysAfterInitiation: z.number() })
          .optional(),
      }),
    ),
  },
  async (args, cloud) => {
    await cloud.clients.s3.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket: args.bucket,
        LifecycleConfiguration: {
          Rules: args.rules.map((rule) => ({
            ID: rule.id,
            Status: rule.status,
            Filter: { Prefix: rule.filter?.prefix ?? "" },
            Transitions: rule.transitions?.map((transition) => ({
              Days: transition.days,
              Date: transition.date === undefined ? undefined : new Date(transition.date),
              StorageClass: transition.storageClass,
            })),
            Expiration: rule.expiration && {
              Days: rule.expiration.days,
              ExpiredObjectDeleteMarker: rule.expiration.expiredObjectDeleteMarker,
            },
            NoncurrentVersionTransitions: rule.noncurrentVersionTransitions?.map((transition) => ({
              NoncurrentDays: transition.noncurrentDays,
              NewerNoncurrentVersions: transition.newerNoncurrentVersions,
              StorageClass: transition.storageClass,
            })),
            NoncurrentVersionExpiration: rule.noncurrentVersionExpiration && {
              NoncurrentDays: rule.noncurrentVersionExpiration.noncurrentDays,
              NewerNoncurrentVersions: rule.noncurrentVersionExpiration.newerNoncurrentVersions,
            },
            AbortIncompleteMultipartUpload: rule.abortIncompleteMultipartUpload && {
              DaysAfterInitiation: rule.abortIncompleteMultipartUpload.daysAfterInitiation,
            },
          })),
        },
      }),
    );
    return { id: args.bucket, outputs: {} };
  },
);

/** S3: how a bucket keeps its objects. */
export const s3RetentionTypes: ResourceTypes = {
  "aws:s3/bucketVersioning:BucketVersioning": versioning,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    encryption,
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": objectLock,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": lifecycle,
};
