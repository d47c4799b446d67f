import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { S3Client } from "@aws-sdk/client-s3";
import type { Queryable } from "../../database/connection";
import { compare } from "./compare";
import type { Findings } from "./findings";
import { readLedger } from "./ledger";
import type { Settings } from "./settings";
import type { Suspects } from "./suspects";
import type { TablePayment } from "./table";

/** What the parts of one run share. */
export interface Run {
  readonly dynamo: DynamoDBClient;
  readonly s3: S3Client;
  /** One connection, which takes one statement at a time. */
  readonly database: Queryable;
  readonly settings: Settings;
  readonly findings: Findings;
  readonly suspects: Suspects;
  readonly clock: Clock;
  /** How long the ledger may lag behind the table, in milliseconds. */
  readonly grace: number;
}

/** A run's clock and time limits. */
export interface Clock {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Waits for that many milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** When to stop looking for suspects, to have time to settle them. */
  readonly workUntil: number;
  /** When to stop altogether, to have time to report. */
  readonly endBy: number;
}

/** Whether there is time to look for more. */
export const hasTime = ({ clock }: Run) => clock.now() < clock.workUntil;

/** Compares payments as the table has them with the ledger, and records those that do not agree. */
export async function compareWithLedger(
  run: Run,
  payments: readonly TablePayment[],
): Promise<void> {
  const ledger = await readLedger(
    run.database,
    payments.map(({ transactionId }) => transactionId),
  );
  const wrong = payments.filter(
    (payment) => compare(payment, ledger.get(payment.transactionId)).length > 0,
  );
  run.findings.checked += payments.length;
  await run.suspects.note(
    wrong.map(({ transactionId }) => transactionId),
    "amounts",
  );
}

/** Records payments of the ledger that the table does not have. */
export async function noteMissing(
  run: Run,
  ids: readonly string[],
  table: ReadonlyMap<string, unknown>,
): Promise<void> {
  const missing = ids.filter((id) => !table.has(id));
  run.findings.checked += missing.length;
  await run.suspects.note(missing, "amounts");
}
