import type { FactsByType } from "./facts";

/** What is known of the resource types of CloudWatch. */
export const cloudWatchFacts: FactsByType = {
  "aws:cloudwatch/dashboard:Dashboard": {
    nameLimit: { argument: "dashboardName", max: 255 },
    holdsData: false,
    cost: "charged",
    rules: { notNeeded: "shows metrics; it grants no access" },
    drawn: "cloudwatch",
    reads: [{ actions: ["cloudwatch:GetDashboard"] }],
    writes: [{ actions: ["cloudwatch:PutDashboard"], on: "cloudwatch" }],
    deletes: [{ actions: ["cloudwatch:DeleteDashboards"], on: "cloudwatch" }],
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    nameLimit: { argument: "name", max: 255 },
    holdsData: false,
    cost: "charged",
    rules: "covered",
    drawn: "cloudwatch",
    reads: [{ actions: ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"] }],
    writes: [
      {
        actions: [
          "cloudwatch:PutMetricAlarm",
          "cloudwatch:TagResource",
          "cloudwatch:UntagResource",
        ],
        on: "cloudwatch",
      },
    ],
    deletes: [{ actions: ["cloudwatch:DeleteAlarms"], on: "cloudwatch" }],
  },
};
