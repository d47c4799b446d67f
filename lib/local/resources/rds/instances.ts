import { randomUUID } from "node:crypto";
import {
  CreateDBInstanceCommand,
  DeleteDBInstanceCommand,
  DescribeDBInstancesCommand,
} from "@aws-sdk/client-rds";
import { CreateSecretCommand, DeleteSecretCommand } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import { isCreatable } from "../../../catalogue/postgres-versions";
import type { LocalCloud, ResourceTypes } from "../../resource";
import {
  creator,
  flag,
  ignoredOnCreate,
  number,
  required,
  tagList,
  tags,
  text,
  texts,
  waitUntilReady,
} from "../creator";
import { deletion, isGone } from "../deletion";
import { refusal } from "../refusal";
import { updateInstance } from "./instance-update";
import { address, prepareServer } from "./postgres-server";

const instance = creator(
  {
    identifier: z.string(),
    engine: z.literal("postgres"),
    engineVersion: text,
    engineLifecycleSupport: text,
    instanceClass: z.string(),
    multiAz: flag,
    availabilityZone: text,
    storageType: text,
    allocatedStorage: number,
    maxAllocatedStorage: number,
    storageEncrypted: flag,
    kmsKeyId: text,
    iops: number,
    storageThroughput: number,
    dbSubnetGroupName: text,
    vpcSecurityGroupIds: texts,
    publiclyAccessible: flag,
    networkType: text,
    port: ignoredOnCreate, // that of the real server
    caCertIdentifier: text,
    parameterGroupName: text,
    dbName: text,
    username: z.string(),
    password: text,
    passwordWo: text,
    passwordWoVersion: ignoredOnCreate,
    manageMasterUserPassword: flag,
    masterUserSecretKmsKeyId: text,
    iamDatabaseAuthenticationEnabled: flag,
    backupRetentionPeriod: number,
    backupWindow: text,
    copyTagsToSnapshot: flag,
    maintenanceWindow: text,
    autoMinorVersionUpgrade: flag,
    allowMajorVersionUpgrade: ignoredOnCreate,
    applyImmediately: ignoredOnCreate,
    enabledCloudwatchLogsExports: texts,
    monitoringInterval: number,
    monitoringRoleArn: text,
    performanceInsightsEnabled: flag,
    performanceInsightsKmsKeyId: text,
    performanceInsightsRetentionPeriod: number,
    databaseInsightsMode: z.enum(["standard", "advanced"]).optional(),
    deletionProtection: flag,
    deleteAutomatedBackups: ignoredOnCreate,
    skipFinalSnapshot: ignoredOnCreate,
    finalSnapshotIdentifier: ignoredOnCreate,
    tags,
  },
  async (args, cloud) => {
    const { rds } = cloud.clients;
    const { database } = cloud;
    // what CreateDBInstance says of a minor version that RDS has withdrawn
    if (args.engineVersion !== undefined && !isCreatable(args.engineVersion)) {
      throw refusal(
        "InvalidParameterCombination",
        `Cannot find version ${args.engineVersion} for postgres`,
      );
    }
    if (args.username !== database.masterUser) {
      throw new Error(
        `master user ${args.username} is not the local PostgreSQL's, ${database.masterUser}`,
      );
    }
    const password = args.passwordWo ?? args.password ?? database.masterPassword;
    const identifier = args.identifier;
    await prepareServer(cloud, args.dbName, password);
    await rds.send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier: identifier,
        Engine: args.engine,
        EngineVersion: args.engineVersion,
        EngineLifecycleSupport: args.engineLifecycleSupport,
        DBInstanceClass: args.instanceClass,
        MultiAZ: args.multiAz,
        AvailabilityZone: args.availabilityZone,
        StorageType: args.storageType,
        AllocatedStorage: args.allocatedStorage,
        MaxAllocatedStorage: args.maxAllocatedStorage,
        StorageEncrypted: args.storageEncrypted,
        KmsKeyId: args.kmsKeyId,
        Iops: args.iops,
        StorageThroughput: args.storageThroughput,
        DBSubnetGroupName: args.dbSubnetGroupName,
        VpcSecurityGroupIds: args.vpcSecurityGroupIds,
        PubliclyAccessible: args.publiclyAccessible,
        NetworkType: args.networkType,
        Port: database.port,
        CACertificateIdentifier: args.caCertIdentifier,
        DBParameterGroupName: args.parameterGroupName,
        DBName: args.dbName,
        MasterUsername: args.username,
        // the emulator does not manage passwords; see the secret below
        MasterUserPassword: password,
        EnableIAMDatabaseAuthentication: args.iamDatabaseAuthenticationEnabled,
        BackupRetentionPeriod: args.backupRetentionPeriod,
        PreferredBackupWindow: args.backupWindow,
        CopyTagsToSnapshot: args.copyTagsToSnapshot,
        PreferredMaintenanceWindow: args.maintenanceWindow,
        AutoMinorVersionUpgrade: args.autoMinorVersionUpgrade,
        EnableCloudwatchLogsExports: args.enabledCloudwatchLogsExports,
        MonitoringInterval: args.monitoringInterval,
        MonitoringRoleArn: args.monitoringRoleArn,
        EnablePerformanceInsights: args.performanceInsightsEnabled,
        PerformanceInsightsKMSKeyId: args.performanceInsightsKmsKeyId,
        PerformanceInsightsRetentionPeriod: args.performanceInsightsRetentionPeriod,
        DatabaseInsightsMode: args.databaseInsightsMode,
        DeletionProtection: args.deletionProtection,
        Tags: tagList(args.tags),
      }),
    );
    const created = await waitUntilReady(`database ${identifier}`, async () => {
      const { DBInstances } = await rds.send(
        new DescribeDBInstancesCommand({ DBInstanceIdentifier: identifier }),
      );
      return DBInstances?.find(({ DBInstanceStatus }) => DBInstanceStatus === "available");
    });
    const resourceId = required(created.DbiResourceId, "DbiResourceId");
    const arn = required(created.DBInstanceArn, "DBInstanceArn");
    return {
      id: resourceId,
      outputs: {
        arn,
        resourceId,
        address,
        port: database.port,
        endpoint: `${address}:${String(database.port)}`,
        engineVersionActual: created.EngineVersion,
        status: created.DBInstanceStatus,
        masterUserSecrets:
          args.manageMasterUserPassword === true
            ? [await managedSecret(cloud, { arn, password, keyId: args.masterUserSecretKmsKeyId })]
            : [],
      },
    };
  },
);

