import {
  DeleteBucketEncryptionCommand,
  PutBucketEncryptionCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
} from "@aws-sdk/client-s3";
import * as z from "zod";
import type { ResourceTypes } from "../../resource";
import { creator, flag, number, text } from "../creator";
import { deletion, nothingToDelete } from "../deletion";

const inBucket = { bucket: z.string() };

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
        blockedEncryptionTypes: z.array(z.enum(["SSE-C", "NONE"])).optional(),
      }),
    ),
  },
  async (args, cloud) => {
    await cloud.clients.s3.send(
      new PutBucketEncryptionCommand({
        Bucket: args.bucket,
        ServerSideEncryptionConfiguration: {
          Rules: args.rules.map((rule) => ({
            ApplyServerSideEncryptionByDefault: {
              SSEAlgorithm: rule.applyServerSideEncryptionByDefault.sseAlgorithm,
              KMSMasterKeyID: rule.applyServerSideEncryptionByDefault.kmsMasterKeyId,
            },
            BucketKeyEnabled: rule.bucketKeyEnabled,
            BlockedEncryptionTypes: rule.blockedEncryptionTypes && {
              EncryptionType: rule.blockedEncryptionTypes,
            },
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

/** Versioning, encryption and Object Lock of a bucket. */
export const bucketRetentionTypes: ResourceTypes = {
  "aws:s3/bucketVersioning:BucketVersioning": {
    create: versioning,
    replacedBy: ["bucket"],
    delete: deletion(inBucket, ({ bucket }, { clients: { s3 } }) =>
      s3.send(
        new PutBucketVersioningCommand({
          Bucket: bucket,
          VersioningConfiguration: { Status: "Suspended" },
        }),
      ),
    ),
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    create: encryption,
    replacedBy: ["bucket"],
    delete: deletion(inBucket, ({ bucket }, { clients: { s3 } }) =>
      s3.send(new DeleteBucketEncryptionCommand({ Bucket: bucket })),
    ),
  },
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": {
    create: objectLock,
    replacedBy: ["bucket"],
    // it cannot be removed
    delete: nothingToDelete,
  },
};
