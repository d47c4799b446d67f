import { outputsIn } from "../../core/outputs";

const network = outputsIn("Network");
const keys = outputsIn("Keys");
const database = outputsIn("Database");
const storage = outputsIn("Table and buckets");
const functions = outputsIn("Functions");
const api = outputsIn("API");

/** The outputs of the payments module. */
export const paymentsOutputs = {
  lambdaSecurityGroupId: network.text("The security group of the functions."),
  lambdaSecurityGroupArn: network.text("Its ARN."),
  databaseSecurityGroupId: network.text("The security group of the database."),
  databaseSecurityGroupArn: network.text("Its ARN."),
  apiVpcEndpointId: network.optionalText("The interface endpoint of a private API: `vpce-…`."),
  apiCallerSecurityGroupId: network.optionalText(
    "The security group that callers of a private API join: it reaches the endpoint.",
  ),
  apiCallerSecurityGroupArn: network.optionalText("Its ARN."),

  kmsKeyId: keys.text("The key of database, backups and query statistics."),
  kmsKeyArn: keys.text("Its ARN."),

  dbEndpoint: database.text("`host:port` of PostgreSQL."),
  dbAddress: database.text("Its host."),
  dbPort: database.number("Its port."),
  dbName: database.text("Name of the database in it."),
  dbArn: database.text("ARN of the instance."),
  dbIdentifier: database.text("Identifier of the instance."),
  dbResourceId: database.text("`db-…`: names the instance in IAM policies of database sign-in."),
  dbMasterSecretArn: database.text(
    "The secret with the master user's name and password; not its value.",
  ),
  dbLogGroupArns: database.list("ARNs of the log groups that it exports to."),
  dbLogGroupNames: database.list("Their names, in the same order."),

  dynamoTableName: storage.text("The table of payments."),
  dynamoTableArn: storage.text("Its ARN."),
  dynamoStreamArn: storage.text("Its stream, with every change of a payment."),
  idempotencyTableName: storage.text("The table of the responses under idempotency keys."),
  idempotencyTableArn: storage.text("Its ARN."),
  auditBucketName: storage.text("The bucket of the audit documents."),
  auditBucketArn: storage.text("Its ARN."),
  deadLetterBucketName: storage.text(
    "The bucket of the dead letters: what the ledger can never post, record by record.",
  ),
  deadLetterBucketArn: storage.text("Its ARN."),

  lambdaArn: functions.text("The function behind the API's payments."),
  lambdaName: functions.text("Its name."),
  lambdaInvokeArn: functions.text("What API Gateway invokes it by."),
  lambdaRoleArn: functions.text("ARN of its role."),
  lambdaRoleName: functions.text("Name of its role."),
  lambdaLogGroupArn: functions.text("ARN of its log group."),
  lambdaLogGroupName: functions.text("Name of its log group."),
  accountsLambdaArn: functions.text("The function behind the API's balances and payouts."),
  accountsLambdaName: functions.text("Its name."),
  accountsLambdaRoleArn: functions.text("ARN of its role."),
  accountsLambdaRoleName: functions.text("Name of its role."),
  accountsLambdaLogGroupArn: functions.text("ARN of its log group."),
  accountsLambdaLogGroupName: functions.text("Name of its log group."),
  migrateLambdaArn: functions.text("The function that migrates the database's schema."),
  migrateLambdaName: functions.text("Its name."),
  migrateLambdaRoleArn: functions.text("ARN of its role."),
  migrateLambdaRoleName: functions.text("Name of its role."),
  migrateLambdaLogGroupArn: functions.text("ARN of its log group."),
  migrateLambdaLogGroupName: functions.text("Name of its log group."),
  ledgerLambdaArn: functions.text("The function that posts every change of a payment."),
  ledgerLambdaName: functions.text("Its name."),
  ledgerLambdaRoleArn: functions.text("ARN of its role."),
  ledgerLambdaRoleName: functions.text("Name of its role."),
  ledgerLambdaLogGroupArn: functions.text("ARN of its log group."),
  ledgerLambdaLogGroupName: functions.text("Name of its log group."),
  ledgerStreamMappingId: functions.text("The mapping that invokes it with the table's changes."),
  ledgerStreamMappingArn: functions.text("ARN of the mapping."),
  reconcileLambdaArn: functions.text(
    "The function that compares table, ledger and audit documents.",
  ),
  reconcileLambdaName: functions.text("Its name."),
  reconcileLambdaRoleArn: functions.text("ARN of its role."),
  reconcileLambdaRoleName: functions.text("Name of its role."),
  reconcileLambdaLogGroupArn: functions.text("ARN of its log group."),
  reconcileLambdaLogGroupName: functions.text("Name of its log group."),
  reconcileScheduleArn: functions.text("The rule that invokes it on a schedule."),
  reconcileScheduleName: functions.text("Name of the rule."),

  apiEndpoint: api.text("The URL that callers put the routes' paths after: `…/payment`."),
  apiId: api.text("Id of the REST API."),
  apiName: api.text("Its name."),
  apiArn: api.text("Its ARN."),
  apiExecutionArn: api.text("`arn:…:execute-api:…`: what callers' policies name."),
  apiRootResourceId: api.text("Id of its root resource, `/`."),
  apiStageName: api.text("Name of its stage."),
  apiStageArn: api.text("ARN of its stage."),
  apiAccessLogGroupArn: api.text("ARN of its access log."),
  apiAccessLogGroupName: api.text("Name of its access log."),
  apiExecutionLogGroupArn: api.text("ARN of its execution log."),
  apiExecutionLogGroupName: api.text("Name of its execution log."),
  apiLoggingRoleArn: api.optionalText(
    "The region's API Gateway logging role, where this stack manages it.",
  ),
  customDomain: api.optionalText("The API's own domain."),
  customDomainTarget: api.optionalText("Where an alias record of `customDomain` points."),
  customDomainTargetZoneId: api.optionalText(
    "The zone of `customDomainTarget`, which an alias record names too.",
  ),
  customDomainCertificateArn: api.optionalText("The certificate of `customDomain`."),
  hostedZoneId: api.optionalText(
    "The zone that resolves `customDomain`: the one given, or a private API's own.",
  ),
  hostedZoneArn: api.optionalText("Its ARN."),
  webAclArn: api.optionalText("The web ACL in front of the API."),
  webAclId: api.optionalText("Its id."),
  webAclLogGroupArn: api.optionalText("ARN of its log group."),
  webAclLogGroupName: api.optionalText("Name of its log group."),
};
