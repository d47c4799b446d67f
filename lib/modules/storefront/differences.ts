import type { PermittedDifference } from "../../core/permitted-difference";

/** What the storefront's settings let differ between environments. */
export const storefrontDifferences: readonly PermittedDifference[] = [
  {
    setting: "storefront.capacity",
    why: "each environment has its own traffic, and pays for its capacity by the hour",
    arguments: {
      "aws:dynamodb/table:Table": [
        "readCapacity",
        "writeCapacity",
        "globalSecondaryIndexes.*.readCapacity",
        "globalSecondaryIndexes.*.writeCapacity",
      ],
      "aws:appautoscaling/target:Target": ["minCapacity", "maxCapacity"],
    },
  },
  {
    setting: "storefront.waf",
    why: "a web ACL costs by the month and by request; only prod is a target",
    resources: ["aws:cloudwatch/logGroup:LogGroup payments-shop-waf-logs"],
  },
];
