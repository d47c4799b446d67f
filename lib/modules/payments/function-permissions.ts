import type { PolicyStatement } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { AwsLocation } from "../../types";

/** The PostgreSQL role that each function signs in as; the first migration creates them. */
export const databaseUsers = {
  accounts: "payment_api",
  ledger: "ledger_writer",
  reconcile: "ledger_reader",
} as const;

/** What the permissions of a stack's functions name. */
export interface PermissionScope {
  readonly aws: AwsLocation;
  readonly tableArn: pulumi.Output<string>;
  readonly idempotencyTableArn: pulumi.Output<string>;
  readonly streamArn: pulumi.Output<string>;
  readonly databaseResourceId: pulumi.Output<string>;
  readonly masterSecretArn: pulumi.Output<string>;
  readonly auditBucketArn: pulumi.Output<string>;
  readonly deadLetterBucketArn: pulumi.Output<string>;
}

/**
 * Stores and reads payments. The key of the table needs no permission of its own: its policy lets
 * this account use it through DynamoDB.
 */
export function paymentPermissions(scope: PermissionScope): PolicyStatement[] {
  return [
    {
      Sid: "Payments",
      Effect: "Allow",
      Action: ["dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"],
      Resource: [scope.tableArn, pulumi.interpolate`${scope.tableArn}/index/*`],
    },
    {
      Sid: "Answers",
      Effect: "Allow",
      Action: ["dynamodb:PutItem", "dynamodb:GetItem"],
      Resource: scope.idempotencyTableArn,
    },
  ];
}

/** Reads balances and pays out; checks that the table is there. */
export function accountsPermissions(scope: PermissionScope): PolicyStatement[] {
  return [
    {
      Sid: "Health",
      Effect: "Allow",
      Action: "dynamodb:GetItem",
      Resource: scope.tableArn,
    },
    signIn(scope, databaseUsers.accounts),
  ];
}

/** Reads the master password, to create schema and roles. */
export function migratePermissions(scope: PermissionScope): PolicyStatement[] {
  return [
    {
      Sid: "MasterPassword",
      Effect: "Allow",
      Action: "secretsmanager:GetSecretValue",
      Resource: scope.masterSecretArn,
    },
  ];
}

/** Reads the table's changes, posts them, writes audit documents, and dead letters of what it cannot post. */
export function ledgerPermissions(scope: PermissionScope): PolicyStatement[] {
  return [
    {
      Sid: "Changes",
      Effect: "Allow",
      Action: [
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:ListStreams",
      ],
      Resource: scope.streamArn,
    },
    {
      Sid: "AuditDocuments",
      Effect: "Allow",
      Action: ["s3:PutObject", "s3:GetObject"],
      Resource: pulumi.interpolate`${scope.auditBucketArn}/*`,
    },
    {
      Sid: "DeadLetters",
      Effect: "Allow",
      Action: "s3:PutObject",
      Resource: pulumi.interpolate`${scope.deadLetterBucketArn}/*`,
    },
    {
      // Lambda itself writes a batch there before it expires in the stream
      Sid: "DeadLetterBucket",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: scope.deadLetterBucketArn,
    },
    signIn(scope, databaseUsers.ledger),
  ];
}

/** Reads table and ledger, and lists the audit documents. */
export function reconcilePermissions(scope: PermissionScope): PolicyStatement[] {
  return [
    {
      Sid: "Payments",
      Effect: "Allow",
      Action: ["dynamodb:Scan", "dynamodb:Query"],
      Resource: scope.tableArn,
    },
    {
      Sid: "NewPayments",
      Effect: "Allow",
      Action: "dynamodb:Query",
      Resource: pulumi.interpolate`${scope.tableArn}/index/StatusIndex`,
    },
    {
      Sid: "AuditDocuments",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: scope.auditBucketArn,
    },
    signIn(scope, databaseUsers.reconcile),
  ];
}

/** IAM database authentication as one PostgreSQL role of one instance. */
function signIn({ aws, databaseResourceId }: PermissionScope, user: string): PolicyStatement {
  return {
    Sid: "DatabaseSignIn",
    Effect: "Allow",
    Action: "rds-db:connect",
    Resource: pulumi.interpolate`arn:${aws.partition}:rds-db:${aws.region}:${aws.accountId}:dbuser:${databaseResourceId}/${user}`,
  };
}
