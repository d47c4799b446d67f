import type { FactsByType } from "./facts";

/** What is known of the resource types of EventBridge. */
export const eventBridgeFacts: FactsByType = {
  "aws:cloudwatch/eventRule:EventRule": {
    nameLimit: { argument: "name", max: 64 },
    holdsData: false,
    cost: { free: "scheduled rules are free" },
    rules: { notNeeded: "schedules invocations; it grants no access" },
    drawn: "schedule",
    reads: [{ actions: ["events:DescribeRule", "events:ListTagsForResource"] }],
    writes: [
      { actions: ["events:PutRule", "events:TagResource", "events:UntagResource"], on: "events" },
    ],
    deletes: [{ actions: ["events:DeleteRule"], on: "events" }],
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "invoking a function is free; its invocations are charged" },
    rules: "covered",
    drawn: "read",
    reads: [{ actions: ["events:ListTargetsByRule"] }],
    writes: [{ actions: ["events:PutTargets"], on: "events" }],
    deletes: [{ actions: ["events:RemoveTargets"], on: "events" }],
  },
};
