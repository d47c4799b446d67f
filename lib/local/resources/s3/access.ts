import {
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  PutBucketLoggingCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import * as z from "zod";
import type { ResourceTypes } from "../../resource";
import { creator, flag, policy } from "../creator";
import { deletion } from "../deletion";

const inBucket = { bucket: z.string() };

const publicAccessBlock = creator(
  {
    bucket: z.string(),
    blockPublicAcls: flag,
    blockPublicPolicy: flag,
    ignorePublicAcls: flag,
    restrictPublicBuckets: flag,
  },
  async (args, cloud) => {
    await cloud.clients.s3.send(
      new PutPublicAccessBlockCommand({
        Bucket: args.bucket,
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: args.blockPublicAcls ?? false,
          BlockPublicPolicy: args.blockPublicPolicy ?? false,
          IgnorePublicAcls: args.ignorePublicAcls ?? false,
          RestrictPublicBuckets: args.restrictPublicBuckets ?? false,
        },
      }),
    );
    return { id: args.bucket, outputs: {} };
  },
);

const ownershipControls = creator(
  {
    bucket: z.string(),
    rule: z.strictObject({
      objectOwnership: z.enum(["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"]),
    }),
  },
  async (args, cloud) => {
    await cloud.clients.s3.send(
      new PutBucketOwnershipControlsCommand({
        Bucket: args.bucket,
        OwnershipControls: { Rules: [{ ObjectOwnership: args.rule.objectOwnership }] },
      }),
    );
    return { id: args.bucket, outputs: {} };
  },
);

const bucketPolicy = creator({ bucket: z.string(), policy }, async (args, cloud) => {
  await cloud.clients.s3.send(
    new PutBucketPolicyCommand({ Bucket: args.bucket, Policy: args.policy }),
  );
  return { id: args.bucket, outputs: {} };
});

const bucketLogging = creator(
  { bucket: z.string(), targetBucket: z.string(), targetPrefix: z.string() },
  async (args, cloud) => {
    await cloud.clients.s3.send(
      new PutBucketLoggingCommand({
        Bucket: args.bucket,
        BucketLoggingStatus: {
          LoggingEnabled: { TargetBucket: args.targetBucket, TargetPrefix: args.targetPrefix },
        },
      }),
    );
    return { id: args.bucket, outputs: {} };
  },
);

/** Who may reach a bucket, and the log of who did. */
export const bucketAccessTypes: ResourceTypes = {
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    create: publicAccessBlock,
    replacedBy: ["bucket"],
    delete: deletion(inBucket, ({ bucket }, { clients: { s3 } }) =>
      s3.send(new DeletePublicAccessBlockCommand({ Bucket: bucket })),
    ),
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    create: ownershipControls,
    replacedBy: ["bucket"],
    delete: deletion(inBucket, ({ bucket }, { clients: { s3 } }) =>
      s3.send(new DeleteBucketOwnershipControlsCommand({ Bucket: bucket })),
    ),
  },
  "aws:s3/bucketPolicy:BucketPolicy": {
    create: bucketPolicy,
    upserts: true,
    replacedBy: ["bucket"],
    delete: deletion(inBucket, ({ bucket }, { clients: { s3 } }) =>
      s3.send(new DeleteBucketPolicyCommand({ Bucket: bucket })),
    ),
  },
  "aws:s3/bucketLogging:BucketLogging": {
    create: bucketLogging,
    replacedBy: ["bucket"],
    delete: deletion(inBucket, ({ bucket }, { clients: { s3 } }) =>
      s3.send(new PutBucketLoggingCommand({ Bucket: bucket, BucketLoggingStatus: {} })),
    ),
  },
};
