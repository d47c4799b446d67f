import * as sns from "@pulumi/aws/sns";
import type * as pulumi from "@pulumi/pulumi";
import { regional } from "../../core/context";
import { resourceName } from "../../core/names";
import { policyJson } from "../../core/policy-document";
import { namedTags } from "../../core/tags";
import { transformed } from "../../core/transform";
import type { StackContext, Transform } from "../../types";

/** What a topic for alarms is made with. */
export interface AlarmTopicOptions {
  readonly context: StackContext;
  /** The topic's, in its name: `alarms`. */
  readonly purpose: string;
  /** Who is notified by e-mail; each has to confirm. */
  readonly emailAddresses: readonly string[];
  /** ARN of the key that encrypts the messages. */
  readonly keyArn: pulumi.Input<string>;
  readonly transform: Transform<sns.TopicArgs> | undefined;
}

/** Creates an encrypted topic that only this account's alarms may send to, and returns its ARN. */
export function createAlarmTopic(
  name: string,
  options: AlarmTopicOptions,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const { context, purpose, emailAddresses, keyArn, transform } = options;
  const child = { parent };
  const topicName = resourceName(context, purpose);
  const topic = new sns.Topic(
    `${name}-alarms`,
    transformed<sns.TopicArgs>(
      {
        ...regional(context),
        name: topicName,
        kmsMasterKeyId: keyArn,
        tags: namedTags(context.tags, topicName),
      },
      transform,
    ),
    child,
  );
  new sns.TopicPolicy(
    `${name}-alarms-policy`,
    {
      ...regional(context),
      arn: topic.arn,
      policy: policyJson([
        {
          Sid: "AlarmsOfThisAccount",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: "sns:Publish",
          Resource: topic.arn,
          Condition: { StringEquals: { "aws:SourceAccount": context.aws.accountId } },
        },
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "sns:Publish",
          Resource: topic.arn,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]),
    },
    child,
  );
  for (const endpoint of emailAddresses) {
    new sns.TopicSubscription(
      `${name}-alarms-${endpoint}`,
      { ...regional(context), topic: topic.arn, protocol: "email", endpoint },
      child,
    );
  }
  return topic.arn;
}
