import type { PermittedDifference } from "./comparison/differences";

/** Everything that may differ between environments. A test fails when anything else does. */
export const permittedDifferences: readonly PermittedDifference[] = [
  {
    setting: "protection.enabled",
    why: "what holds data in prod is guarded by Pulumi and by the services; dev and staging go without a trace",
    arguments: {
      "aws:dynamodb/table:Table": ["protect", "deletionProtectionEnabled"],
      "aws:kms/alias:Alias": ["protect", "retainOnDelete"],
      "aws:kms/key:Key": ["protect", "retainOnDelete"],
      "aws:rds/instance:Instance": [
        "protect",
        "applyImmediately",
        "deleteAutomatedBackups",
        "deletionProtection",
        "skipFinalSnapshot",
      ],
      "aws:s3/bucket:Bucket": ["protect", "forceDestroy"],
    },
  },
  {
    setting: "logs.retentionDays",
    why: "7, 30 and 90 days: what is kept costs, and only prod's logs are evidence",
    arguments: { "aws:cloudwatch/logGroup:LogGroup": ["retentionInDays"] },
  },
  {
    setting: "network.natGateways",
    why: "none, one, one a zone: cost against independence of a zone",
    resources: ["aws:ec2/eip:Eip", "aws:ec2/natGateway:NatGateway", "aws:ec2/route:Route"],
    arguments: { "aws:ec2/route:Route": ["natGatewayId"] },
  },
  {
    setting: "network.interfaceEndpointZones",
    why: "one zone, or all in prod: cost against independence of a zone",
    arguments: { "aws:ec2/vpcEndpoint:VpcEndpoint": ["subnetIds"] },
  },
  {
    setting: "database",
    why: "size, standby, backups and query statistics grow with what depends on them",
    arguments: {
      "aws:rds/instance:Instance": [
        "instanceClass",
        "multiAz",
        "backupRetentionPeriod",
        "performanceInsightsEnabled",
        "performanceInsightsKmsKeyId",
        "performanceInsightsRetentionPeriod",
      ],
    },
  },
  {
    setting: "functions",
    why: "concurrency is kept for the traffic to be expected; dev logs more",
    arguments: {
      "aws:lambda/function:Function": [
        "reservedConcurrentExecutions",
        "environment.variables.POWERTOOLS_LOG_LEVEL",
      ],
    },
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
    why: "dev cannot run up a bill; prod takes its traffic",
    arguments: {
      "aws:apigateway/methodSettings:MethodSettings": [
        "settings.throttlingBurstLimit",
        "settings.throttlingRateLimit",
      ],
    },
  },
  {
    setting: "waf.enabled",
    why: "a web ACL costs by the month and by request; prod alone is worth attacking",
    resources: [
      "payments:api:Waf",
      "aws:wafv2/webAcl:WebAcl",
      "aws:wafv2/webAclAssociation:WebAclAssociation",
      "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
      "aws:cloudwatch/logGroup:LogGroup payments-waf-logs",
    ],
  },
  {
    setting: "audit",
    why: "documents cool down later where they are read more; prod's cannot be deleted",
    resources: ["aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"],
    arguments: {
      "aws:s3/bucket:Bucket": ["objectLockEnabled"],
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": [
        "rules.*.transitions.*.days",
      ],
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
