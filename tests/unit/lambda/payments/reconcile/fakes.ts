import {
  DynamoDBClient,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  type ScanCommandInput,
} from "@aws-sdk/client-dynamodb";
import { ListObjectsV2Command, type ListObjectsV2CommandInput, S3Client } from "@aws-sdk/client-s3";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import type { QueryResult, QueryResultRow } from "pg";
import type { Queryable } from "../../../../../lib/lambda/database/connection";
import type { Payment } from "../../../../../lib/lambda/payments/domain/payment";
import { balances } from "../../../../../lib/lambda/payments/ledger/chart";
import { ownKey } from "../../../../../lib/lambda/payments/ledger/document";
import { type Difference, Findings } from "../../../../../lib/lambda/payments/reconcile/findings";
import type { Run } from "../../../../../lib/lambda/payments/reconcile/run";
import { Suspects } from "../../../../../lib/lambda/payments/reconcile/suspects";

/** When the tests begin. */
export const start = Date.parse("2026-03-01T12:00:00.000Z");
export const minute = 60_000;
export const day = 86_400_000;

export interface FakeEntry {
  readonly id: string;
  readonly version: number;
  readonly occurredAt: Date;
  /** Epoch milliseconds. */
  readonly postedAt: number;
  readonly document: string | null;
}

interface Balance {
  readonly account: string;
  readonly currency: string;
  readonly amount: string;
}

/** A database in memory, as far as the reconciliation queries it. */
export class FakeDatabase implements Queryable {
  readonly entries: FakeEntry[] = [];
  readonly sums = new Map<string, readonly Balance[]>();
  /** By payment, when it was noted. */
  readonly suspects = new Map<string, number>();
  readonly checkpoints = new Map<string, unknown>();
  readonly statements: string[] = [];
  /** Who holds the lock. */
  readonly locks = new Set<string>();
  /** Throws when a statement has this in it. */
  broken: string | undefined;

  constructor(private readonly now: () => number) {}

  query<Row extends QueryResultRow>(
    text: string,
    values: unknown[] = [],
  ): Promise<QueryResult<Row>> {
    this.statements.push(text);
    if (this.broken !== undefined && text.includes(this.broken))
      return Promise.reject(new Error("the database is away"));
    const rows = this.rows(text, values);
    return Promise.resolve({
      rows: rows as Row[],
      rowCount: rows.length,
      command: "",
      oid: 0,
      fields: [],
    });
  }

  private rows(text: string, values: unknown[]): object[] {
    const [first, second] = values;
    const ids = new Set(Array.isArray(first) ? first.map(String) : []);
    const among = this.entries.filter(({ id }) => ids.has(id));
    if (text.includes("set_config")) return [];
    if (text.includes("pg_try_advisory_lock")) return [{ locked: this.lock(String(first)) }];
    if (text.includes("pg_advisory_unlock")) {
      this.locks.delete(String(first));
      return [];
    }
    if (text.includes("INTO reconciliation.checkpoints")) {
      this.checkpoints.set(String(first), JSON.parse(String(second)));
      return [];
    }
    if (text.includes("reconciliation.checkpoints"))
      return this.checkpoints.has(String(first))
        ? [{ state: this.checkpoints.get(String(first)) }]
        : [];
    if (text.includes("INTO reconciliation.suspects")) {
      for (const id of ids) if (!this.suspects.has(id)) this.suspects.set(id, this.now());
      return [];
    }
    if (text.includes("DELETE FROM reconciliation.suspects")) {
      for (const id of ids)
        if ((this.suspects.get(id) ?? Infinity) <= Date.parse(String(second)))
          this.suspects.delete(id);
      return [];
    }
    if (text.includes("reconciliation.suspects"))
      return page([...this.suspects.keys()], String(first), Number(second));
    if (text.includes("DISTINCT"))
      return page([...new Set(this.entries.map(({ id }) => id))], String(first), Number(second));
    if (text.includes("ledger.postings"))
      return [...ids].flatMap((id) => (this.sums.get(id) ?? []).map((sum) => ({ id, ...sum })));
    if (text.includes("max(version)"))
      return [...new Set(among.map(({ id }) => id))].map((id) => {
        const versions = among.filter((entry) => entry.id === id).map(({ version }) => version);
        return { id, version: Math.max(...versions), entries: versions.length };
      });
    if (text.includes("make_interval")) return [{ time: iso(this.now() - Number(first) * 1_000) }];
    if (text.includes("posted_at >=")) return this.posted(values);
    return among;
  }

