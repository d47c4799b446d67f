import * as pulumi from "@pulumi/pulumi";
import { apiRoutes } from "./modules/payments/api-routes";
import { ApiAccountComponent } from "./components/api-account";
import { ApiDomainComponent } from "./components/api-domain";
import { ApiGatewayComponent } from "./components/api-gateway";
import { DatabaseComponent } from "./components/database";
import { DatabaseMigrationComponent } from "./components/database-migration";
import { DynamoDbComponent } from "./components/dynamodb";
import { IdempotencyTableComponent } from "./components/idempotency-table";
import { EndpointsComponent } from "./components/endpoints";
import { KeysComponent } from "./components/keys";
import { MonitoringComponent } from "./components/monitoring";
import { S3Component } from "./components/s3";
import { ScheduleComponent } from "./components/schedule";
import { SecurityGroupsComponent } from "./components/security-groups";
import { StreamConsumerComponent } from "./components/stream-consumer";
import { VpcComponent } from "./components/vpc";
import type { ExistingNetwork } from "./components/vpc";
import { WafComponent } from "./components/waf";
import type { EnvironmentConfig } from "./config";
import { PaymentFunctions, metricsNamespace } from "./modules/payments/functions";
import type { PaymentStackOutputs } from "./outputs";
import { stackContext } from "./core/context";

/** A network that is there already and has room for a whole stack. */
export interface PaymentNetwork extends ExistingNetwork {
  /**
   * The security group of the interface endpoint for Secrets Manager. The endpoint has private DNS, and the
   * group admits the private subnets at 443: that is how the function that migrates the database gets its
   * password.
   */
  readonly endpointSecurityGroupId: pulumi.Input<string>;
}

/** Arguments of {@link PaymentStack}. */
export interface PaymentStackArgs {
  readonly config: EnvironmentConfig;
  /** The database's master password; by default RDS makes, keeps and rotates it. */
  readonly dbPassword?: pulumi.Output<string>;
  /** A network to live in; by default one of its own. */
  readonly network?: PaymentNetwork;
  /**
   * ARN of a certificate for `config.api.customDomain`, in the stack's region, where only the program knows
   * it; in place of `config.api.certificateArn`.
   */
  readonly apiCertificateArn?: pulumi.Input<string>;
  /** ARN of a topic for the alarms; by default one of its own. */
  readonly alarmTopicArn?: pulumi.Input<string>;
}

/**
 * A payments platform: network, keys, database, table, buckets, functions, API and monitoring, sized and
 * protected as its environment says.
 *
 * ### Cost
 *
 * That of its components, each of which tells its own; `docs/cost.md` adds them up for each environment, and
 * `npm run cost` for a stack.
 *
 * @example
 * ```ts
 * import { PaymentStack, getEnvironmentConfig } from "payment-stack";
 *
 * const payments = new PaymentStack("payments", { config: getEnvironmentConfig("dev") });
 * export const endpoint = payments.outputs.apiEndpoint;
 * ```
 */
export class PaymentStack extends pulumi.ComponentResource {
  readonly outputs: PaymentStackOutputs;

