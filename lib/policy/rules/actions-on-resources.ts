/** Names of actions, by service: those that read data, and those that write. */
type ActionTable = Readonly<Record<string, string>>;

/** Read data or credentials. */
const reading: ActionTable = {
  dynamodb: "BatchGetItem ExportTableToPointInTime GetItem GetRecords PartiQLSelect Query Scan",
  ecr: "BatchGetImage GetDownloadUrlForLayer",
  kinesis: "GetRecords SubscribeToShard",
  kms: "Decrypt ReEncryptFrom",
  "rds-db": "connect",
  s3: "GetObject GetObjectVersion ListBucket ListBucketVersions",
  secretsmanager: "GetSecretValue",
  sqs: "ReceiveMessage",
  ssm: "GetParameter GetParameterHistory GetParameters GetParametersByPath",
  sts: "AssumeRole",
};

/** Change data, code or messages, stop or delete resources. */
const writing: ActionTable = {
  backup: "DeleteBackupVault DeleteRecoveryPoint StartRestoreJob UpdateRecoveryPointLifecycle",
  cloudformation:
    "CreateChangeSet CreateStack DeleteStack ExecuteChangeSet SetStackPolicy UpdateStack UpdateStackSet",
  cloudtrail: "DeleteTrail PutEventSelectors StopLogging UpdateTrail",
  codebuild: "CreateProject StartBuild StartBuildBatch UpdateProject",
  dynamodb:
    "BatchWriteItem DeleteBackup DeleteItem DeleteTable PartiQLDelete PartiQLInsert PartiQLUpdate PutItem RestoreTableFromBackup RestoreTableToPointInTime UpdateContinuousBackups UpdateItem UpdateTable UpdateTimeToLive",
  ecr: "BatchDeleteImage DeleteRepository PutImage PutImageTagMutability",
  ecs: "DeleteCluster DeleteService ExecuteCommand RunTask StartTask UpdateService",
  elasticache: "DeleteCacheCluster DeleteReplicationGroup ModifyReplicationGroup ModifyUser",
  events:
    "DeleteRule DisableRule InvokeApiDestination PutEvents PutRule PutTargets RemoveTargets UpdateConnection",
  "execute-api": "InvalidateCache Invoke ManageConnections",
  firehose: "DeleteDeliveryStream PutRecord PutRecordBatch UpdateDestination",
  iam: "AddRoleToInstanceProfile AddUserToGroup ChangePassword CreateAccessKey CreateLoginProfile CreateServiceSpecificCredential DeactivateMFADevice DeleteRole DeleteUser EnableMFADevice PassRole ResetServiceSpecificCredential UpdateAccessKey UpdateLoginProfile UpdateOpenIDConnectProviderThumbprint UpdateRole UpdateSAMLProvider UploadSSHPublicKey UploadSigningCertificate",
  kinesis: "DeleteStream PutRecord PutRecords StopStreamEncryption",
  kms: "CreateAlias DeleteAlias DisableKey DisableKeyRotation Encrypt GenerateDataKey GenerateDataKeyPair GenerateDataKeyWithoutPlaintext GenerateMac ImportKeyMaterial ReEncryptTo ReplicateKey ScheduleKeyDeletion Sign UpdateAlias",
  lambda:
    "CreateAlias CreateFunctionUrlConfig DeleteFunction DeleteFunctionCodeSigningConfig InvokeAsync InvokeFunction InvokeFunctionUrl PublishVersion PutFunctionConcurrency UpdateAlias UpdateFunctionCode UpdateFunctionConfiguration UpdateFunctionUrlConfig",
  logs: "DeleteLogGroup DeleteLogStream DeleteRetentionPolicy DeleteSubscriptionFilter DisassociateKmsKey PutLogEvents PutRetentionPolicy PutSubscriptionFilter",
  rds: "AddRoleToDBCluster AddRoleToDBInstance CopyDBSnapshot DeleteDBCluster DeleteDBClusterSnapshot DeleteDBInstance DeleteDBSnapshot ModifyDBCluster ModifyDBClusterSnapshotAttribute ModifyDBInstance ModifyDBParameterGroup ModifyDBSnapshotAttribute RestoreDBClusterFromSnapshot RestoreDBClusterToPointInTime RestoreDBInstanceFromDBSnapshot RestoreDBInstanceToPointInTime StartExportTask StopDBCluster StopDBInstance",
  s3: "DeleteBucket DeleteObject DeleteObjectVersion PutBucketCORS PutBucketLogging PutBucketNotification PutBucketObjectLockConfiguration PutBucketVersioning PutBucketWebsite PutEncryptionConfiguration PutLifecycleConfiguration PutObject PutObjectLegalHold PutObjectRetention PutReplicationConfiguration ReplicateDelete ReplicateObject",
  secretsmanager:
    "DeleteSecret PutSecretValue ReplicateSecretToRegions RotateSecret UpdateSecret UpdateSecretVersionStage",
  sns: "DeleteTopic Publish Subscribe",
  sqs: "ChangeMessageVisibility DeleteMessage DeleteQueue PurgeQueue SendMessage StartMessageMoveTask",
  ssm: "DeleteParameter DeleteParameters PutParameter SendCommand StartAutomationExecution StartSession UpdateDocument",
  states:
    "DeleteStateMachine StartExecution StartSyncExecution StopExecution UpdateStateMachine UpdateStateMachineAlias",
};

