import {
  BucketLocationConstraint,
  CreateBucketCommand,
  Event,
  PutBucketLoggingCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import * as z from "zod";
import type { ResourceTypes } from "../resource";
import { creator, flag, later, policy, tagList, tags, text } from "./creator";

const bucket = creator(
  { bucket: z.string(), objectLockEnabled: flag, forceDestroy: later, tags },
  async (args, cloud) => {
    const { s3 } = cloud.clients;
    const Bucket = args.bucket;
    await s3.send(
      new CreateBucketCommand({
        Bucket,
        ObjectLockEnabledForBucket: args.objectLockEnabled,
        // S3 refuses to be told of the region that is its default
        CreateBucketConfiguration:
          cloud.region === "us-east-1"
            ? undefined
            : { LocationConstraint: z.enum(BucketLocationConstraint).parse(cloud.region) },
      }),
    );
    if (args.tags !== undefined) {
      await s3.send(
        new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: tagList(args.tags) } }),
      );
    }
    return {
      id: Bucket,
      outputs: {
        arn: `arn:aws:s3:::${Bucket}`,
        bucketDomainName: `${Bucket}.s3.amazonaws.com`,
        bucketRegionalDomainName: `${Bucket}.s3.${cloud.region}.amazonaws.com`,
        bucketRegion: cloud.region,
      },
    };
  },
);

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

const notificationTarget = {
  id: text,
  events: z.array(z.enum(Event)),
  filterPrefix: text,
  filterSuffix: text,
};

/** What every notification says, whatever it is sent to. */
function notification(args: z.output<z.ZodObject<typeof notificationTarget>>) {
  const rules = [
    ...(args.filterPrefix === undefined
      ? []
      : [{ Name: "prefix" as const, Value: args.filterPrefix }]),
    ...(args.filterSuffix === undefined
      ? []
      : [{ Name: "suffix" as const, Value: args.filterSuffix }]),
  ];
  return {
    Id: args.id,
    Events: args.events,
    Filter: rules.length === 0 ? undefined : { Key: { FilterRules: rules } },
  };
}

const bucketNotification = creator(
  {
    bucket: z.string(),
    eventbridge: flag,
    lambdaFunctions: z
      .array(z.strictObject({ ...notificationTarget, lambdaFunctionArn: z.string() }))
      .optional(),
    queues: z.array(z.strictObject({ ...notificationTarget, queueArn: z.string() })).optional(),
    topics: z.array(z.strictObject({ ...notificationTarget, topicArn: z.string() })).optional(),
  },
  async (args, cloud) => {
    await cloud.clients.s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket: args.bucket,
        NotificationConfiguration: {
          EventBridgeConfiguration: args.eventbridge === true ? {} : undefined,
          LambdaFunctionConfigurations: args.lambdaFunctions?.map((target) => ({
            ...notification(target),
            LambdaFunctionArn: target.lambdaFunctionArn,
          })),
          QueueConfigurations: args.queues?.map((target) => ({
            ...notification(target),
            QueueArn: target.queueArn,
          })),
          TopicConfigurations: args.topics?.map((target) => ({
            ...notification(target),
            TopicArn: target.topicArn,
          })),
        },
      }),
    );
    return { id: args.bucket, outputs: {} };
  },
);

/** S3: buckets, who may reach them, and whom they tell. */
export const s3Types: ResourceTypes = {
  "aws:s3/bucket:Bucket": bucket,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": publicAccessBlock,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ownershipControls,
  "aws:s3/bucketPolicy:BucketPolicy": bucketPolicy,
  "aws:s3/bucketLogging:BucketLogging": bucketLogging,
  "aws:s3/bucketNotification:BucketNotification": bucketNotification,
};