  private posted([at, id, version, before, limit]: unknown[]): object[] {
    const place = (time: number, of: string, number: number) =>
      `${iso(time)} ${of} ${String(number).padStart(9, "0")}`;
    const after = place(Date.parse(String(at)), String(id), Number(version));
    return this.entries
      .filter(({ postedAt }) => postedAt < Date.parse(String(before)))
      .map((entry) => ({ entry, place: place(entry.postedAt, entry.id, entry.version) }))
      .filter((one) => one.place > after)
      .sort((one, other) => (one.place < other.place ? -1 : 1))
      .slice(0, Number(limit))
      .map(({ entry }) => ({ ...entry, postedAt: iso(entry.postedAt) }));
  }

  private lock(name: string): boolean {
    if (this.locks.has(name)) return false;
    this.locks.add(name);
    return true;
  }
}

function page(ids: readonly string[], after: string, limit: number): { id: string }[] {
  return ids
    .filter((id) => id > after)
    .sort()
    .slice(0, limit)
    .map((id) => ({ id }));
}

const iso = (time: number) => new Date(time).toISOString();

/** A stack in memory: table, ledger and audit bucket; time passes only where someone waits for it. */
export class FakeStack {
  readonly dynamo = mockClient(DynamoDBClient);
  readonly s3 = mockClient(S3Client);
  /** Items by id; one id may have several. */
  readonly items = new Map<string, Record<string, unknown>[]>();
  readonly documents = new Set<string>();
  readonly found: Difference[] = [];
  readonly sleeps: number[] = [];
  /** Called when someone waits. */
  onSleep: () => void = () => undefined;
  now = start;
  database = new FakeDatabase(() => this.now);
  /** Items on a page of the table. */
  pageSize = 1_000;
  /** How long a call to the table takes. */
  callTime = 0;

  reset(): void {
    this.dynamo.reset();
    this.s3.reset();
    this.items.clear();
    this.documents.clear();
    this.found.length = 0;
    this.sleeps.length = 0;
    this.onSleep = () => undefined;
    this.now = start;
    this.database = new FakeDatabase(() => this.now);
    this.pageSize = 1_000;
    this.callTime = 0;
    this.dynamo.on(ScanCommand).callsFake((input: ScanCommandInput) => {
      this.now += this.callTime;
      const { Segment = 0, TotalSegments = 1, ExclusiveStartKey } = input;
      const all = [...this.items.values()].filter(
        (_, number) => number % TotalSegments === Segment,
      );
      return this.page(all.flat(), ExclusiveStartKey);
    });
    this.dynamo.on(QueryCommand).callsFake((input: QueryCommandInput) => {
      this.now += this.callTime;
      const values = unmarshall(input.ExpressionAttributeValues ?? {});
      if (input.IndexName === undefined) {
        const items = this.items.get(String(values[":id"]));
        return items === undefined ? {} : { Items: items.map((item) => marshall(item)) };
      }
      const all = [...this.items.values()]
        .flat()
        .filter(
          ({ status, timestamp }) =>
            status === values[":status"] &&
            Number(timestamp) >= Number(values[":since"]) &&
            Number(timestamp) <= Number(values[":until"]),
        );
      return this.page(all, input.ExclusiveStartKey);
    });
    this.s3.on(ListObjectsV2Command).callsFake((input: ListObjectsV2CommandInput) => {
      const { StartAfter = "", MaxKeys = 1_000 } = input;
      const keys = [...this.documents].filter((key) => key > StartAfter).sort();
      return keys.length === 0
        ? {}
        : {
            Contents: keys.slice(0, MaxKeys).map((Key) => ({ Key })),
            IsTruncated: keys.length > MaxKeys,
          };
    });
  }

