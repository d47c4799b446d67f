import {
  DeleteBucketLifecycleCommand,
  PutBucketLifecycleConfigurationCommand,
  TransitionStorageClass,
} from "@aws-sdk/client-s3";
import * as z from "zod";
import type { ResourceTypes } from "../../resource";
import { creator, flag, number, text } from "../creator";
import { deletion } from "../deletion";

const inBucket = { bucket: z.string() };

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

/** When the objects of a bucket move and expire. */
export const bucketLifecycleTypes: ResourceTypes = {
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    create: lifecycle,
    upserts: true,
    replacedBy: ["bucket"],
    delete: deletion(inBucket, ({ bucket }, { clients: { s3 } }) =>
      s3.send(new DeleteBucketLifecycleCommand({ Bucket: bucket })),
    ),
  },
};
