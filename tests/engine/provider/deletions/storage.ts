import { DeleteTableCommand, DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { DeleteAliasCommand, ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms";
import {
  DeleteDBInstanceCommand,
  DeleteDBParameterGroupCommand,
  DeleteDBSubnetGroupCommand,
  DescribeDBInstancesCommand,
} from "@aws-sdk/client-rds";
import {
  DeleteBucketCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectsCommand,
  DeletePublicAccessBlockCommand,
  ListObjectVersionsCommand,
  PutBucketLoggingCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
} from "@aws-sdk/client-s3";
import { DeleteSecretCommand } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import type { LocalCloud } from "../../../../lib/local/resource";
import { ready } from "../../../../lib/local/resources/creator";
import { byId, deletion, forgotten } from "./deletion";
import type { Deletions } from "./deletion";

const inBucket = { bucket: z.string() };

/** All versions and delete markers of a bucket, as `forceDestroy` asks. */
async function empty(Bucket: string, { clients: { s3 } }: LocalCloud): Promise<void> {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(
    new ListObjectVersionsCommand({ Bucket }),
  );
  const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
  if (Objects.length > 0) {
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  }
}

/** True once a call fails for want of what it is about. */
async function isGone(call: Promise<unknown>): Promise<true | undefined> {
  return call.then(
    () => undefined,
    () => true as const,
  );
}

/** What holds data, and the keys that encrypt it. */
export const storageDeletions: Deletions = {
  "aws:dynamodb/table:Table": deletion(byId, async ({ id }, { clients: { dynamoDb } }) => {
    await dynamoDb.send(new DeleteTableCommand({ TableName: id }));
    await ready(`end of table ${id}`, () =>
      isGone(dynamoDb.send(new DescribeTableCommand({ TableName: id }))),
    );
  }),
  "aws:s3/bucket:Bucket": deletion(
    { ...byId, forceDestroy: z.boolean().optional() },
    async ({ id, forceDestroy }, cloud) => {
      if (forceDestroy === true) await empty(id, cloud);
      await cloud.clients.s3.send(new DeleteBucketCommand({ Bucket: id }));
    },
  ),
  "aws:s3/bucketPolicy:BucketPolicy": deletion(inBucket, ({ bucket }, { clients: { s3 } }) =>
    s3.send(new DeleteBucketPolicyCommand({ Bucket: bucket })),
  ),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": deletion(
    inBucket,
    ({ bucket }, { clients: { s3 } }) =>
      s3.send(new DeletePublicAccessBlockCommand({ Bucket: bucket })),
  ),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": deletion(
    inBucket,
    ({ bucket }, { clients: { s3 } }) =>
      s3.send(new DeleteBucketOwnershipControlsCommand({ Bucket: bucket })),
  ),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    deletion(inBucket, ({ bucket }, { clients: { s3 } }) =>
      s3.send(new DeleteBucketEncryptionCommand({ Bucket: bucket })),
    ),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": deletion(
    inBucket,
    ({ bucket }, { clients: { s3 } }) =>
      s3.send(new DeleteBucketLifecycleCommand({ Bucket: bucket })),
  ),
  "aws:s3/bucketLogging:BucketLogging": deletion(inBucket, ({ bucket }, { clients: { s3 } }) =>
    s3.send(new PutBucketLoggingCommand({ Bucket: bucket, BucketLoggingStatus: {} })),
  ),
  "aws:s3/bucketNotification:BucketNotification": deletion(
    inBucket,
    ({ bucket }, { clients: { s3 } }) =>
      s3.send(
        new PutBucketNotificationConfigurationCommand({
          Bucket: bucket,
          NotificationConfiguration: {},
        }),
      ),
  ),
  "aws:s3/bucketVersioning:BucketVersioning": deletion(
    inBucket,
    ({ bucket }, { clients: { s3 } }) =>
      s3.send(
        new PutBucketVersioningCommand({
          Bucket: bucket,
          VersioningConfiguration: { Status: "Suspended" },
        }),
      ),
  ),
  // it is for ever
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": forgotten,
  "aws:rds/instance:Instance": deletion(
    {
      identifier: z.string(),
      skipFinalSnapshot: z.boolean().optional(),
      finalSnapshotIdentifier: z.string().optional(),
      masterUserSecrets: z.array(z.object({ secretArn: z.string() })),
    },
    async (instance, { clients: { rds, secretsManager } }) => {
      const DBInstanceIdentifier = instance.identifier;
      await rds.send(
        new DeleteDBInstanceCommand({
          DBInstanceIdentifier,
          SkipFinalSnapshot: instance.skipFinalSnapshot,
          FinalDBSnapshotIdentifier: instance.finalSnapshotIdentifier,
        }),
      );
      await ready(`end of database ${DBInstanceIdentifier}`, () =>
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
  "aws:rds/subnetGroup:SubnetGroup": deletion(byId, ({ id }, { clients: { rds } }) =>
    rds.send(new DeleteDBSubnetGroupCommand({ DBSubnetGroupName: id })),
  ),
  "aws:rds/parameterGroup:ParameterGroup": deletion(byId, ({ id }, { clients: { rds } }) =>
    rds.send(new DeleteDBParameterGroupCommand({ DBParameterGroupName: id })),
  ),
  "aws:secretsmanager/secret:Secret": deletion(
    { ...byId, recoveryWindowInDays: z.number() },
    ({ id, recoveryWindowInDays: days }, { clients: { secretsManager } }) =>
      secretsManager.send(
        new DeleteSecretCommand({
          SecretId: id,
          ...(days === 0 ? { ForceDeleteWithoutRecovery: true } : { RecoveryWindowInDays: days }),
        }),
      ),
  ),
  "aws:secretsmanager/secretVersion:SecretVersion": forgotten,
  "aws:kms/key:Key": deletion(
    { ...byId, deletionWindowInDays: z.number().optional() },
    ({ id, deletionWindowInDays }, { clients: { kms } }) =>
      kms.send(
        new ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays: deletionWindowInDays }),
      ),
  ),
  "aws:kms/alias:Alias": deletion(byId, ({ id }, { clients: { kms } }) =>
    kms.send(new DeleteAliasCommand({ AliasName: id })),
  ),
};