  /** Puts payments into the table. */
  put(...payments: readonly Payment[]): void {
    for (const payment of payments) this.items.set(payment.transactionId, [{ ...payment }]);
  }

  /** Posts all versions of payments, each with its document, a minute before now. */
  post(...payments: readonly Payment[]): void {
    this.postAt(this.now - minute, ...payments);
  }

  postAt(postedAt: number, ...payments: readonly Payment[]): void {
    for (const payment of payments) {
      for (let version = 1; version <= payment.version; version++) {
        const entry = {
          id: payment.transactionId,
          version,
          occurredAt: new Date(postedAt),
          postedAt,
          document: null,
        };
        if (
          this.database.entries.some(
            ({ id, version: known }) => id === entry.id && known === version,
          )
        )
          continue;
        this.database.entries.push(entry);
        this.documents.add(keyOf(entry));
      }
      this.database.sums.set(payment.transactionId, sumsOf(payment));
    }
  }

  /** Takes entries out of the ledger. */
  forget(which: (entry: FakeEntry) => boolean): void {
    const left = this.database.entries.filter((entry) => !which(entry));
    this.database.entries.splice(0, Infinity, ...left);
  }

  /** A run that has ten minutes for its work, and another for its suspects. */
  run(change: Partial<Run> & { readonly workTime?: number; readonly endTime?: number } = {}): Run {
    const { workTime = 10 * minute, endTime = 11 * minute, ...more } = change;
    return {
      dynamo: new DynamoDBClient({}),
      s3: new S3Client({}),
      database: this.database,
      settings: { table: "transactions", sweepDays: 30, everyMinutes: 60, statusShards: 1 },
      findings: new Findings((difference) => this.found.push(difference)),
      suspects: new Suspects(this.database),
      clock: {
        now: () => this.now,
        sleep: (milliseconds) => {
          this.sleeps.push(milliseconds);
          this.now += milliseconds;
          this.onSleep();
          return Promise.resolve();
        },
        workUntil: this.now + workTime,
        endBy: this.now + endTime,
      },
      grace: 30_000,
      ...more,
    };
  }

  private page(all: readonly Record<string, unknown>[], after: object | undefined) {
    const from =
      after === undefined
        ? 0
        : all.findIndex(({ transactionId }) => transactionId === idIn(after)) + 1;
    const items = all.slice(from, from + this.pageSize);
    const last = items.at(-1);
    return {
      Items: items.map((item) => marshall(item)),
      ...(last &&
        from + this.pageSize < all.length && {
          LastEvaluatedKey: marshall({
            transactionId: last["transactionId"],
            timestamp: last["timestamp"],
          }),
        }),
    };
  }
}

function idIn(key: object): unknown {
  const { transactionId } = unmarshall({ ...key });
  return transactionId;
}

/** Key of an entry's own document. */
export const keyOf = ({ id, version, occurredAt }: FakeEntry) =>
  ownKey({ occurredAt, after: { transactionId: id, version } });

/** What a payment amounts to, as rows. */
export function sumsOf(payment: Payment): readonly Balance[] {
  return [...balances(payment)].map(([account, amount]) => ({
    account,
    currency: payment.currency,
    amount: String(amount),
  }));
}

/** A payment like another, with an id of its own, created a minute before the tests begin. */
export const numbered = (payment: Payment, number: number): Payment => ({
  ...payment,
  transactionId: `pay_${String(number).padStart(32, "0")}`,
  timestamp: start - minute,
});

/** As many payments like another. */
export const many = (payment: Payment, count: number, first = 0) =>
  Array.from({ length: count }, (_, at) => numbered(payment, first + at));
