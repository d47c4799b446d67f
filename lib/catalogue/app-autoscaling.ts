import type { FactsByType } from "./facts";

const evaluatedWithTable = { notNeeded: "evaluated with the table that it scales" } as const;

/** What is known of the resource types of Application Auto Scaling. */
export const appAutoscalingFacts: FactsByType = {
  "aws:appautoscaling/policy:Policy": {
    nameLimit: { argument: "name", max: 256 },
    holdsData: false,
    cost: "charged",
    rules: evaluatedWithTable,
    drawn: "detail",
    reads: [{ actions: ["application-autoscaling:DescribeScalingPolicies"] }],
    writes: [
      { actions: ["application-autoscaling:PutScalingPolicy"], on: "scalableTargets" },
      { actions: ["cloudwatch:DescribeAlarms"] },
      { actions: ["cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm"], on: "cloudwatch" },
    ],
    deletes: [
      { actions: ["application-autoscaling:DeleteScalingPolicy"], on: "scalableTargets" },
      { actions: ["cloudwatch:DeleteAlarms"], on: "cloudwatch" },
    ],
  },
  "aws:appautoscaling/target:Target": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "Application Auto Scaling is free; its policies' alarms are charged" },
    rules: evaluatedWithTable,
    drawn: "detail",
    reads: [
      {
        actions: [
          "application-autoscaling:DescribeScalableTargets",
          "application-autoscaling:ListTagsForResource",
        ],
      },
    ],
    writes: [
      { actions: ["application-autoscaling:RegisterScalableTarget"], on: "scalableTargets" },
      { actions: ["application-autoscaling:TagResource", "application-autoscaling:UntagResource"] },
    ],
    deletes: [
      { actions: ["application-autoscaling:DeregisterScalableTarget"], on: "scalableTargets" },
    ],
    linkedRoleOf: "dynamodb.application-autoscaling.amazonaws.com",
  },
};
