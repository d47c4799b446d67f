import { createHash } from "node:crypto";
import type { AttributeValue, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBClient as Dynamo } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import type { Client } from "pg";
import * as z from "zod";
import { ownKey } from "../../../lib/lambda/payments/ledger/document";

/** A change of a payment in a history. */
export interface PastChange {
  readonly payment: number;
  readonly version: number;
  /** Epoch milliseconds. */
  readonly time: number;
}

/** What was created in the last hour, and what was created before and changed in it. */
export const recent = { created: 500, changed: 500 };

const hour = 3_600_000;

/**
 * The past of a number of payments, each created, authorized and captured: long ago, but for a thousand
 * that changed in the last hour. Only times are in memory: items, rows and keys are derived from them.
 */
export class History {
  readonly changes: readonly PastChange[];
  private readonly created: readonly number[];
  private readonly numbers: ReadonlyMap<string, number>;

  constructor(
    readonly payments: number,
    now: number,
  ) {
    const isNew = (payment: number) => payment >= payments - recent.created;
    const isRecent = (payment: number, version: number) =>
      isNew(payment) || (version === 3 && payment >= payments - recent.created - recent.changed);
    const all = Array.from({ length: payments * 3 }, (_, at) => ({
      payment: Math.floor(at / 3),
      version: (at % 3) + 1,
    }));
    const past = all.filter(({ payment, version }) => !isRecent(payment, version));
    const late = all.filter(({ payment, version }) => isRecent(payment, version));
    // a month that ended two hours ago, and the last hour
    const spread = (changes: typeof all, start: number, length: number) =>
      changes.map((change, at) => ({
        ...change,
        time: Math.floor(start + (length * at) / changes.length),
      }));
    this.changes = [
      ...spread(past, now - 722 * hour, 720 * hour),
      ...spread(late, now - hour, hour - 60_000),
    ];
    this.created = this.changes.filter(({ version }) => version === 1).map(({ time }) => time);
    this.numbers = new Map(Array.from({ length: payments }, (_, number) => [idOf(number), number]));
  }

  /** A payment's item; undefined for an id that no payment has. */
  item(id: string): Record<string, AttributeValue> | undefined {
    const number = this.numbers.get(id);
    return number === undefined ? undefined : this.numbered(number);
  }

  /** A part of the table, after an item. */
  segment(segment: number, of: number, after: string | undefined, limit: number) {
    const from = after === undefined ? segment : (this.numbers.get(after) ?? 0) + of;
    const items: Record<string, AttributeValue>[] = [];
    for (let number = from; number < this.payments && items.length < limit; number += of)
      items.push(this.numbered(number));
    return items;
  }

  /** The payments that were created from a time on. */
  createdSince(since: number) {
    const first = this.created.findLastIndex((time) => time < since) + 1;
    return this.created.slice(first).map((_, at) => this.numbered(first + at));
  }

  /** The keys of audit documents that follow one. */
  documents(after: string, limit: number): readonly string[] {
    // payments/2026/01/31/20260131T235959.000Z-…
    const [, year, month, day, time] = /\/(\d{4})(\d\d)(\d\d)T(\d{6}\.\d{3})Z/.exec(after) ?? [];
    const clock = time?.replace(/^(\d\d)(\d\d)/, "$1:$2:") ?? "";
    const from = Date.parse(`${String(year)}-${String(month)}-${String(day)}T${clock}Z`);
    let low = 0;
    for (let high = this.changes.length; low < high;) {
      const middle = (low + high) >> 1;
      if ((this.changes[middle]?.time ?? Infinity) < from) low = middle + 1;
      else high = middle;
    }
    return this.changes
      .slice(low, low + limit + 50)
      .map(documentKey)
      .sort()
      .filter((key) => key > after)
      .slice(0, limit);
  }

  private numbered(number: number): Record<string, AttributeValue> {
    return itemOf(number, this.created[number] ?? 0);
  }
}

/** The id of a payment by its number. */
export function idOf(number: number): string {
  return `pay_${createHash("md5").update(String(number)).digest("hex")}`;
}

const userOf = (number: number) => `user-${String(number % 1_000)}`;

/** A captured payment's item. */
export function itemOf(number: number, created: number): Record<string, AttributeValue> {
  return {
    transactionId: { S: idOf(number) },
    timestamp: { N: String(created) },
    userId: { S: userOf(number) },
    amount: { N: "1250" },
    capturedAmount: { N: "1250" },
    currency: { S: "EUR" },
    status: { S: "CAPTURED" },
    version: { N: "3" },
    description: { S: "Two coffees" },
  };
}

function documentKey({ payment, version, time }: PastChange): string {
  return ownKey({
    occurredAt: new Date(time),
    after: { transactionId: idOf(payment), version },
  });
}

