import type * as pulumi from "@pulumi/pulumi";

/**
 * What a stack tells: every ARN, id, name and endpoint. The names are those of `pulumi stack output` and of
 * `cfn-outputs/flat-outputs.json`. What a stack does not have (a web ACL outside prod, say) is undefined,
 * and absent from both. The line comments name sections: of docs/outputs.md and of `npm run outputs`.
 */
export interface PaymentStackOutputs {
  // Stack
  /** What the stack is shaped like: dev, staging or prod. */
  readonly environment: pulumi.Output<string>;
  /** The part of the physical names that tells the stack from others. */
  readonly environmentSuffix: pulumi.Output<string>;
  readonly accountId: pulumi.Output<string>;
  readonly region: pulumi.Output<string>;

  // Network
  readonly vpcId: pulumi.Output<string>;
  readonly vpcArn: pulumi.Output<string> | undefined;
  readonly vpcCidr: pulumi.Output<string> | undefined;
  /** One a zone, for load balancers and NAT gateways. */
  readonly publicSubnetIds: pulumi.Output<string[]>;
  /** One a zone, for functions and the database. */
  readonly privateSubnetIds: pulumi.Output<string[]>;
  /** The addresses that the private subnets call the internet from; none where there is no NAT gateway. */
  readonly natPublicIps: pulumi.Output<string[]>;
  readonly flowLogGroupArn: pulumi.Output<string> | undefined;
  readonly flowLogGroupName: pulumi.Output<string> | undefined;
  readonly lambdaSecurityGroupId: pulumi.Output<string>;
  readonly lambdaSecurityGroupArn: pulumi.Output<string>;
  readonly databaseSecurityGroupId: pulumi.Output<string>;
  readonly databaseSecurityGroupArn: pulumi.Output<string>;
  readonly endpointSecurityGroupId: pulumi.Output<string>;
  readonly endpointSecurityGroupArn: pulumi.Output<string> | undefined;

  // Keys
  /** The key of database, backups and query statistics. */
  readonly kmsKeyId: pulumi.Output<string>;
  readonly kmsKeyArn: pulumi.Output<string>;
  /** The key of table, buckets, logs, alarms and secrets. */
  readonly dataKeyId: pulumi.Output<string>;
  readonly dataKeyArn: pulumi.Output<string>;

  // Database
  /** `host:port` of PostgreSQL. */
  readonly dbEndpoint: pulumi.Output<string>;
  readonly dbAddress: pulumi.Output<string>;
  readonly dbPort: pulumi.Output<number>;
  readonly dbName: pulumi.Output<string>;
  readonly dbArn: pulumi.Output<string>;
  readonly dbIdentifier: pulumi.Output<string>;
  /** `db-…`: names the instance in IAM policies of database sign-in. */
  readonly dbResourceId: pulumi.Output<string>;
  /** The secret with the master user's name and password; not its value. */
  readonly dbMasterSecretArn: pulumi.Output<string>;
  readonly dbLogGroupArns: pulumi.Output<string[]>;
  readonly dbLogGroupNames: pulumi.Output<string[]>;

  // Table and buckets
  readonly dynamoTableName: pulumi.Output<string>;
  readonly dynamoTableArn: pulumi.Output<string>;
  readonly dynamoStreamArn: pulumi.Output<string>;
  /** The answers under idempotency keys. */
  readonly idempotencyTableName: pulumi.Output<string>;
  readonly idempotencyTableArn: pulumi.Output<string>;
  readonly auditBucketName: pulumi.Output<string>;
  readonly auditBucketArn: pulumi.Output<string>;
  /** What the ledger can never take, record by record. */
  readonly deadLetterBucketName: pulumi.Output<string>;
  readonly deadLetterBucketArn: pulumi.Output<string>;

