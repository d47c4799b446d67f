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

    const { arns, ids } = new KeysComponent(
      `${name}-keys`,
      {
        context,
        keys: {
          data: {
            description: "table, audit bucket, logs, alarms and secrets",
            uses: [
              { through: "dynamodb" },
              { through: "s3" },
              { through: "secretsmanager" },
              { logs: true },
              { principal: "cloudwatch", sid: "AlarmsOfThisAccount" },
            ],
          },
          rds: {
            description: "database, backups and query statistics",
            uses: [{ through: "rds" }],
          },
        },
      },
      child,
    );
    const keys = {
      dataKeyArn: arns.data,
      dataKeyId: ids.data,
      databaseKeyArn: arns.rds,
      databaseKeyId: ids.rds,
    };
    const logs = {
      logRetentionDays: config.logs.retentionDays,
      logKeyArn: keys.dataKeyArn,
    };
    const network = new VpcComponent(
      `${name}-network`,
      {
        context,
        network:
          args.network === undefined
            ? {
                ...config.network,
                gatewayEndpoints: {
                  s3: ["s3:PutObject", "s3:GetObject", "s3:ListBucket"],
                  dynamodb: [
                    "dynamodb:PutItem",
                    "dynamodb:GetItem",
                    "dynamodb:Query",
                    "dynamodb:UpdateItem",
                    "dynamodb:Scan",
                  ],
                },
                flowLogs: { retentionDays: logs.logRetentionDays, keyArn: logs.logKeyArn },
              }
            : { existing: args.network },
      },
      child,
    );
    const groups = new SecurityGroupsComponent(
      `${name}-security-groups`,
      {
        context,
        vpcId: network.vpcId,
        groups: {
          functions: { description: "Functions of the payments platform" },
          database: { description: "PostgreSQL of the ledger" },
          endpoints:
            args.network === undefined
              ? { description: "Interface endpoints of AWS services" }
              : { existing: args.network.endpointSecurityGroupId },
        },
        prefixLists: { s3: network.s3PrefixListId, dynamodb: network.dynamoDbPrefixListId },
        flows: [
          {
            from: "functions",
            to: "database",
            port: 5432,
            description: "Functions call PostgreSQL",
          },
          {
            from: "functions",
            to: "endpoints",
            port: 443,
            description: "Functions call AWS services by their interface endpoints",
          },
          {
            from: "functions",
            to: "s3",
            port: 443,
            description: "Functions call S3 by its gateway endpoint",
          },
          {
            from: "functions",
            to: "dynamodb",
            port: 443,
            description: "Functions call DynamoDB by its gateway endpoint",
          },
        ],
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
                securityGroupId: groups.ids.endpoints,
                endpoints: { secretsmanager: ["secretsmanager:GetSecretValue"] },
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
        securityGroupId: groups.ids.database,
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
        securityGroupId: groups.ids.functions,
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
        purpose: "stream",
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
        ? new ApiAccountComponent(`${name}-api-account`, { context, purpose: "api-logs" }, child)
        : undefined;
    const api = new ApiGatewayComponent(
      `${name}-api`,
      {
        context,
        routes: apiRoutes,
        function: { name: payment.functionName, invokeArn: payment.invokeArn },
        functions: { accounts: { name: accounts.functionName, invokeArn: accounts.invokeArn } },
        authorization: config.api.authorization,
        allowedOrigins: config.api.allowedOrigins,
        throttle: config.api.throttle,
        ...logs,
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
              vpcId: network.vpcId,
            },
            child,
          );
    const waf = config.waf.enabled
      ? new WafComponent(
          `${name}-waf`,
          { context, stageArn: api.stageArn, rateLimit: config.waf.rateLimit, ...logs },
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
      lambdaSecurityGroupId: groups.ids.functions,
      lambdaSecurityGroupArn: groups.arnOf("functions"),
      databaseSecurityGroupId: groups.ids.database,
      databaseSecurityGroupArn: groups.arnOf("database"),
      endpointSecurityGroupId: groups.ids.endpoints,
      endpointSecurityGroupArn: args.network === undefined ? groups.arnOf("endpoints") : undefined,

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
