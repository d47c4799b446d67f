import type { FactsByType } from "./facts";

/** What is known of the resource types of DynamoDB. */
export const dynamoDbFacts: FactsByType = {
  "aws:dynamodb/table:Table": {
    nameLimit: { argument: "name", max: 255 },
    holdsData: true,
    cost: "charged",
    rules: "covered",
    drawn: "table",
    reads: [
      { actions: ["kms:DescribeKey"] },
      {
        actions: [
          "dynamodb:DescribeContinuousBackups",
          "dynamodb:DescribeTable",
          "dynamodb:DescribeTimeToLive",
          "dynamodb:ListTagsOfResource",
        ],
        on: "dynamodb",
      },
    ],
    writes: [
      {
        actions: [
          "dynamodb:CreateTable",
          "dynamodb:TagResource",
          "dynamodb:UntagResource",
          "dynamodb:UpdateContinuousBackups",
          "dynamodb:UpdateTable",
          "dynamodb:UpdateTimeToLive",
        ],
        on: "dynamodb",
      },
    ],
    deletes: [{ actions: ["dynamodb:DeleteTable"], on: "dynamodb" }],
  },
};
