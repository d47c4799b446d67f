import { DatabaseComponent } from "../../components/database";
import { DynamoDbComponent } from "../../components/dynamodb";
import { IdempotencyTableComponent } from "../../components/idempotency-table";
import { S3Component } from "../../components/s3";
import { ledgerDatabase } from "./database";
import { transactionsTable } from "./table";
import type { Foundation } from "../../foundation/foundation";
import type { ProgramInputs } from "../contract";
import type { PaymentsSettings } from "./settings";

/** Registers what holds the payments' data: database, tables, buckets. */
export function buildStorage(
  foundation: Foundation,
  settings: PaymentsSettings,
  inputs: ProgramInputs,
) {
  const { name, child, context, network } = foundation;
  const keyArn = foundation.key("data").arn;
  const { objectLockDays, objectLockMode, ...audit } = settings.audit;
  const objectLock =
    objectLockDays === null ? null : { mode: objectLockMode, days: objectLockDays };

  const database = new DatabaseComponent(
    `${name}-database`,
    {
      context,
      ...ledgerDatabase,
      keyArn: foundation.key("rds").arn,
      secretKeyArn: keyArn,
      subnetIds: network.privateSubnetIds,
      securityGroupId: foundation.securityGroup("database").id,
      settings: settings.database,
      ...(inputs.dbPassword !== undefined && { masterPassword: inputs.dbPassword }),
      logs: foundation.logs,
    },
    child,
  );
  const table = new DynamoDbComponent(
    `${name}-table`,
    { context, ...transactionsTable, keyArn },
    child,
  );
  const idempotencyTable = new IdempotencyTableComponent(
    `${name}-answers`,
    { context, purpose: "idempotency", keyArn },
    child,
  );
  const auditBucket = new S3Component(
    `${name}-audit`,
    {
      context,
      purpose: "audit",
      keyArn,
      retention: { ...audit, objectLock },
      writeOnce: true,
    },
    child,
  );
  const deadLetters = new S3Component(
    `${name}-dead-letters`,
    {
      context,
      purpose: "dead-letters",
      keyArn,
      // in STANDARD for a redrive, which deletes them; deleted versions are retained for as long as in the audit bucket
      retention: {
        ...audit,
        glacierAfterDays: null,
        noncurrentGlacierAfterDays: null,
        objectLock: null,
      },
      writeOnce: false,
    },
    child,
  );
  return { database, table, idempotencyTable, audit: auditBucket, deadLetters };
}

/** What holds the payments' data. */
export type PaymentsStorage = ReturnType<typeof buildStorage>;
