import type { FactsByType } from "./facts";

/** What is known of the resource types of EventBridge. */
export const eventBridgeFacts: FactsByType = {
  "aws:cloudwatch/eventRule:EventRule": {
    nameLimit: { argument: "name", max: 64 },
    holdsData: false,
    cost: { free: "rules that run by the clock are free" },
    rules: { notNeeded: "says when something is invoked; it opens nothing" },
    drawn: "schedule",
    reads: { actions: ["events:DescribeRule", "events:ListTagsForResource"] },
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "calling a function is free; its runs are charged" },
    rules: "judged",
    drawn: "read",
    reads: { actions: ["events:ListTargetsByRule"] },
  },
};
