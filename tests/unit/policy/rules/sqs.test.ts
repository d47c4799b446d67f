import { sqsRules } from "../../../../lib/policy/rules/sqs";
import { describeRules, resource } from "../rule-cases";

const queue = resource("aws:sqs/queue:Queue", {}, { name: "queue", id: "https://sqs/queue" });
const queuePolicy = (properties: Readonly<Record<string, unknown>>, from = { queueUrl: "queue" }) =>
  resource("aws:sqs/queuePolicy:QueuePolicy", properties, { name: "policy", from });
const send = { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage" };
const policy = (statement: Readonly<Record<string, unknown>>) => ({
  policy: JSON.stringify({ Statement: statement }),
});
const fromTopic = {
  ...send,
  Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:sns:eu-central-1:123456789012:alarms" } },
};
const tlsOnly = policy({
  Effect: "Deny",
  Principal: "*",
  Action: "sqs:*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

describeRules("rules for SQS", sqsRules, [
  {
    rule: "SQS.1",
    passes: [
      {},
      { sqsManagedSseEnabled: true },
      { kmsMasterKeyId: "alias/data", sqsManagedSseEnabled: false },
    ],
    fails: [{ given: { sqsManagedSseEnabled: false }, at: ["sqsManagedSseEnabled"] }],
  },
  {
    rule: "SQS.3",
    passes: [{}, policy(fromTopic), [queuePolicy(policy(fromTopic))]],
    fails: [
      { given: policy(send), at: ["policy"] },
      { given: [queuePolicy(policy(send))], at: ["policy"] },
      { given: [queuePolicy({ policy: "no policy" })], at: ["policy"] },
    ],
  },
  {
    rule: "SQS.Tls",
    passes: [
      tlsOnly,
      [queue, queuePolicy(tlsOnly)],
      [queue, queuePolicy({ ...tlsOnly, queueUrl: "https://sqs/queue" }, { queueUrl: "text" })],
    ],
    fails: [
      { given: {}, at: [] },
      { given: policy(fromTopic), at: [] },
      { given: [queue, queuePolicy(tlsOnly, { queueUrl: "other" })], at: [] },
    ],
  },
]);