  constructor(name: string, args: PaymentStackArgs, opts?: pulumi.ComponentResourceOptions) {
    super("payments:index:PaymentStack", name, {}, opts);
    const { config } = args;
    const child = { parent: this };
    const context = stackContext(config, child);

    const keys = new KeysComponent(`${name}-keys`, { context }, child);
    const logs = {
      logRetentionDays: config.logs.retentionDays,
      logKeyArn: keys.dataKeyArn,
    };
    const logGroups = { retentionDays: config.logs.retentionDays, keyArn: keys.dataKeyArn };
    const network = new VpcComponent(
      `${name}-network`,
      {
        context,
        network: args.network === undefined ? config.network : { existing: args.network },
        ...logs,
      },
      child,
    );
    const groups = new SecurityGroupsComponent(
      `${name}-security-groups`,
      {
        context,
        vpcId: network.vpcId,
        s3PrefixListId: network.s3PrefixListId,
        dynamoDbPrefixListId: network.dynamoDbPrefixListId,
        ...(args.network !== undefined && {
          existingEndpointGroupId: args.network.endpointSecurityGroupId,
        }),
      },
      child,
    );
    const endpoints =
      args.network === undefined
        ? [
            new EndpointsComponent(
              `${name}-endpoints`,
              {
                context,
                vpcId: network.vpcId,
                subnetIds: network.privateSubnetIds.apply((ids) =>
                  ids.slice(0, config.network.interfaceEndpointZones),
                ),
                securityGroupId: groups.endpointSecurityGroupId,
                services: ["secretsmanager"],
              },
              child,
            ),
          ]
        : [];
    const database = new DatabaseComponent(
      `${name}-database`,
      {
        context,
        keyArn: keys.databaseKeyArn,
        secretKeyArn: keys.dataKeyArn,
        subnetIds: network.privateSubnetIds,
        securityGroupId: groups.databaseSecurityGroupId,
        settings: config.database,
        ...(args.dbPassword !== undefined && { masterPassword: args.dbPassword }),
        ...logs,
      },
      child,
    );
    const table = new DynamoDbComponent(
      `${name}-table`,
      { context, keyArn: keys.dataKeyArn },
      child,
    );
    const answers = new IdempotencyTableComponent(
      `${name}-answers`,
      { context, keyArn: keys.dataKeyArn },
      child,
    );
    const audit = new S3Component(
      `${name}-audit`,
      {
        context,
        purpose: "audit",
        keyArn: keys.dataKeyArn,
        retention: config.audit,
        writeOnce: true,
      },
      child,
    );
    const deadLetters = new S3Component(
      `${name}-dead-letters`,
      {
        context,
        purpose: "dead-letters",
        keyArn: keys.dataKeyArn,
        // at hand for a redrive, which deletes them; what is deleted stays for as long as in the audit bucket
        retention: {
          ...config.audit,
          glacierAfterDays: null,
          noncurrentGlacierAfterDays: null,
          objectLockDays: null,
        },
        writeOnce: false,
      },
      child,
    );

    const functions = new PaymentFunctions(
      name,
      {
        context,
        config,
        subnetIds: network.privateSubnetIds,
        securityGroupId: groups.functionSecurityGroupId,
        table,
        idempotencyTable: answers,
        database,
        auditBucket: audit,
        deadLetterBucket: deadLetters,
        ...logs,
      },
      // a function is not run before its way to database, table and buckets stands
      { ...child, dependsOn: [network, groups, ...endpoints] },
    );
    const { payment, accounts, migrate, ledger, reconcile } = functions;
    const migrated = config.database.migrateOnDeploy
      ? [
          new DatabaseMigrationComponent(
            `${name}-migration`,
            {
              functionName: migrate.functionName,
              codeHash: functions.migrateCodeHash,
              databaseResourceId: database.resourceId,
            },
            { ...child, dependsOn: [database] },
          ),
        ]
      : [];
    const stream = new StreamConsumerComponent(
      `${name}-ledger-stream`,
      {
        context,
        streamArn: table.streamArn,
        functionArn: ledger.functionArn,
        deadLetterBucketArn: deadLetters.bucketArn,
        keyPrefix: { attribute: "transactionId", prefix: "pay_" },
        parallelizationFactor: config.ledger.parallelizationFactor,
      },
      { ...child, dependsOn: migrated },
    );
    const schedule = new ScheduleComponent(
      `${name}-reconcile-schedule`,
      {
        context,
        purpose: "reconcile",
        description: "Compares table, ledger and audit documents",
        everyMinutes: config.reconciliation.everyMinutes,
        functionArn: reconcile.functionArn,
        functionName: reconcile.functionName,
      },
      { ...child, dependsOn: migrated },
    );

    const account =
      config.api.accountLogging === "managed"
        ? new ApiAccountComponent(`${name}-api-account`, { context }, child)
        : undefined;
    const api = new ApiGatewayComponent(
      `${name}-api`,
      {
        context,
        purpose: "api",
        description: "Takes payments",
        routes: apiRoutes,
        function: { name: payment.functionName, invokeArn: payment.invokeArn },
        functions: { accounts: { name: accounts.functionName, invokeArn: accounts.invokeArn } },
        authorization: config.api.authorization,
        allowedOrigins: config.api.allowedOrigins,
        problemTypePrefix: "urn:payments:problem:",
        throttle: config.api.throttle,
        accessLogs: logGroups,
        executionLogs: logGroups,
      },
      // a stage that logs is refused while the account has no logging role
      { ...child, dependsOn: account === undefined ? [] : [account] },
    );
    const domain =
      config.api.customDomain === null
        ? undefined
        : new ApiDomainComponent(
            `${name}-api-domain`,
            {
              context,
              domainName: config.api.customDomain,
              certificateArn: args.apiCertificateArn ?? config.api.certificateArn,
              restApiId: api.restApiId,
              stageName: api.stageName,
              zone: {
                description: `The payments API within the ${config.environment} network`,
                vpcId: network.vpcId,
              },
            },
            child,
          );
    const waf = config.waf.enabled
      ? new WafComponent(
          `${name}-waf`,
          {
            context,
            purpose: "waf",
            description: "Stands before the payments API",
            stageArn: api.stageArn,
            rateLimit: config.waf.rateLimit,
            logs: logGroups,
          },
          child,
        )
      : undefined;

    const monitoring = new MonitoringComponent(
      `${name}-monitoring`,
      {
        context,
        topic:
          args.alarmTopicArn === undefined
            ? { emailAddresses: config.alarms.emailAddresses, keyArn: keys.dataKeyArn }
            : { existing: { topicArn: args.alarmTopicArn } },
        thresholds: config.alarms,
        runbookUrl: config.alarms.runbookUrl,
        watched: {
          databaseIdentifier: database.identifier,
          functions: {
            payment: payment.functionName,
            accounts: accounts.functionName,
            ledger: ledger.functionName,
            reconcile: reconcile.functionName,
            migrate: migrate.functionName,
          },
          seldomRun: ["reconcile", "migrate"],
          streamConsumer: ledger.functionName,
          streamMapping: stream.mappingId,
          reconciliation: reconcile.functionName,
          reconciliationEveryMinutes: config.reconciliation.everyMinutes,
          metricsNamespace,
          apiName: api.apiName,
          apiStage: api.stageName,
          tableName: table.tableName,
          tableIndexes: table.indexNames,
          idempotencyTableName: answers.tableName,
        },
      },
      child,
    );

    this.outputs = {
      environment: pulumi.output<string>(config.environment),
      environmentSuffix: pulumi.output(config.environmentSuffix),
      accountId: context.aws.accountId,
      region: context.aws.region,

      vpcId: network.vpcId,
      vpcArn: network.vpcArn,
      vpcCidr: network.vpcCidr,
      publicSubnetIds: network.publicSubnetIds,
      privateSubnetIds: network.privateSubnetIds,
      natPublicIps: network.natPublicIps,
      flowLogGroupArn: network.flowLogGroupArn,
      flowLogGroupName: network.flowLogGroupName,
      lambdaSecurityGroupId: groups.functionSecurityGroupId,
      lambdaSecurityGroupArn: groups.functionSecurityGroupArn,
      databaseSecurityGroupId: groups.databaseSecurityGroupId,
      databaseSecurityGroupArn: groups.databaseSecurityGroupArn,
      endpointSecurityGroupId: groups.endpointSecurityGroupId,
      endpointSecurityGroupArn: groups.endpointSecurityGroupArn,

      kmsKeyId: keys.databaseKeyId,
      kmsKeyArn: keys.databaseKeyArn,
      dataKeyId: keys.dataKeyId,
      dataKeyArn: keys.dataKeyArn,

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
      idempotencyTableName: answers.tableName,
      idempotencyTableArn: answers.tableArn,
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

      alarmTopicArn: monitoring.topicArn,
      alarmArns: monitoring.alarmArns,
      dashboardName: monitoring.dashboardName,
      dashboardArn: monitoring.dashboardArn,
    };
    this.registerOutputs(this.outputs);
  }
}
