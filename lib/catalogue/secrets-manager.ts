import type { FactsByType } from "./facts";

/** What is known of the resource types of Secrets Manager. */
export const secretsManagerFacts: FactsByType = {
  "aws:secretsmanager/secret:Secret": {
    nameLimit: { argument: "name", max: 512 },
    holdsData: true,
    cost: "charged",
    rules: "covered",
    drawn: "secret",
    reads: [
      {
        actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"],
        on: "secretsmanager",
      },
    ],
    writes: [
      {
        actions: [
          "secretsmanager:CreateSecret",
          "secretsmanager:TagResource",
          "secretsmanager:UntagResource",
          "secretsmanager:UpdateSecret",
        ],
        on: "secretsmanager",
      },
    ],
    deletes: [{ actions: ["secretsmanager:DeleteSecret"], on: "secretsmanager" }],
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "part of the secret" },
    rules: "uncovered",
    drawn: "detail",
    // a version is read with its value
    reads: [
      {
        actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
        on: "secretsmanager",
      },
    ],
    writes: [
      {
        actions: ["secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage"],
        on: "secretsmanager",
      },
    ],
    deletes: [{ actions: ["secretsmanager:UpdateSecretVersionStage"], on: "secretsmanager" }],
  },
};
