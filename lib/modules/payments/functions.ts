import * as pulumi from "@pulumi/pulumi";
import { DatabaseMigrationComponent } from "../../components/database-migration";
import { LambdaComponent } from "../../components/lambda";
import type { FoundationSettings } from "../../foundation/settings";
import { functionCode } from "../../components/lambda/code";
import {
  accountsPermissions,
  databaseUsers,
  ledgerPermissions,
  migratePermissions,
  paymentPermissions,
  reconcilePermissions,
} from "./function-permissions";
import type { PaymentsSettings } from "./settings";
import type { NewLogGroup, StackContext } from "../../types";

/** Where the functions' own metrics are in CloudWatch. */
export const metricsNamespace = "Payments";

/** Where Lambda's Node runtimes have the certificates of RDS's authorities. */
const lambdaCertificates = "/var/runtime/ca-cert.pem";

/** Timeouts in seconds of the functions that no caller waits for; Lambda allows 900. */
const backgroundTimeouts = { migrate: 900, ledger: 60, reconcile: 300 };

/** Arguments of {@link PaymentFunctions}. */
export interface PaymentFunctionsArgs {
  readonly context: StackContext;
  readonly config: Pick<
    FoundationSettings & PaymentsSettings,
    "functions" | "api" | "table" | "ledger" | "reconciliation" | "database"
  >;
  readonly subnetIds: pulumi.Input<string[]>;
  readonly securityGroupId: pulumi.Input<string>;
  readonly table: {
    readonly tableName: pulumi.Output<string>;
    readonly tableArn: pulumi.Output<string>;
    readonly streamArn: pulumi.Output<string>;
  };
  readonly idempotencyTable: {
    readonly tableName: pulumi.Output<string>;
    readonly tableArn: pulumi.Output<string>;
  };
  readonly database: pulumi.Resource & {
    readonly address: pulumi.Output<string>;
    readonly port: pulumi.Output<number>;
    readonly databaseName: pulumi.Output<string>;
    readonly resourceId: pulumi.Output<string>;
    readonly masterSecretArn: pulumi.Output<string>;
  };
  readonly auditBucket: Bucket;
  readonly deadLetterBucket: Bucket;
  readonly logs: NewLogGroup;
}

interface Bucket {
  readonly bucketName: pulumi.Output<string>;
  readonly bucketArn: pulumi.Output<string>;
}

/**
 * The functions of the payment service, each with the role that it needs and no more.
 *
 * ### Cost
 *
 * That of its functions.
 */
export class PaymentFunctions extends pulumi.ComponentResource {
  /** Handles the requests about payments. */
  readonly payment: LambdaComponent;
  /** Handles the requests that need the database: apart, so that an outage of it delays no payment. */
  readonly accounts: LambdaComponent;
  /** Brings the database's schema up to date, before the functions that use it have new code. */
  readonly migrate: LambdaComponent;
  /** Posts the table's changes. */
  readonly ledger: LambdaComponent;
  /** Compares table, ledger and audit documents. */
  readonly reconcile: LambdaComponent;

