import type { PermittedDifference } from "../../core/permitted-difference";

/** What the payments' settings let differ between environments. */
export const paymentsDifferences: readonly PermittedDifference[] = [
  {
    setting: "database",
    why: "size, standby, backups and query statistics grow with what depends on them; prod is not interrupted or upgraded unasked",
    arguments: {
      "aws:rds/instance:Instance": [
        "instanceClass",
        "multiAz",
        "backupRetentionPeriod",
        "performanceInsightsEnabled",
        "performanceInsightsKmsKeyId",
        "performanceInsightsRetentionPeriod",
        "applyImmediately",
        "engineLifecycleSupport",
      ],
    },
  },
  {
    setting: "functions",
    why: "concurrency is reserved for the expected traffic",
    arguments: { "aws:lambda/function:Function": ["reservedConcurrentExecutions"] },
  },
  {
    setting: "api.allowedOrigins",
    why: "each environment has its own front ends; the deployment's trigger follows",
    arguments: {
      "aws:lambda/function:Function": ["environment.variables.ALLOWED_ORIGINS"],
      "aws:apigateway/integrationResponse:IntegrationResponse": ["responseParameters"],
      "aws:apigateway/response:Response": ["responseParameters"],
      "aws:apigateway/deployment:Deployment": ["triggers"],
    },
  },
  {
    setting: "api.throttle",
    why: "dev's costs are limited; prod serves its traffic",
    arguments: {
      "aws:apigateway/methodSettings:MethodSettings": [
        "settings.throttlingBurstLimit",
        "settings.throttlingRateLimit",
      ],
    },
  },
  {
    setting: "waf.enabled",
    why: "a web ACL costs by the month and by request; only prod is a target",
    resources: [
      "payments:api:Waf",
      "aws:wafv2/webAcl:WebAcl",
      "aws:wafv2/webAclAssociation:WebAclAssociation",
      "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
      "aws:cloudwatch/logGroup:LogGroup payments-waf-logs",
    ],
    // what it blocked and counted, behind the API's own lines
    arguments: {
      "aws:cloudwatch/dashboard:Dashboard": [
        "dashboardBody.widgets.*.properties.metrics.2",
        "dashboardBody.widgets.*.properties.metrics.3",
      ],
    },
  },
  {
    setting: "audit",
    why: "documents move to colder storage later where they are read more; prod's cannot be deleted, and outlive the stack in their bucket with all its settings",
    resources: ["aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"],
    arguments: {
      "aws:s3/bucket:Bucket": ["objectLockEnabled", "retainOnDelete"],
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": [
        "rules.*.transitions.*.days",
        "retainOnDelete",
      ],
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ["retainOnDelete"],
      "aws:s3/bucketPolicy:BucketPolicy": [
        "policy.Statement.2",
        "policy.Statement.3",
        "retainOnDelete",
      ],
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ["retainOnDelete"],
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": [
        "retainOnDelete",
      ],
      "aws:s3/bucketVersioning:BucketVersioning": ["retainOnDelete"],
    },
  },
  {
    setting: "alarms",
    why: "what is much for a small database is little for a large one",
    arguments: {
      "aws:cloudwatch/metricAlarm:MetricAlarm": ["threshold", "alarmDescription"],
      "aws:cloudwatch/dashboard:Dashboard": [
        "dashboardBody.widgets.*.properties.annotations.horizontal.*.value",
      ],
    },
  },
];
