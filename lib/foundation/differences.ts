import type { PermittedDifference } from "../core/permitted-difference";

/** What the foundation's settings let differ between environments. */
export const foundationDifferences: readonly PermittedDifference[] = [
  {
    setting: "protection.enabled",
    why: "what holds data in prod is guarded by Pulumi and by the services; dev and staging are destroyed completely",
    arguments: {
      "aws:cognito/userGroup:UserGroup": ["protect"],
      "aws:cognito/userPool:UserPool": ["protect", "deletionProtection"],
      "aws:dynamodb/table:Table": ["protect", "deletionProtectionEnabled"],
      "aws:kms/key:Key": ["protect"],
      "aws:rds/instance:Instance": ["protect", "deletionProtection"],
      "aws:s3/bucket:Bucket": ["protect", "forceDestroy"],
    },
  },
  {
    setting: "protection.retainData",
    why: "prod's backups and the keys that they need outlive it; dev and staging are destroyed completely",
    arguments: {
      "aws:kms/key:Key": ["retainOnDelete"],
      "aws:rds/instance:Instance": ["deleteAutomatedBackups", "skipFinalSnapshot"],
    },
  },
  {
    setting: "logs.retentionDays",
    why: "7, 30 and 90 days: retention costs, and only prod's logs are evidence",
    arguments: { "aws:cloudwatch/logGroup:LogGroup": ["retentionInDays"] },
  },
  {
    setting: "network.natGateways",
    why: "one, or one a zone in prod, where a module calls the internet: cost against independence of a zone",
    resources: ["aws:ec2/eip:Eip", "aws:ec2/natGateway:NatGateway"],
    arguments: { "aws:ec2/route:Route": ["natGatewayId"] },
  },
  {
    setting: "network.interfaceEndpointZones",
    why: "one zone, or all in prod: cost against independence of a zone",
    arguments: { "aws:ec2/vpcEndpoint:VpcEndpoint": ["subnetIds"] },
  },
  {
    setting: "functions.logLevel",
    why: "dev logs more",
    arguments: {
      "aws:lambda/function:Function": [
        "environment.variables.POWERTOOLS_LOG_LEVEL",
        "loggingConfig.applicationLogLevel",
      ],
    },
  },
];
