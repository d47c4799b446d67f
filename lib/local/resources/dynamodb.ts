import {
  CreateBackupCommand,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  ResourceNotFoundException,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import type { ResourceTypes } from "../resource";
import {
  creator,
  flag,
  number,
  required,
  tagList,
  tags,
  text,
  texts,
  waitUntilReady,
} from "./creator";
import { byId, deletion, isGone, reader } from "./deletion";
import { updater } from "./update";

const keySchema = (hashKey: string, rangeKey: string | undefined) => [
  { AttributeName: hashKey, KeyType: "HASH" as const },
  ...(rangeKey === undefined ? [] : [{ AttributeName: rangeKey, KeyType: "RANGE" as const }]),
];

const index = z.strictObject({
  name: z.string(),
  keySchemas: z.array(
    z.strictObject({ attributeName: z.string(), keyType: z.enum(["HASH", "RANGE"]) }),
  ),
  projectionType: z.enum(["ALL", "KEYS_ONLY", "INCLUDE"]),
  nonKeyAttributes: texts,
  readCapacity: number,
  writeCapacity: number,
});

const throughput = (args: {
  readCapacity?: number | undefined;
  writeCapacity?: number | undefined;
}) =>
  args.readCapacity === undefined || args.writeCapacity === undefined
    ? undefined
    : { ReadCapacityUnits: args.readCapacity, WriteCapacityUnits: args.writeCapacity };

const table = creator(
  {
    name: z.string(),
    billingMode: z.enum(["PAY_PER_REQUEST", "PROVISIONED"]).optional(),
    readCapacity: number,
    writeCapacity: number,
    hashKey: z.string(),
    rangeKey: text,
    attributes: z.array(z.strictObject({ name: z.string(), type: z.enum(["S", "N", "B"]) })),
    globalSecondaryIndexes: z.array(index).optional(),
    ttl: z.strictObject({ attributeName: z.string(), enabled: flag }).optional(),
    streamEnabled: flag,
    streamViewType: z
      .enum(["NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"])
      .optional(),
    pointInTimeRecovery: z
      .strictObject({ enabled: z.boolean(), recoveryPeriodInDays: number })
      .optional(),
    serverSideEncryption: z.strictObject({ enabled: z.boolean(), kmsKeyArn: text }).optional(),
    tableClass: z.enum(["STANDARD", "STANDARD_INFREQUENT_ACCESS"]).optional(),
    deletionProtectionEnabled: flag,
    tags,
  },
  async (args, cloud) => {
    const { dynamoDb } = cloud.clients;
    const TableName = args.name;
    await dynamoDb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: args.billingMode,
        ProvisionedThroughput: throughput(args),
        KeySchema: keySchema(args.hashKey, args.rangeKey),
        AttributeDefinitions: args.attributes.map(({ name, type }) => ({
          AttributeName: name,
          AttributeType: type,
        })),
        GlobalSecondaryIndexes: args.globalSecondaryIndexes?.map((one) => ({
          IndexName: one.name,
          KeySchema: one.keySchemas.map(({ attributeName, keyType }) => ({
            AttributeName: attributeName,
            KeyType: keyType,
          })),
          Projection: {
            ProjectionType: one.projectionType,
            NonKeyAttributes: one.nonKeyAttributes,
          },
          ProvisionedThroughput: throughput(one),
        })),
        StreamSpecification:
          args.streamEnabled === true
            ? { StreamEnabled: true, StreamViewType: args.streamViewType }
            : undefined,
        SSESpecification: args.serverSideEncryption && {
          Enabled: args.serverSideEncryption.enabled,
          SSEType: "KMS",
          KMSMasterKeyId: args.serverSideEncryption.kmsKeyArn,
        },
        TableClass: args.tableClass,
        DeletionProtectionEnabled: args.deletionProtectionEnabled,
        Tags: tagList(args.tags),
      }),
    );
    const { TableArn, LatestStreamArn, LatestStreamLabel } = await waitUntilReady(
      `table ${TableName}`,
      async () => {
        const { Table } = await dynamoDb.send(new DescribeTableCommand({ TableName }));
        return Table?.TableStatus === "ACTIVE" ? Table : undefined;
      },
    );

    if (args.ttl?.enabled === true) {
      await dynamoDb.send(
        new UpdateTimeToLiveCommand({
          TableName,
          TimeToLiveSpecification: { AttributeName: args.ttl.attributeName, Enabled: true },
        }),
      );
    }
    if (args.pointInTimeRecovery?.enabled === true) {
      await dynamoDb.send(
        new UpdateContinuousBackupsCommand({
          TableName,
          PointInTimeRecoverySpecification: {
            PointInTimeRecoveryEnabled: true,
            RecoveryPeriodInDays: args.pointInTimeRecovery.recoveryPeriodInDays,
          },
        }),
      );
    }
    return {
      id: TableName,
      outputs: {
        arn: required(TableArn, "TableArn"),
        streamArn: LatestStreamArn,
        streamLabel: LatestStreamLabel,
      },
    };
  },
);

