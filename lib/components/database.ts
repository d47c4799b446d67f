import * as rds from "@pulumi/aws/rds";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { DatabaseComponentArgs } from "./database/args";
import { databaseLogGroups, logExports } from "./database/log-groups";
import { createMasterSecret, givenPassword } from "./database/master-password";
import { createMonitoringRole } from "./database/monitoring-role";
import { parameters } from "./database/parameters";
import { regional } from "../core/context";
import { resourceName } from "../core/names";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";

export type {
  DatabaseComponentArgs,
  DatabaseDescriptions,
  DatabaseSettings,
} from "./database/args";

const port = 5432;
/** Between measurements of the operating system; RDS allows 0, 1, 5, 10, 15, 30 and 60. */
const monitoringIntervalSeconds = 60;
/** The longest retention of Performance Insights that is free. */
const performanceInsightsDays = 7;

/**
 * A PostgreSQL: encrypted, private, TLS only, with sign-in by IAM, exported logs and backups.
 *
 * ### Cost
 *
 * By the hour: `rds.db.t4g.micro` 0.016 USD (11.68 USD a month), `rds.db.t4g.medium` 0.065 USD (47.45 USD a
 * month), `rds.db.m6g.large` 0.159 USD (116.07 USD a month), with a standby `rds.db.m6g.large.multiAz` 0.318 USD
 * (232.14 USD a month). A GB of storage a month: `rds.storage` 0.115 USD, with a standby `rds.storage.multiAz`
 * 0.23 USD; backups of up to its size are free. The secret with the master password: `secret.month` 0.4 USD. A GB
 * of its logs, enhanced monitoring's with them: `logs.ingested` 0.5 USD.
 *
 * @example
 * ```ts
 * import { DatabaseComponent } from "payment-stack";
 *
 * const database = new DatabaseComponent("payouts", {
 *   context,
 *   purpose: "payouts",
 *   descriptions: {
 *     subnetGroup: "Private subnets of the payouts database",
 *     parameterGroup: "PostgreSQL of payouts",
 *     masterSecret: "Master user of the payouts database",
 *   },
 *   databaseName: "payouts",
 *   masterUsername: "payouts_admin",
 *   keyArn: keys.arns.rds,
 *   secretKeyArn: keys.arns.data,
 *   subnetIds: network.privateSubnetIds,
 *   securityGroupId: groups.ids.database,
 *   settings: { ...config.database, instanceClass: "db.t4g.small" },
 *   logs: { retentionDays: 90, keyArn: keys.arns.data },
 * });
 * export const endpoint = database.endpoint;
 * ```
 */
export class DatabaseComponent extends pulumi.ComponentResource {
  readonly instanceArn: pulumi.Output<string>;
  readonly identifier: pulumi.Output<string>;
  /** `db-…`: names the instance in IAM policies of database sign-in. */
  readonly resourceId: pulumi.Output<string>;
  /** `host:port`. */
  readonly endpoint: pulumi.Output<string>;
  readonly address: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly databaseName: pulumi.Output<string>;
  /** The secret with the master user's `{username, password}`. */
  readonly masterSecretArn: pulumi.Output<string>;
  readonly logGroupArns: pulumi.Output<string[]>;
  readonly logGroupNames: pulumi.Output<string[]>;
  readonly parameterGroupName: pulumi.Output<string>;
  readonly subnetGroupName: pulumi.Output<string>;
  readonly monitoringRoleArn: pulumi.Output<string>;

