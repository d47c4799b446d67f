import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import {
  CreateDBInstanceCommand,
  CreateDBParameterGroupCommand,
  CreateDBSubnetGroupCommand,
  DescribeDBInstancesCommand,
  ModifyDBParameterGroupCommand,
} from "@aws-sdk/client-rds";
import { CreateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { Client, escapeIdentifier, escapeLiteral } from "pg";
import * as z from "zod";
import type { LocalCloud, ResourceTypes } from "../resource";
import {
  arnOf,
  creator,
  flag,
  given,
  later,
  number,
  ready,
  tagList,
  tags,
  text,
  texts,
} from "./creator";

const subnetGroup = creator(
  { name: z.string(), description: text, subnetIds: z.array(z.string()), tags },
  async (args, cloud) => {
    await cloud.clients.rds.send(
      new CreateDBSubnetGroupCommand({
        DBSubnetGroupName: args.name,
        DBSubnetGroupDescription: args.description ?? "Managed by Pulumi",
        SubnetIds: args.subnetIds,
        Tags: tagList(args.tags),
      }),
    );
    return { id: args.name, outputs: { arn: arnOf(cloud, "rds", `subgrp:${args.name}`) } };
  },
);

const parameterGroup = creator(
  {
    name: z.string(),
    description: text,
    family: z.string(),
    parameters: z
      .array(
        z.strictObject({
          name: z.string(),
          value: z.string(),
          applyMethod: z.enum(["immediate", "pending-reboot"]).optional(),
        }),
      )
      .optional(),
    skipDestroy: later,
    tags,
  },
  async (args, cloud) => {
    const { rds } = cloud.clients;
    await rds.send(
      new CreateDBParameterGroupCommand({
        DBParameterGroupName: args.name,
        DBParameterGroupFamily: args.family,
        Description: args.description ?? "Managed by Pulumi",
        Tags: tagList(args.tags),
      }),
    );
    const { parameters = [] } = args;
    if (parameters.length > 0) {
      await rds.send(
        new ModifyDBParameterGroupCommand({
          DBParameterGroupName: args.name,
          Parameters: parameters.map(({ name, value, applyMethod }) => ({
            ParameterName: name,
            ParameterValue: value,
            ApplyMethod: applyMethod ?? "immediate",
          })),
        }),
      );
    }
    return { id: args.name, outputs: { arn: arnOf(cloud, "rds", `pg:${args.name}`) } };
  },
);

/** What the server's certificate calls it. */
const address = "localhost";

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
    port: later, // that of the real server
    caCertIdentifier: text,
    parameterGroupName: text,
    dbName: text,
    username: z.string(),
    password: text,
    passwordWo: text,
    passwordWoVersion: later,
    manageMasterUserPassword: flag,
    masterUserSecretKmsKeyId: text,
    iamDatabaseAuthenticationEnabled: flag,
    backupRetentionPeriod: number,
    backupWindow: text,
    copyTagsToSnapshot: flag,
    maintenanceWindow: text,
    autoMinorVersionUpgrade: flag,
    allowMajorVersionUpgrade: later,
    applyImmediately: later,
    enabledCloudwatchLogsExports: texts,
    monitoringInterval: number,
    monitoringRoleArn: text,
    performanceInsightsEnabled: flag,
    performanceInsightsKmsKeyId: text,
    performanceInsightsRetentionPeriod: number,
    databaseInsightsMode: z.enum(["standard", "advanced"]).optional(),
    deletionProtection: flag,
    deleteAutomatedBackups: later,
    skipFinalSnapshot: later,
    finalSnapshotIdentifier: later,
    tags,
  },
  async (args, cloud) => {
    const { rds } = cloud.clients;
    const { database } = cloud;
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
        // the emulator knows no password that RDS manages; see the secret below
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
    const created = await ready(`database ${identifier}`, async () => {
      const { DBInstances } = await rds.send(
        new DescribeDBInstancesCommand({ DBInstanceIdentifier: identifier }),
      );
      return DBInstances?.find(({ DBInstanceStatus }) => DBInstanceStatus === "available");
    });
    const resourceId = given(created.DbiResourceId, "DbiResourceId");
    const arn = given(created.DBInstanceArn, "DBInstanceArn");
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

/** Gives the real server the instance's database and master password. */
async function prepareServer(
  { database }: LocalCloud,
  databaseName: string | undefined,
  password: string,
): Promise<void> {
  const client = new Client({
    host: database.host,
    port: database.port,
    user: database.masterUser,
    password: database.masterPassword,
    database: "postgres",
    ssl: { ca: await readFile(database.caFile, "utf8"), servername: address },
  });
  await client.connect();
  try {
    if (password !== database.masterPassword) {
      const role = escapeIdentifier(database.masterUser);
      await client.query(`ALTER ROLE ${role} PASSWORD ${escapeLiteral(password)}`);
    }
    if (databaseName !== undefined) {
      const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [
        databaseName,
      ]);
      if (rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(databaseName)}`);
    }
  } finally {
    await client.end();
  }
}

/** The secret that RDS makes for the password that it manages. */
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
  return { secretArn: given(ARN, "ARN"), secretStatus: "active", kmsKeyId: instance.keyId };
}

/** RDS; the instance stands for the real PostgreSQL. */
export const rdsTypes: ResourceTypes = {
  "aws:rds/subnetGroup:SubnetGroup": subnetGroup,
  "aws:rds/parameterGroup:ParameterGroup": parameterGroup,
  "aws:rds/instance:Instance": instance,
};
