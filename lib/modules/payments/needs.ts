import type { FoundationNeeds } from "../../foundation/needs";

/** What the payments need of the foundation. */
export const paymentsNeeds: FoundationNeeds = {
  keys: {
    rds: { description: "database, backups and query statistics", uses: [{ through: "rds" }] },
  },
  keyUses: {
    data: [{ through: "dynamodb" }, { through: "s3" }, { through: "secretsmanager" }],
  },
  endpoints: {
    s3: ["s3:PutObject", "s3:GetObject", "s3:ListBucket"],
    dynamodb: [
      "dynamodb:PutItem",
      "dynamodb:GetItem",
      "dynamodb:Query",
      "dynamodb:UpdateItem",
      "dynamodb:Scan",
    ],
    secretsmanager: ["secretsmanager:GetSecretValue"],
  },
  securityGroups: {
    functions: { description: "Functions of the payments platform" },
    database: { description: "PostgreSQL of the ledger" },
  },
  flows: [
    { from: "functions", to: "database", port: 5432, description: "Functions call PostgreSQL" },
    {
      from: "functions",
      to: "endpoints",
      port: 443,
      description: "Functions call AWS services by their interface endpoints",
    },
    {
      from: "functions",
      to: "s3",
      port: 443,
      description: "Functions call S3 by its gateway endpoint",
    },
    {
      from: "functions",
      to: "dynamodb",
      port: 443,
      description: "Functions call DynamoDB by its gateway endpoint",
    },
  ],
};
