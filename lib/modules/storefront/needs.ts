import { apiEndpointGroup } from "../../foundation/needs";
import type { FoundationNeeds } from "../../foundation/needs";

/** What the storefront needs of the foundation. */
export const storefrontNeeds: FoundationNeeds = {
  keyUses: { data: [{ through: "dynamodb" }, { through: "s3" }] },
  endpoints: {
    dynamodb: [
      "dynamodb:BatchGetItem",
      "dynamodb:DeleteItem",
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "dynamodb:Scan",
      "dynamodb:UpdateItem",
    ],
  },
  securityGroups: {
    shop: { description: "Functions of the storefront" },
    "shop-outward": { description: "Functions of the storefront that call APIs on the internet" },
  },
  flows: [
    {
      from: "shop",
      to: "dynamodb",
      port: 443,
      description: "Functions of the storefront call DynamoDB",
    },
    {
      from: "shop-outward",
      to: "dynamodb",
      port: 443,
      description: "Functions of the storefront call DynamoDB",
    },
    {
      from: "shop-outward",
      to: "internet",
      port: 443,
      description: "Functions of the storefront call the payments API and the user pool",
    },
    {
      from: "shop-outward",
      to: apiEndpointGroup,
      port: 443,
      description: "Functions of the storefront call the private payments API",
    },
  ],
};
