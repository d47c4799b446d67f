import { ScheduleComponent } from "../../components/schedule";
import { StreamConsumerComponent } from "../../components/stream-consumer";
import type { Foundation } from "../../foundation/foundation";
import type { FoundationSettings } from "../../foundation/settings";
import * as pulumi from "@pulumi/pulumi";
import type { Built, ProgramInputs } from "../contract";
import { buildApi } from "./api";
import { PaymentFunctions } from "./functions";
import { paymentMonitoring } from "./monitoring";
import type { paymentsOutputs } from "./outputs";
import type { PaymentsSettings } from "./settings";
import { buildStorage } from "./storage";

/** What payments offer to the modules after them. */
export interface PaymentsPorts {
  /** What must be there before a stage of an API can log: the account's logging role, where the stack sets it. */
  readonly apiLogging: readonly pulumi.Resource[];
  /** The API, for callers that IAM authorizes. */
  readonly paymentsApi: {
    /** Without a slash at its end. */
    readonly url: pulumi.Output<string>;
    /** The start of the ARNs of its operations: `/POST/payment` follows. */
    readonly operationsArn: pulumi.Output<string>;
  };
  /** The stream of the payments' table. DynamoDB lets two consumers read it, and the ledger is one. */
  readonly paymentsStreamArn: pulumi.Output<string>;
}