  constructor(name: string, args: DatabaseComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("payments:database:Postgres", name, {}, opts);
    const { context, purpose, purposes, descriptions, settings, transform } = args;
    const { protect, retainData } = context;
    const child = { parent: this };
    const identifier = resourceName(context, purpose);

    const subnetGroup = new rds.SubnetGroup(
      `${name}-subnets`,
      {
        ...regional(context),
        name: identifier,
        description: descriptions.subnetGroup,
        subnetIds: args.subnetIds,
        tags: namedTags(context.tags, identifier),
      },
      child,
    );
    const major = settings.engineVersion.replace(/\..*$/, "");
    // a new major version needs a new group beside the old one, so the name distinguishes them
    const parameterGroupPurpose = purposes?.parameterGroup ?? `${purpose}-postgres`;
    const parameterGroupName = resourceName(context, `${parameterGroupPurpose}${major}`);
    const parameterGroup = new rds.ParameterGroup(
      `${name}-parameters`,
      transformed<rds.ParameterGroupArgs>(
        {
          ...regional(context),
          name: parameterGroupName,
          description: descriptions.parameterGroup,
          family: `postgres${major}`,
          parameters,
          tags: namedTags(context.tags, parameterGroupName),
        },
        transform?.parameterGroup,
      ),
      child,
    );
    const logGroups = databaseLogGroups(name, { context, identifier, logs: args.logs }, this);
    const monitoring = createMonitoringRole(
      name,
      { context, purpose: purposes?.monitoringRole ?? `${purpose}-monitoring`, identifier },
      this,
    );
    // a snapshot outlives its stack, and the next stack of this name takes another
    const snapshotId = new random.RandomId(`${name}-final-snapshot`, { byteLength: 4 }, child);
    const given =
      args.masterPassword === undefined
        ? undefined
        : givenPassword(name, args.masterPassword, this);

    const instance = new rds.Instance(
      `${name}-instance`,
      transformed<rds.InstanceArgs>(
        {
          ...regional(context),
          identifier,
          engine: "postgres",
          engineVersion: settings.engineVersion,
          // RDS would outrun a given minor version, and Pulumi would then plan a downgrade
          autoMinorVersionUpgrade: settings.engineVersion === major,
          // only by changing `engineVersion`
          allowMajorVersionUpgrade: true,
          engineLifecycleSupport: settings.extendedSupport
            ? "open-source-rds-extended-support"
            : "open-source-rds-extended-support-disabled",
          parameterGroupName: parameterGroup.name,
          instanceClass: settings.instanceClass,
          multiAz: settings.multiAz,

          storageType: "gp3",
          allocatedStorage: settings.allocatedStorageGiB,
          maxAllocatedStorage: settings.maxAllocatedStorageGiB,
          storageEncrypted: true,
          kmsKeyId: args.keyArn,

          dbSubnetGroupName: subnetGroup.name,
          vpcSecurityGroupIds: [args.securityGroupId],
          publiclyAccessible: false,
          port,
          caCertIdentifier: "rds-ca-rsa2048-g1",

          dbName: args.databaseName,
          username: args.masterUsername,
          ...(given ?? {
            manageMasterUserPassword: true,
            masterUserSecretKmsKeyId: args.secretKeyArn,
          }),
          iamDatabaseAuthenticationEnabled: true,

          backupRetentionPeriod: settings.backupRetentionDays,
          backupWindow: settings.backupWindow,
          copyTagsToSnapshot: true,
          maintenanceWindow: settings.maintenanceWindow,
          applyImmediately: settings.applyChanges === "now",

          enabledCloudwatchLogsExports: [...logExports],
          monitoringInterval: monitoringIntervalSeconds,
          monitoringRoleArn: monitoring.role.arn,
          performanceInsightsEnabled: settings.performanceInsights,
          ...(settings.performanceInsights && {
            performanceInsightsKmsKeyId: args.keyArn,
            performanceInsightsRetentionPeriod: performanceInsightsDays,
          }),

          deletionProtection: protect,
          deleteAutomatedBackups: !retainData,
          skipFinalSnapshot: !retainData,
          finalSnapshotIdentifier: pulumi.interpolate`${identifier}-final-${snapshotId.hex}`,
          tags: namedTags(context.tags, identifier),
        },
        transform?.instance,
      ),
      {
        ...child,
        protect,
        dependsOn: [...logGroups.flatMap(({ dependsOn }) => dependsOn), monitoring.attachment],
      },
    );

    this.instanceArn = instance.arn;
    this.identifier = instance.identifier;
    this.resourceId = instance.resourceId;
    this.endpoint = instance.endpoint;
    this.address = instance.address;
    this.port = instance.port;
    this.databaseName = instance.dbName;
    this.masterSecretArn =
      given === undefined
        ? managedSecretArn(instance)
        : createMasterSecret(
            name,
            {
              context,
              purpose: `${purpose}-master`,
              description: descriptions.masterSecret,
              keyArn: args.secretKeyArn,
              username: args.masterUsername,
              password: given,
              instance,
            },
            this,
          ).arn;
    this.logGroupArns = pulumi.all(logGroups.map(({ arn }) => arn));
    this.logGroupNames = pulumi.all(logGroups.map((group) => group.name));
    this.parameterGroupName = parameterGroup.name;
    this.subnetGroupName = subnetGroup.name;
    this.monitoringRoleArn = monitoring.role.arn;
    this.registerOutputs({
      instanceArn: this.instanceArn,
      identifier: this.identifier,
      resourceId: this.resourceId,
      endpoint: this.endpoint,
      databaseName: this.databaseName,
      masterSecretArn: this.masterSecretArn,
      logGroupArns: this.logGroupArns,
    });
  }
}

/** The secret that RDS made; empty only in the preview of a change from a given password, before RDS makes it. */
function managedSecretArn(instance: rds.Instance): pulumi.Output<string> {
  return instance.masterUserSecrets.apply(([secret]) => secret?.secretArn ?? "");
}
