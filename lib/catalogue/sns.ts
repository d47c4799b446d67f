import type { FactsByType } from "./facts";

/** What is known of the resource types of SNS. */
export const snsFacts: FactsByType = {
  "aws:sns/topic:Topic": {
    nameLimit: { argument: "name", max: 256 },
    holdsData: false,
    cost: { free: "paid by message: alarms that do not fire cost nothing" },
    rules: "covered",
    drawn: "topic",
    reads: { actions: ["sns:GetTopicAttributes", "sns:ListTagsForResource"] },
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "a setting of the topic" },
    rules: "covered",
    drawn: "detail",
    reads: { actions: ["sns:GetTopicAttributes"] },
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "paid by message: alarms that do not fire cost nothing" },
    rules: "covered",
    drawn: "read",
    reads: "not deployed",
  },
};
