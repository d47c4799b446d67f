import { snsRules } from "../../../../lib/policy/rules/sns";
import { describeRules, resource } from "../rule-cases";

const topic = resource("aws:sns/topic:Topic", {}, { name: "topic" });
const topicPolicy = (properties: Readonly<Record<string, unknown>>, from = { arn: "topic" }) =>
  resource("aws:sns/topicPolicy:TopicPolicy", properties, { name: "policy", from });
const publish = { Effect: "Allow", Principal: "*", Action: "sns:Publish" };
const policy = (...Statement: readonly Readonly<Record<string, unknown>>[]) => ({
  policy: JSON.stringify({ Statement }),
});
const ofAccount = {
  ...publish,
  Condition: { StringEquals: { "AWS:SourceOwner": "123456789012" } },
};
const tlsOnly = (Action: string) => ({
  Effect: "Deny",
  Principal: "*",
  Action,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

describeRules("rules for SNS", snsRules, [
  {
    rule: "SNS.1",
    passes: [{ kmsMasterKeyId: "alias/aws/sns" }],
    fails: [
      { given: {}, at: ["kmsMasterKeyId"] },
      { given: { kmsMasterKeyId: "" }, at: ["kmsMasterKeyId"] },
    ],
  },
  {
    rule: "SNS.4",
    passes: [
      {},
      policy(ofAccount),
      [topicPolicy(policy({ ...publish, Principal: { Service: "cloudwatch.amazonaws.com" } }))],
    ],
    fails: [
      { given: policy(ofAccount, publish), at: ["policy"] },
      { given: [topicPolicy(policy(publish))], at: ["policy"] },
      { given: [topicPolicy({ policy: "no policy" })], at: ["policy"] },
    ],
  },
  {
    rule: "SNS.Tls",
    passes: [
      policy(ofAccount, tlsOnly("sns:Publish")),
      [topic, topicPolicy(policy(tlsOnly("SNS:Publish")))],
    ],
    fails: [
      { given: {}, at: [] },
      { given: policy(ofAccount), at: [] },
      { given: [topic, topicPolicy(policy(tlsOnly("sns:Subscribe")))], at: [] },
      {
        given: [topic, topicPolicy(policy(tlsOnly("sns:Publish")), { arn: "other" })],
        at: [],
      },
    ],
  },
]);