/** Numbers of calls. */
export interface Calls {
  table: number;
  bucket: number;
}

/** A page of the table: about 1 MB. */
const pageSize = 3_000;

/** A client that reads a history as if DynamoDB had it: the SDK does all but send the request. */
export function tableOf(
  item: (id: string) => Record<string, AttributeValue> | undefined,
  history: History,
  calls: Calls,
): DynamoDBClient {
  const client = new Dynamo(credentials);
  client.middlewareStack.add(
    (_, { commandName }) =>
      ({ input }) => {
        calls.table += 1;
        return Promise.resolve({ response: undefined, output: outputOf(commandName, input) });
      },
    { step: "serialize", priority: "high" },
  );
  return client;

  function outputOf(command: string | undefined, input: object) {
    if (command === "ScanCommand") return { $metadata: {}, ...scan(input) };
    const values = valuesOf(input);
    const id = values[":id"]?.S;
    if (id !== undefined) return { $metadata: {}, Items: [item(id)].filter((one) => one) };
    const isCaptured = values[":status"]?.S === "CAPTURED";
    const since = Number(values[":since"]?.N);
    return { $metadata: {}, Items: isCaptured ? history.createdSince(since) : [] };
  }

  function scan(input: object) {
    const { Segment = 0, TotalSegments = 1, ExclusiveStartKey } = scanSchema(input);
    const items = history.segment(
      Segment,
      TotalSegments,
      ExclusiveStartKey?.["transactionId"]?.S,
      pageSize,
    );
    const last = items.length < pageSize ? undefined : items.at(-1);
    return {
      Items: items,
      ...(last && {
        LastEvaluatedKey: { transactionId: last["transactionId"], timestamp: last["timestamp"] },
      }),
    };
  }
}

interface ScanInput {
  readonly Segment?: number;
  readonly TotalSegments?: number;
  readonly ExclusiveStartKey?: Record<string, AttributeValue>;
}

const scanSchema = (input: ScanInput) => input;
const valuesOf = (input: { ExpressionAttributeValues?: Record<string, AttributeValue> }) =>
  input.ExpressionAttributeValues ?? {};

/** A client that lists a history's audit documents as if S3 had them. */
export function bucketOf(history: History, calls: Calls): S3Client {
  const client = new S3Client(credentials);
  client.middlewareStack.add(
    () =>
      ({ input }) => {
        calls.bucket += 1;
        const { StartAfter, MaxKeys } = listing.parse(input);
        const keys = history.documents(StartAfter, MaxKeys);
        const output = {
          $metadata: {},
          Contents: keys.map((Key) => ({ Key })),
          IsTruncated: keys.length === MaxKeys,
        };
        return Promise.resolve({ response: undefined, output });
      },
    { step: "serialize", priority: "high" },
  );
  return client;
}

const listing = z.object({ StartAfter: z.string(), MaxKeys: z.int() });

const credentials = {
  region: "eu-central-1",
  credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
};

const insertEntries = `
  INSERT INTO ledger.entries (payment_id, version, kind, currency, occurred_at, posted_at)
  SELECT id, version, (ARRAY['created', 'authorized', 'captured'])[version], 'EUR', time, time
  FROM unnest($1::text[], $2::int[], $3::timestamptz[]) AS change (id, version, time)`;
const insertPostings = `
  INSERT INTO ledger.postings (payment_id, version, account, amount, currency)
  SELECT id, change.version, replace(account, '#', user_id), amount, 'EUR'
  FROM unnest($1::text[], $2::int[], $3::text[]) AS change (id, version, user_id)
  JOIN (VALUES (2, 'customer:#:held', 1250), (2, 'merchant:pending', -1250),
    (3, 'customer:#:held', -1250), (3, 'merchant:pending', 1250),
    (3, 'customer:#:paid', 1250), (3, 'merchant:payable', -1250)
  ) AS line (version, account, amount) ON line.version = change.version`;

/** Changes that are posted by one statement. */
const batch = 20_000;

/** Posts changes at their own times, as no one but the owner of a ledger can. */
export async function fill(owner: Client, changes: readonly PastChange[]): Promise<void> {
  await owner.query("SET session_replication_role = replica"); // checks nothing: all this is sound
  for (let at = 0; at < changes.length; at += batch) {
    const some = changes.slice(at, at + batch);
    const ids = some.map(({ payment }) => idOf(payment));
    const versions = some.map(({ version }) => version);
    const users = some.map(({ payment }) => userOf(payment));
    const times = some.map(({ time }) => new Date(time).toISOString());
    await owner.query(insertEntries, [ids, versions, times]);
    await owner.query(insertPostings, [ids, versions, users]);
  }
  await owner.query("SET session_replication_role = origin");
}
