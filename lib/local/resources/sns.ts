import {
  CreateTopicCommand,
  DeleteTopicCommand,
  SetTopicAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import * as z from "zod";
import type { ResourceTypes } from "../resource";
import { creator, flag, number, policy, required, tagList, tags, text } from "./creator";
import { byId, deletion, nothingToDelete } from "./deletion";

/** Attributes as SNS takes them: texts, and only those that are there. */
function attributes(
  byName: Readonly<Record<string, string | number | boolean | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(byName).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  );
}

const topic = creator(
  {
    name: z.string(),
    displayName: text,
    kmsMasterKeyId: text,
    policy: policy.optional(),
    signatureVersion: number,
    tracingConfig: text,
    tags,
  },
  async (args, cloud) => {
    const { TopicArn } = await cloud.clients.sns.send(
      new CreateTopicCommand({
        Name: args.name,
        Attributes: attributes({
          DisplayName: args.displayName,
          KmsMasterKeyId: args.kmsMasterKeyId,
          Policy: args.policy,
          SignatureVersion: args.signatureVersion,
          TracingConfig: args.tracingConfig,
        }),
        Tags: tagList(args.tags),
      }),
    );
    const arn = required(TopicArn, "TopicArn");
    return { id: arn, outputs: { arn, owner: cloud.accountId } };
  },
);

const topicPolicy = creator({ arn: z.string(), policy }, async (args, cloud) => {
  await cloud.clients.sns.send(
    new SetTopicAttributesCommand({
      TopicArn: args.arn,
      AttributeName: "Policy",
      AttributeValue: args.policy,
    }),
  );
  return { id: args.arn, outputs: { owner: cloud.accountId } };
});

const topicSubscription = creator(
  {
    topic: z.string(),
    protocol: z.string(),
    endpoint: z.string(),
    rawMessageDelivery: flag,
    filterPolicy: text,
    filterPolicyScope: text,
    redrivePolicy: text,
  },
  async (args, cloud) => {
    const { SubscriptionArn } = await cloud.clients.sns.send(
      new SubscribeCommand({
        TopicArn: args.topic,
        Protocol: args.protocol,
        Endpoint: args.endpoint,
        Attributes: attributes({
          RawMessageDelivery: args.rawMessageDelivery,
          FilterPolicy: args.filterPolicy,
          FilterPolicyScope: args.filterPolicyScope,
          RedrivePolicy: args.redrivePolicy,
        }),
        ReturnSubscriptionArn: true,
      }),
    );
    const arn = required(SubscriptionArn, "SubscriptionArn");
    return { id: arn, outputs: { arn, ownerId: cloud.accountId } };
  },
);

/** SNS. */
export const snsTypes: ResourceTypes = {
  "aws:sns/topic:Topic": {
    create: topic,
    replacedBy: ["name"],
    delete: deletion(byId, ({ id }, { clients: { sns } }) =>
      sns.send(new DeleteTopicCommand({ TopicArn: id })),
    ),
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    create: topicPolicy,
    replacedBy: ["arn"],
    // it goes with its topic
    delete: nothingToDelete,
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    create: topicSubscription,
    replacedBy: ["topic", "protocol", "endpoint"],
    delete: deletion(byId, ({ id }, { clients: { sns } }) =>
      sns.send(new UnsubscribeCommand({ SubscriptionArn: id })),
    ),
  },
};
