import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Queryable } from "../database/connection";
import { type DifferenceKind, compare } from "./compare";
import { ledgerIdPages, ledgerTime, readLedger } from "./ledger";
import { paymentPages, readPayments } from "./table";

/** One way in which table and ledger disagree about one payment. */
export interface Difference {
  readonly paymentId: string;
  readonly kind: DifferenceKind;
}

/** What a comparison needs and whom it tells. */
export interface ReconciliationOptions {
  readonly dynamo: DynamoDBClient;
  readonly database: Queryable;
  /** How long the ledger may lag behind the table, in milliseconds. */
  readonly grace: number;
  readonly report: (difference: Difference) => void;
  /** Lets that many milliseconds pass. */
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** What was compared. */
export interface Reconciled {
  /** Payments in the table. */
  readonly checked: number;
  /** Payments that changed again while the ledger was given time: the next run compares them. */
  readonly pending: number;
}

/** A payment that did not agree, and the table's version of it at that time. */
interface Suspect {
  readonly transactionId: string;
  readonly version: number | undefined;
}

/** Suspects that are kept until they are looked at again, to bound memory. */
const maxSuspects = 1_000;
/** Milliseconds between two looks at the suspects. */
const lookInterval = 1_000;

/**
 * Compares every payment of the table with the ledger, and every payment of the ledger with the table.
 *
 * Both change meanwhile. A payment that does not agree is therefore looked at again until it does, or
 * until the grace is over; then it is a difference if the table's version is the one of the first look,
 * and pending if the payment has moved on.
 */
export async function reconcile(options: ReconciliationOptions): Promise<Reconciled> {
  const { dynamo, database } = options;
  const start = await ledgerTime(database);
  let checked = 0;
  let pending = 0;
  let inLedger = 0;
  let suspects: Suspect[] = [];

  for await (const page of paymentPages(dynamo)) {
    const ledger = await readLedger(
      database,
      page.map(({ transactionId }) => transactionId),
      start,
    );
    for (const { transactionId, payment } of page) {
      const posted = ledger.get(transactionId);
      if (posted?.postedBefore === true) inLedger += 1;
      if (compare(payment, posted).length > 0)
        suspects.push({ transactionId, version: payment?.version });
    }
    checked += page.length;
    if (suspects.length >= maxSuspects) {
      pending += await settle(suspects, start, options);
      suspects = [];
    }
  }
  pending += await settle(suspects, start, options);

  // reading the table by id is dear: only if the ledger knows more payments than the table led to
  if ((await countLedger(database, start)) > inLedger) await reportMissing(start, options);
  return { checked, pending };
}

/** Looks at suspects until they agree or the grace is over; returns how many are pending then. */
async function settle(
  suspects: readonly Suspect[],
  start: string,
  options: ReconciliationOptions,
): Promise<number> {
  let left = suspects;
  for (let waited = 0; left.length > 0; waited += lookInterval) {
    const wrong = await lookAgain(left, start, options);
    if (waited >= options.grace) {
      const still = wrong.filter(({ suspect, version }) => suspect.version === version);
      for (const { suspect, kinds } of still)
        for (const kind of kinds) options.report({ paymentId: suspect.transactionId, kind });
      return wrong.length - still.length;
    }
    left = wrong.map(({ suspect }) => suspect);
    if (left.length > 0) await options.sleep(lookInterval);
  }
  return 0;
}

/** Those that still do not agree. The table is read first: the ledger can only be ahead for a moment. */
async function lookAgain(
  suspects: readonly Suspect[],
  start: string,
  { dynamo, database }: ReconciliationOptions,
) {
  const ids = suspects.map(({ transactionId }) => transactionId);
  const table = await readPayments(dynamo, ids);
  const ledger = await readLedger(database, ids, start);
  return suspects
    .map((suspect) => {
      const payment = table.get(suspect.transactionId)?.payment;
      const kinds = compare(payment, ledger.get(suspect.transactionId));
      return { suspect, version: payment?.version, kinds };
    })
    .filter(({ kinds }) => kinds.length > 0);
}

async function countLedger(database: Queryable, start: string): Promise<number> {
  let count = 0;
  for await (const ids of ledgerIdPages(database, start)) count += ids.length;
  return count;
}

async function reportMissing(start: string, options: ReconciliationOptions): Promise<void> {
  for await (const ids of ledgerIdPages(options.database, start)) {
    const table = await readPayments(options.dynamo, ids);
    for (const paymentId of ids)
      if (!table.has(paymentId)) options.report({ paymentId, kind: "missing-in-table" });
  }
}