  // Functions
  /** The function behind the API's payments. */
  readonly lambdaArn: pulumi.Output<string>;
  readonly lambdaName: pulumi.Output<string>;
  readonly lambdaInvokeArn: pulumi.Output<string>;
  readonly lambdaRoleArn: pulumi.Output<string>;
  readonly lambdaRoleName: pulumi.Output<string>;
  readonly lambdaLogGroupArn: pulumi.Output<string>;
  readonly lambdaLogGroupName: pulumi.Output<string>;
  /** The function behind the API's balances and payouts. */
  readonly accountsLambdaArn: pulumi.Output<string>;
  readonly accountsLambdaName: pulumi.Output<string>;
  readonly accountsLambdaRoleArn: pulumi.Output<string>;
  readonly accountsLambdaRoleName: pulumi.Output<string>;
  readonly accountsLambdaLogGroupArn: pulumi.Output<string>;
  readonly accountsLambdaLogGroupName: pulumi.Output<string>;
  readonly migrateLambdaArn: pulumi.Output<string>;
  readonly migrateLambdaName: pulumi.Output<string>;
  readonly migrateLambdaRoleArn: pulumi.Output<string>;
  readonly migrateLambdaRoleName: pulumi.Output<string>;
  readonly migrateLambdaLogGroupArn: pulumi.Output<string>;
  readonly migrateLambdaLogGroupName: pulumi.Output<string>;
  readonly ledgerLambdaArn: pulumi.Output<string>;
  readonly ledgerLambdaName: pulumi.Output<string>;
  readonly ledgerLambdaRoleArn: pulumi.Output<string>;
  readonly ledgerLambdaRoleName: pulumi.Output<string>;
  readonly ledgerLambdaLogGroupArn: pulumi.Output<string>;
  readonly ledgerLambdaLogGroupName: pulumi.Output<string>;
  readonly ledgerStreamMappingId: pulumi.Output<string>;
  readonly ledgerStreamMappingArn: pulumi.Output<string>;
  readonly reconcileLambdaArn: pulumi.Output<string>;
  readonly reconcileLambdaName: pulumi.Output<string>;
  readonly reconcileLambdaRoleArn: pulumi.Output<string>;
  readonly reconcileLambdaRoleName: pulumi.Output<string>;
  readonly reconcileLambdaLogGroupArn: pulumi.Output<string>;
  readonly reconcileLambdaLogGroupName: pulumi.Output<string>;
  readonly reconcileScheduleArn: pulumi.Output<string>;
  readonly reconcileScheduleName: pulumi.Output<string>;

  // API
  /** The URL that callers put the routes' paths after: `…/payment`. */
  readonly apiEndpoint: pulumi.Output<string>;
  readonly apiId: pulumi.Output<string>;
  readonly apiName: pulumi.Output<string>;
  readonly apiArn: pulumi.Output<string>;
  /** `arn:…:execute-api:…`: what callers' policies name. */
  readonly apiExecutionArn: pulumi.Output<string>;
  readonly apiRootResourceId: pulumi.Output<string>;
  readonly apiStageName: pulumi.Output<string>;
  readonly apiStageArn: pulumi.Output<string>;
  readonly apiAccessLogGroupArn: pulumi.Output<string>;
  readonly apiAccessLogGroupName: pulumi.Output<string>;
  readonly apiExecutionLogGroupArn: pulumi.Output<string>;
  readonly apiExecutionLogGroupName: pulumi.Output<string>;
  /** The region's API Gateway logging role, where this stack manages it. */
  readonly apiLoggingRoleArn: pulumi.Output<string> | undefined;
  readonly customDomain: pulumi.Output<string> | undefined;
  /** Where an alias record of `customDomain` points. */
  readonly customDomainTarget: pulumi.Output<string> | undefined;
  /** The zone of `customDomainTarget`, which an alias record names too. */
  readonly customDomainTargetZoneId: pulumi.Output<string> | undefined;
  readonly customDomainCertificateArn: pulumi.Output<string> | undefined;
  /** The private zone that resolves `customDomain` within the VPC. */
  readonly hostedZoneId: pulumi.Output<string> | undefined;
  readonly hostedZoneArn: pulumi.Output<string> | undefined;
  readonly webAclArn: pulumi.Output<string> | undefined;
  readonly webAclId: pulumi.Output<string> | undefined;
  readonly webAclLogGroupArn: pulumi.Output<string> | undefined;
  readonly webAclLogGroupName: pulumi.Output<string> | undefined;

  // Monitoring
  readonly alarmTopicArn: pulumi.Output<string>;
  /** ARN of each alarm by what it watches: `database-cpu`, `api-5xx`, … */
  readonly alarmArns: pulumi.Output<Record<string, string>>;
  readonly dashboardName: pulumi.Output<string>;
  readonly dashboardArn: pulumi.Output<string>;
}
