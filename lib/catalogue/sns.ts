import type { FactsByType } from "./facts";

/** What is known of the resource types of SNS. */
export const snsFacts: FactsByType = {
  "aws:sns/topic:Topic": {
    nameLimit: { argument: "name", max: 256 },
    holdsData: false,
    cost: { free: "paid by message: alarms that do not fire cost nothing" },
    rules: "covered",
    drawn: "topic",
    reads: [{ actions: ["sns:GetTopicAttributes", "sns:ListTagsForResource"] }],
    writes: [
      {
        actions: [
          "sns:CreateTopic",
          "sns:SetTopicAttributes",
          "sns:TagResource",
          "sns:UntagResource",
        ],
        on: "sns",
      },
    ],
    deletes: [{ actions: ["sns:DeleteTopic"], on: "sns" }],
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "a setting of the topic" },
    rules: "covered",
    drawn: "detail",
    reads: [{ actions: ["sns:GetTopicAttributes"] }],
    writes: [{ actions: ["sns:SetTopicAttributes"], on: "sns" }],
    deletes: [{ actions: ["sns:SetTopicAttributes"], on: "sns" }],
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "paid by message: alarms that do not fire cost nothing" },
    rules: "covered",
    drawn: "read",
    reads: [{ actions: ["sns:GetSubscriptionAttributes"] }],
    writes: [{ actions: ["sns:SetSubscriptionAttributes", "sns:Subscribe"], on: "sns" }],
    deletes: [{ actions: ["sns:Unsubscribe"], on: "sns" }],
  },
};