/** Change who may do what: AWS's access level "Permissions management". */
const permitting: ActionTable = {
  backup: "DeleteBackupVaultAccessPolicy PutBackupVaultAccessPolicy PutBackupVaultSharingPolicy",
  dynamodb: "DeleteResourcePolicy PutResourcePolicy",
  ecr: "DeleteRepositoryPolicy SetRepositoryPolicy",
  events: "DeleteResourcePolicy PutResourcePolicy",
  iam: "AttachGroupPolicy AttachRolePolicy AttachUserPolicy CreatePolicyVersion DeleteGroupPolicy DeletePolicy DeletePolicyVersion DeleteRolePermissionsBoundary DeleteRolePolicy DeleteUserPermissionsBoundary DeleteUserPolicy DetachGroupPolicy DetachRolePolicy DetachUserPolicy PutGroupPolicy PutRolePermissionsBoundary PutRolePolicy PutUserPermissionsBoundary PutUserPolicy SetDefaultPolicyVersion UpdateAssumeRolePolicy",
  kinesis: "DeleteResourcePolicy PutResourcePolicy",
  kms: "CreateGrant PutKeyPolicy RevokeGrant",
  lambda:
    "AddLayerVersionPermission AddPermission DeleteResourcePolicy PutResourcePolicy RemovePermission",
  logs: "DeleteDataProtectionPolicy PutDataProtectionPolicy PutDestinationPolicy",
  s3: "BypassGovernanceRetention DeleteAccessPointPolicy DeleteBucketPolicy PutAccessPointPolicy PutBucketAcl PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock PutObjectAcl PutObjectVersionAcl",
  secretsmanager: "DeleteResourcePolicy PutResourcePolicy",
  sns: "AddPermission RemovePermission SetTopicAttributes",
  sqs: "AddPermission RemovePermission SetQueueAttributes",
  ssm: "DeleteResourcePolicy ModifyDocumentPermission PutResourcePolicy",
};

/**
 * Actions that are always about a resource, so that "every resource" is more than a task needs. Those of the services
 * that these rules know, whose resource and access level is in the Service Authorization Reference
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html,
 * as of September 2026). Not those that services themselves are given for every resource, as
 * `ec2:CreateNetworkInterface`, and those that only make something new.
 */
export const actionsOnResources: readonly string[] = [permitting, reading, writing].flatMap(
  (table) =>
    Object.entries(table).flatMap(([service, names]) =>
      names.split(" ").map((name) => `${service}:${name}`),
    ),
);
