import type { FoundationNeeds } from "../../foundation/needs";

/** What receipts need of the foundation. */
export const receiptsNeeds: FoundationNeeds = {
  endpoints: { dynamodb: ["dynamodb:UpdateItem"] },
  securityGroups: { receipts: { description: "The function that issues receipts" } },
  flows: [{ from: "receipts", to: "dynamodb", port: 443, description: "Receipts call DynamoDB" }],
};