/** Registers the payments' storage, functions and API. */
export function buildPayments(
  foundation: Foundation,
  settings: PaymentsSettings & FoundationSettings,
  inputs: ProgramInputs,
): Built<typeof paymentsOutputs, PaymentsPorts> {
  const { name, child, context, network } = foundation;
  const { database, table, idempotencyTable, audit, deadLetters } = buildStorage(
    foundation,
    settings,
    inputs,
  );
  const functions = new PaymentFunctions(
    name,
    {
      context,
      config: settings,
      subnetIds: network.privateSubnetIds,
      securityGroupId: foundation.securityGroup("functions").id,
      table,
      idempotencyTable,
      database,
      auditBucket: audit,
      deadLetterBucket: deadLetters,
      logs: foundation.logs,
    },
    { ...child, dependsOn: foundation.connections },
  );
  const { payment, accounts, migrate, ledger, reconcile } = functions;
  const stream = new StreamConsumerComponent(
    `${name}-ledger-stream`,
    {
      context,
      purpose: "stream",
      streamArn: table.streamArn,
      functionArn: ledger.functionArn,
      deadLetterBucketArn: deadLetters.bucketArn,
      keyPrefix: { attribute: "transactionId", prefix: "pay_" },
      parallelizationFactor: settings.ledger.parallelizationFactor,
    },
    child,
  );
  const schedule = new ScheduleComponent(
    `${name}-reconcile-schedule`,
    {
      context,
      purpose: "reconcile",
      description: "Compares table, ledger and audit documents",
      everyMinutes: settings.reconciliation.everyMinutes,
      functionArn: reconcile.functionArn,
      functionName: reconcile.functionName,
    },
    child,
  );
  const { account, api, endpoint, domain, waf } = buildApi(foundation, settings, functions, inputs);

  return {
    ports: {
      apiLogging: account === undefined ? [] : [account],
      paymentsApi: {
        url: api.invokeUrl,
        operationsArn: pulumi.interpolate`${api.executionArn}/${api.stageName}`,
      },
      paymentsStreamArn: table.streamArn,
    },
    ...paymentMonitoring(
      {
        database,
        functions,
        stream,
        api,
        waf,
        domain,
        table,
        idempotencyTable,
        reconciliationEveryMinutes: settings.reconciliation.everyMinutes,
      },
      settings.alarms,
    ),
    outputs: {
      lambdaSecurityGroupId: foundation.securityGroup("functions").id,
      lambdaSecurityGroupArn: foundation.securityGroup("functions").arn,
      databaseSecurityGroupId: foundation.securityGroup("database").id,
      databaseSecurityGroupArn: foundation.securityGroup("database").arn,
      apiVpcEndpointId: endpoint && pulumi.output(endpoint.endpointId),
      apiCallerSecurityGroupId: endpoint && foundation.securityGroup("api-callers").id,
      apiCallerSecurityGroupArn: endpoint && foundation.securityGroup("api-callers").arn,

      kmsKeyId: foundation.key("rds").id,
      kmsKeyArn: foundation.key("rds").arn,

      dbEndpoint: database.endpoint,
      dbAddress: database.address,
      dbPort: database.port,
      dbName: database.databaseName,
      dbArn: database.instanceArn,
      dbIdentifier: database.identifier,
      dbResourceId: database.resourceId,
      dbMasterSecretArn: database.masterSecretArn,
      dbLogGroupArns: database.logGroupArns,
      dbLogGroupNames: database.logGroupNames,

      dynamoTableName: table.tableName,
      dynamoTableArn: table.tableArn,
      dynamoStreamArn: table.streamArn,
      idempotencyTableName: idempotencyTable.tableName,
      idempotencyTableArn: idempotencyTable.tableArn,
      auditBucketName: audit.bucketName,
      auditBucketArn: audit.bucketArn,
      deadLetterBucketName: deadLetters.bucketName,
      deadLetterBucketArn: deadLetters.bucketArn,

      lambdaArn: payment.functionArn,
      lambdaName: payment.functionName,
      lambdaInvokeArn: payment.invokeArn,
      lambdaRoleArn: payment.roleArn,
      lambdaRoleName: payment.roleName,
      lambdaLogGroupArn: payment.logGroupArn,
      lambdaLogGroupName: payment.logGroupName,
      accountsLambdaArn: accounts.functionArn,
      accountsLambdaName: accounts.functionName,
      accountsLambdaRoleArn: accounts.roleArn,
      accountsLambdaRoleName: accounts.roleName,
      accountsLambdaLogGroupArn: accounts.logGroupArn,
      accountsLambdaLogGroupName: accounts.logGroupName,
      migrateLambdaArn: migrate.functionArn,
      migrateLambdaName: migrate.functionName,
      migrateLambdaRoleArn: migrate.roleArn,
      migrateLambdaRoleName: migrate.roleName,
      migrateLambdaLogGroupArn: migrate.logGroupArn,
      migrateLambdaLogGroupName: migrate.logGroupName,
      ledgerLambdaArn: ledger.functionArn,
      ledgerLambdaName: ledger.functionName,
      ledgerLambdaRoleArn: ledger.roleArn,
      ledgerLambdaRoleName: ledger.roleName,
      ledgerLambdaLogGroupArn: ledger.logGroupArn,
      ledgerLambdaLogGroupName: ledger.logGroupName,
      ledgerStreamMappingId: stream.mappingId,
      ledgerStreamMappingArn: stream.mappingArn,
      reconcileLambdaArn: reconcile.functionArn,
      reconcileLambdaName: reconcile.functionName,
      reconcileLambdaRoleArn: reconcile.roleArn,
      reconcileLambdaRoleName: reconcile.roleName,
      reconcileLambdaLogGroupArn: reconcile.logGroupArn,
      reconcileLambdaLogGroupName: reconcile.logGroupName,
      reconcileScheduleArn: schedule.ruleArn,
      reconcileScheduleName: schedule.ruleName,

      apiEndpoint: api.invokeUrl,
      apiId: api.restApiId,
      apiName: api.apiName,
      apiArn: api.apiArn,
      apiExecutionArn: api.executionArn,
      apiRootResourceId: api.rootResourceId,
      apiStageName: api.stageName,
      apiStageArn: api.stageArn,
      apiAccessLogGroupArn: api.accessLogGroupArn,
      apiAccessLogGroupName: api.accessLogGroupName,
      apiExecutionLogGroupArn: api.executionLogGroupArn,
      apiExecutionLogGroupName: api.executionLogGroupName,
      apiLoggingRoleArn: account?.roleArn,
      customDomain: domain?.domainName,
      customDomainTarget: domain?.targetDomainName,
      customDomainTargetZoneId: domain?.targetZoneId,
      customDomainCertificateArn: domain?.certificateArn,
      hostedZoneId: domain?.zoneId,
      hostedZoneArn: domain?.zoneArn,
      webAclArn: waf?.webAclArn,
      webAclId: waf?.webAclId,
      webAclLogGroupArn: waf?.logGroupArn,
      webAclLogGroupName: waf?.logGroupName,
    },
  };
}
