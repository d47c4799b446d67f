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
    setting: "storefront.reservedConcurrency",
    why: "concurrency is reserved for the expected traffic",
    arguments: { "aws:lambda/function:Function": ["reservedConcurrentExecutions"] },
  },
  {
    setting: "storefront.allowedOrigins",
    why: "each environment has its own shop; the deployment's trigger follows",
    arguments: {
      "aws:lambda/function:Function": ["environment.variables.ALLOWED_ORIGINS"],
      "aws:apigateway/integrationResponse:IntegrationResponse": ["responseParameters"],
      "aws:apigateway/response:Response": ["responseParameters"],
      "aws:apigateway/deployment:Deployment": ["triggers"],
    },
  },
  {
    setting: "storefront.throttle",
    why: "dev's costs are limited; prod serves its traffic",
    arguments: {
      "aws:apigateway/methodSettings:MethodSettings": [
        "settings.throttlingBurstLimit",
        "settings.throttlingRateLimit",
      ],
    },
  },
  {
    setting: "storefront.waf",
    why: "a web ACL costs by the month and by request; only prod is a target",
    resources: [
      "payments:api:Waf payments-shop-waf",
      "aws:wafv2/webAcl:WebAcl payments-shop-waf-web-acl",
      "aws:cloudwatch/logGroup:LogGroup payments-shop-waf-logs",
    ],
  },
];