  constructor(name: string, args: PaymentFunctionsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("payments:index:Functions", `${name}-functions`, {}, opts);
    const { context, config, table, idempotencyTable, database } = args;
    const { auditBucket, deadLetterBucket } = args;
    const child = { parent: this };
    const common = {
      context,
      network: { subnetIds: args.subnetIds, securityGroupId: args.securityGroupId },
      logs: args.logs,
      metricsNamespace,
    };
    const scope = {
      aws: context.aws,
      tableArn: table.tableArn,
      idempotencyTableArn: idempotencyTable.tableArn,
      streamArn: table.streamArn,
      databaseResourceId: database.resourceId,
      masterSecretArn: database.masterSecretArn,
      auditBucketArn: auditBucket.bucketArn,
      deadLetterBucketArn: deadLetterBucket.bucketArn,
    };
    const databaseEnvironment = {
      DB_HOST: database.address,
      DB_PORT: pulumi.interpolate`${database.port}`,
      DB_NAME: database.databaseName,
      NODE_EXTRA_CA_CERTS: lambdaCertificates,
    };
    const apiEnvironment = {
      TABLE_NAME: table.tableName,
      ALLOWED_ORIGINS: config.api.allowedOrigins.join(","),
      AUTHORIZATION: config.api.authorization,
    };
    const background = (purpose: keyof typeof backgroundTimeouts) => ({
      ...common,
      purpose,
      settings: { ...config.functions, timeoutSeconds: backgroundTimeouts[purpose] },
      reservedConcurrency: null,
    });

    const migrateCode = functionCode("payments/migrate");
    this.migrate = new LambdaComponent(
      `${name}-migrate`,
      {
        ...background("migrate"),
        description: "Brings the database's schema up to date",
        code: migrateCode.archive,
        environment: { ...databaseEnvironment, DB_SECRET_ARN: database.masterSecretArn },
        role: { purpose: "migrate", permissions: migratePermissions(scope) },
      },
      child,
    );
    // new code that uses the database goes live on the new schema only; where this fails, the former code stays
    const onNewSchema = config.database.migrateOnDeploy
      ? {
          ...child,
          dependsOn: new DatabaseMigrationComponent(
            `${name}-migration`,
            {
              context,
              functionName: this.migrate.functionName,
              codeHash: migrateCode.hash,
              databaseResourceId: database.resourceId,
            },
            { ...opts, dependsOn: database },
          ),
        }
      : child;

    this.payment = new LambdaComponent(
      `${name}-payment`,
      {
        ...common,
        purpose: "payment",
        description: "Makes, moves and reads payments",
        code: functionCode("payments/payment").archive,
        settings: config.functions,
        reservedConcurrency: config.functions.reservedConcurrency,
        environment: {
          ...apiEnvironment,
          IDEMPOTENCY_TABLE: idempotencyTable.tableName,
          STATUS_SHARDS: String(config.table.statusShards),
          STATUS_SHARDS_READ: String(config.table.statusShardsRead),
        },
        role: { purpose: "lambda", permissions: paymentPermissions(scope) },
      },
      child,
    );

    this.accounts = new LambdaComponent(
      `${name}-accounts`,
      {
        ...common,
        purpose: "accounts",
        description: "Reads balances and pays out",
        code: functionCode("payments/accounts").archive,
        settings: config.functions,
        reservedConcurrency: config.functions.accountsConcurrency,
        environment: {
          ...apiEnvironment,
          ...databaseEnvironment,
          DB_USER: databaseUsers.accounts,
        },
        role: { purpose: "accounts", permissions: accountsPermissions(scope) },
      },
      onNewSchema,
    );

    this.ledger = new LambdaComponent(
      `${name}-ledger`,
      {
        ...background("ledger"),
        description: "Posts every change of a payment to the ledger",
        code: functionCode("payments/ledger").archive,
        environment: {
          ...databaseEnvironment,
          DB_USER: databaseUsers.ledger,
          AUDIT_BUCKET: auditBucket.bucketName,
          DEAD_LETTER_BUCKET: deadLetterBucket.bucketName,
          CHANGES_PER_DOCUMENT: String(config.ledger.changesPerDocument),
        },
        role: { purpose: "ledger", permissions: ledgerPermissions(scope) },
      },
      onNewSchema,
    );

    this.reconcile = new LambdaComponent(
      `${name}-reconcile`,
      {
        ...background("reconcile"),
        description: "Compares table, ledger and audit documents",
        code: functionCode("payments/reconcile").archive,
        environment: {
          ...databaseEnvironment,
          DB_USER: databaseUsers.reconcile,
          TABLE_NAME: table.tableName,
          STATUS_SHARDS_READ: String(config.table.statusShardsRead),
          AUDIT_BUCKET: auditBucket.bucketName,
          EVERY_MINUTES: String(config.reconciliation.everyMinutes),
          SWEEP_DAYS: String(config.reconciliation.sweepDays),
        },
        role: { purpose: "reconcile", permissions: reconcilePermissions(scope) },
      },
      onNewSchema,
    );
    this.registerOutputs({});
  }
}