/** The secret that RDS creates for the password that it manages. */
async function managedSecret(
  { clients, database }: LocalCloud,
  instance: { arn: string; password: string; keyId: string | undefined },
) {
  const { ARN } = await clients.secretsManager.send(
    new CreateSecretCommand({
      Name: `rds!db-${randomUUID()}`,
      Description: `Secret associated with primary RDS DB instance: ${instance.arn}`,
      KmsKeyId: instance.keyId,
      SecretString: JSON.stringify({
        username: database.masterUser,
        password: instance.password,
      }),
      Tags: [
        { Key: "aws:rds:primaryDBInstanceArn", Value: instance.arn },
        { Key: "aws:secretsmanager:owningService", Value: "rds" },
      ],
    }),
  );
  return { secretArn: required(ARN, "ARN"), secretStatus: "active", kmsKeyId: instance.keyId };
}

/** Instances; they stand for the real PostgreSQL. */
export const instanceTypes: ResourceTypes = {
  "aws:rds/instance:Instance": {
    create: instance,
    replacedBy: [
      "availabilityZone",
      "backupTarget",
      "characterSetName",
      "customIamInstanceProfile",
      "dbName",
      "engine",
      "identifierPrefix",
      "kmsKeyId",
      "ncharCharacterSetName",
      "restoreToPointInTime",
      "s3Import",
      "snapshotIdentifier",
      "storageEncrypted",
      "timezone",
      "username",
    ],
    update: updateInstance,
    delete: deletion(
      {
        identifier: z.string(),
        skipFinalSnapshot: flag,
        finalSnapshotIdentifier: text,
        masterUserSecrets: z.array(z.object({ secretArn: z.string() })),
      },
      async (instance, { clients: { rds, secretsManager } }) => {
        const DBInstanceIdentifier = instance.identifier;
        await rds.send(
          new DeleteDBInstanceCommand({
            DBInstanceIdentifier,
            // the provider refuses to delete without a decision; RDS refuses both at once
            ...(instance.skipFinalSnapshot === true
              ? { SkipFinalSnapshot: true }
              : {
                  FinalDBSnapshotIdentifier: required(
                    instance.finalSnapshotIdentifier,
                    "finalSnapshotIdentifier",
                  ),
                }),
          }),
        );
        await waitUntilReady(`end of database ${DBInstanceIdentifier}`, () =>
          isGone(rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }))),
        );
        // RDS deletes the secret that it made
        for (const { secretArn } of instance.masterUserSecrets) {
          await secretsManager.send(
            new DeleteSecretCommand({ SecretId: secretArn, ForceDeleteWithoutRecovery: true }),
          );
        }
      },
    ),
  },
};
