import type { FactsByType } from "./facts";

/** What is known of the resource types of CloudWatch Logs. */
export const logsFacts: FactsByType = {
  "aws:cloudwatch/logGroup:LogGroup": {
    nameLimit: { argument: "name", max: 512 },
    holdsData: true,
    cost: "charged",
    rules: "covered",
    drawn: "cloudwatch",
    reads: [{ actions: ["logs:DescribeLogGroups", "logs:ListTagsForResource"] }],
    writes: [
      {
        actions: [
          "logs:AssociateKmsKey",
          "logs:CreateLogGroup",
          "logs:DeleteRetentionPolicy",
          "logs:DisassociateKmsKey",
          "logs:PutRetentionPolicy",
          "logs:TagResource",
          "logs:UntagResource",
        ],
        on: "logs",
      },
    ],
    deletes: [{ actions: ["logs:DeleteLogGroup"], on: "logs" }],
  },
};
