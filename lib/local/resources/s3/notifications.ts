import { Event, PutBucketNotificationConfigurationCommand } from "@aws-sdk/client-s3";
import * as z from "zod";
import type { ResourceTypes } from "../../resource";
import { creator, flag, text } from "../creator";
import { deletion } from "../deletion";

const inBucket = { bucket: z.string() };

const notificationTarget = {
  id: text,
  events: z.array(z.enum(Event)),
  filterPrefix: text,
  filterSuffix: text,
};

/** What every notification has, whatever it is sent to. */
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

/** The event notifications of a bucket. */
export const bucketNotificationTypes: ResourceTypes = {
  "aws:s3/bucketNotification:BucketNotification": {
    create: bucketNotification,
    replacedBy: ["bucket"],
    delete: deletion(inBucket, ({ bucket }, { clients: { s3 } }) =>
      s3.send(
        new PutBucketNotificationConfigurationCommand({
          Bucket: bucket,
          NotificationConfiguration: {},
        }),
      ),
    ),
  },
};