/** A table's provisioned capacity and its indexes', as autoscaling may have changed them; of a table on demand, nothing. */
const readTable = reader(async (TableName, { clients: { dynamoDb } }) => {
  const { Table } = await dynamoDb
    .send(new DescribeTableCommand({ TableName }))
    .catch((error: unknown) => {
      if (error instanceof ResourceNotFoundException) return { Table: undefined };
      throw error;
    });
  if (Table === undefined) return undefined;
  const units = Table.ProvisionedThroughput;
  if (!units?.ReadCapacityUnits) return {};
  const indexes = Table.GlobalSecondaryIndexes?.map((one) => ({
    name: one.IndexName,
    keySchemas: one.KeySchema?.map(({ AttributeName, KeyType }) => ({
      attributeName: AttributeName,
      keyType: KeyType,
    })),
    projectionType: one.Projection?.ProjectionType,
    nonKeyAttributes: one.Projection?.NonKeyAttributes,
    readCapacity: one.ProvisionedThroughput?.ReadCapacityUnits,
    writeCapacity: one.ProvisionedThroughput?.WriteCapacityUnits,
  }));
  return {
    readCapacity: units.ReadCapacityUnits,
    writeCapacity: units.WriteCapacityUnits,
    ...(indexes !== undefined && { globalSecondaryIndexes: indexes }),
  };
});

/** DynamoDB. */
export const dynamoDbTypes: ResourceTypes = {
  "aws:dynamodb/table:Table": {
    create: table,
    read: readTable,
    replacedBy: [
      "name",
      "hashKey",
      "rangeKey",
      "localSecondaryIndexes",
      "importTable",
      "restoreDateTime",
      "restoreSourceName",
      "restoreSourceTableArn",
      "restoreToLatestTime",
    ],
    update: updater(
      { deletionProtectionEnabled: flag },
      ({ deletionProtectionEnabled }, TableName, { clients: { dynamoDb } }) =>
        dynamoDb.send(
          new UpdateTableCommand({
            TableName,
            DeletionProtectionEnabled: deletionProtectionEnabled,
          }),
        ),
    ),
    delete: deletion(
      { ...byId, pointInTimeRecovery: z.object({ enabled: z.boolean() }).optional() },
      async ({ id, pointInTimeRecovery }, { clients: { dynamoDb } }) => {
        if (pointInTimeRecovery?.enabled === true) {
          // DynamoDB makes it by itself, and keeps it for 35 days (developer guide, PointInTimeRecovery_Howitworks)
          await dynamoDb.send(
            new CreateBackupCommand({ TableName: id, BackupName: `${id}$DeletedTableBackup` }),
          );
        }
        await dynamoDb.send(new DeleteTableCommand({ TableName: id }));
        await waitUntilReady(`end of table ${id}`, () =>
          isGone(dynamoDb.send(new DescribeTableCommand({ TableName: id }))),
        );
      },
    ),
  },
};
