import type { FactsByType } from "./facts";

/** What is known of the resource types of CloudWatch. */
export const cloudWatchFacts: FactsByType = {
  "aws:cloudwatch/dashboard:Dashboard": {
    nameLimit: { argument: "dashboardName", max: 255 },
    holdsData: false,
    cost: "charged",
    rules: { notNeeded: "shows metrics; it grants no access" },
    drawn: "cloudwatch",
    reads: { actions: ["cloudwatch:GetDashboard"] },
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    nameLimit: { argument: "name", max: 255 },
    holdsData: false,
    cost: "charged",
    rules: "covered",
    drawn: "cloudwatch",
    reads: { actions: ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"] },
  },
};
