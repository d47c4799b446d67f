import { SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import {
  ListSubscriptionsByTopicCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import type { SNSClient } from "@aws-sdk/client-sns";
import { CreateQueueCommand, DeleteQueueCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import type { SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { CommandError } from "../operations/command";
import { json } from "../operations/invoke";
import { rehearsalTag } from "./project";

/** An alarm to force, and where its message is to arrive. */
export interface ForcedAlarm {
  readonly clients: {
    readonly cloudWatch: CloudWatchClient;
    readonly sns: SNSClient;
    readonly sqs: SQSClient;
  };
  /** The stack's name, which the queue has too. */
  readonly stack: string;
  readonly alarmName: string;
  readonly topicArn: string;
  /** Who is to be subscribed to the topic, too. */
  readonly emailAddresses: readonly string[];
  readonly signal: AbortSignal;
}

/** Seconds of one request for messages, the most that SQS allows; it ends when one arrives. */
const waitSeconds = 20;

/** Requests before the alarm is forced again: a queue's policy may take a minute until it is everywhere. */
const requests = 3;

/**
 * Forces an alarm, and waits for its message in a queue that is subscribed to its topic meanwhile: what arrives there has
 * passed the topic's policy and the key's, as a mail does.
 *
 * @returns how often the alarm was forced.
 * @throws {@link CommandError} if an address is not subscribed.
 */
export async function messageOfForcedAlarm(alarm: ForcedAlarm): Promise<number> {
  const { clients, stack, topicArn, signal } = alarm;
  await requireSubscribed(alarm);
  const queueName = `${stack}-alarms`;
  const [arn, partition, , region, account] = topicArn.split(":");
  const queueArn = [arn, partition, "sqs", region, account, queueName].join(":");
  const { QueueUrl } = await clients.sqs.send(
    new CreateQueueCommand({
      QueueName: queueName,
      Attributes: { Policy: policyFor(queueArn, topicArn) },
      tags: { [rehearsalTag]: stack },
    }),
  );
  try {
    const { SubscriptionArn } = await clients.sns.send(
      new SubscribeCommand({ TopicArn: topicArn, Protocol: "sqs", Endpoint: queueArn }),
    );
    try {
      for (let times = 1; ; times += 1) {
        await force(alarm);
        if (await arrives(alarm, QueueUrl)) return times;
        signal.throwIfAborted();
      }
    } finally {
      await clients.sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    }
  } finally {
    await clients.sqs.send(new DeleteQueueCommand({ QueueUrl }));
  }
}

/** Mails cannot be read here; that they would be sent can. */
async function requireSubscribed({ clients, topicArn, emailAddresses }: ForcedAlarm) {
  const { Subscriptions = [] } = await clients.sns.send(
    new ListSubscriptionsByTopicCommand({ TopicArn: topicArn }),
  );
  const subscribed = Subscriptions.filter(({ Protocol }) => Protocol === "email");
  const missing = emailAddresses.filter(
    (address) => !subscribed.some(({ Endpoint }) => Endpoint === address),
  );
  if (missing.length > 0)
    throw new CommandError(`${missing.join(", ")} is not subscribed to ${topicArn}`);
}

function policyFor(queueArn: string, topicArn: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queueArn,
        Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
      },
    ],
  });
}

/** Only a change of its state makes an alarm act. */
async function force({ clients: { cloudWatch }, stack, alarmName }: ForcedAlarm) {
  for (const StateValue of ["OK", "ALARM"] as const)
    await cloudWatch.send(
      new SetAlarmStateCommand({
        AlarmName: alarmName,
        StateValue,
        StateReason: `forced by the rehearsal ${stack}`,
      }),
    );
}

const notificationSchema = z.object({ Message: z.string() });
const alarmSchema = z.object({ AlarmName: z.string(), NewStateValue: z.string() });

async function arrives({ clients, alarmName, signal }: ForcedAlarm, QueueUrl: string | undefined) {
  for (let request = 0; request < requests; request += 1) {
    const { Messages = [] } = await clients.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        WaitTimeSeconds: waitSeconds,
        MaxNumberOfMessages: 10,
      }),
      { abortSignal: signal },
    );
    const alarms = Messages.map(({ Body = "" }) => {
      const notification = notificationSchema.safeParse(json(Body));
      return alarmSchema.safeParse(json(notification.data?.Message ?? ""));
    });
    if (alarms.some(({ data }) => data?.AlarmName === alarmName && data.NewStateValue === "ALARM"))
      return true;
  }
  return false;
}
