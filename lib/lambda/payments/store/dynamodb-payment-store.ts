import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
} from "@aws-sdk/client-dynamodb";
import type {
  CancellationReason,
  DynamoDBClient,
  TransactWriteItem,
} from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import type { Payment } from "../domain/payment";
import { absentOrExpired, liveAnswer, recordItem, recordKey } from "./idempotency";
import type { KeyedRequest, StoredAnswer } from "./idempotency";
import { toItem, toPayment } from "./payment-item";
import type { Item } from "./payment-item";
import { listShards } from "./status-index";
import type { ShardPage, ShardRead } from "./status-index";
import { shardOf, storedStatus } from "./status-shard";
import type { StatusShards } from "./status-shard";
import type {
  ListPage,
  ListQuery,
  PaymentStore,
  Refusal,
  RefusalResult,
  Write,
  WriteResult,
} from "./payment-store";

/** Reasons why DynamoDB cancels a transaction that pass by themselves (API reference, `TransactWriteItems`). */
const passingReasons = ["TransactionConflict", "ProvisionedThroughputExceeded", "ThrottlingError"];

/** What an update changes of a payment. */
const changing = ["status", "version", "capturedAmount", "refundedAmount"] as const;

/** A payment's key, which tells its place in an index too. */
const keyOf = ({ transactionId, timestamp }: Pick<Payment, "transactionId" | "timestamp">) => ({
  transactionId,
  timestamp,
});

/** Where {@link DynamoDbPaymentStore} keeps things. */
export interface PaymentTables {
  /** The payments. */
  readonly table: string;
  /** The answers under idempotency keys; its hash key is `keyHash`, its TTL attribute `expirationTime`. */
  readonly idempotencyTable: string;
  readonly statusShards: StatusShards;
}

/** Payments in their table, idempotency records in another; a transaction binds the two. */
export class DynamoDbPaymentStore implements PaymentStore {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tables: PaymentTables,
    /** Epoch milliseconds. */
    private readonly now: () => number,
  ) {}

  create(write: Write): Promise<WriteResult> {
    return this.write(write, {
      Put: {
        TableName: this.tables.table,
        Item: toItem(write.payment, this.shardOf(write.payment)),
        ConditionExpression: "attribute_not_exists(transactionId)",
      },
    });
  }

  update(write: Write): Promise<WriteResult> {
    const { payment } = write;
    const changed = changing.filter((name) => payment[name] !== undefined);
    const stored = {
      ...payment,
      status: storedStatus(payment.status, this.shardOf(payment)),
    };
    return this.write(write, {
      Update: {
        TableName: this.tables.table,
        Key: marshall(keyOf(payment)),
        UpdateExpression: `SET ${changed.map((name) => `#${name} = :${name}`).join(", ")}`,
        ConditionExpression: "#version = :before",
        ExpressionAttributeNames: Object.fromEntries(changed.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: marshall({
          ":before": payment.version - 1,
          ...Object.fromEntries(changed.map((name) => [`:${name}`, stored[name]])),
        }),
      },
    });
  }

  async refuse({ request, answer }: Refusal): Promise<RefusalResult> {
    try {
      await this.client.send(new PutItemCommand(this.record(request, answer)));
      return { result: "written" };
    } catch (error) {
      if (error instanceof TransactionConflictException) return { result: "busy" };
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return this.answeredBy(error.Item);
    }
  }

  async answerTo({ keyHash }: KeyedRequest): Promise<StoredAnswer | undefined> {
    const { Item } = await this.client.send(
      new GetItemCommand({
        TableName: this.tables.idempotencyTable,
        Key: recordKey(keyHash),
        ConsistentRead: true,
      }),
    );
    return liveAnswer(Item, this.now());
  }

  async find(transactionId: string): Promise<Payment | undefined> {
    const { Items } = await this.client.send(
      new QueryCommand({
        TableName: this.tables.table,
        KeyConditionExpression: "transactionId = :id",
        ExpressionAttributeValues: { ":id": { S: transactionId } },
        ConsistentRead: true,
        Limit: 1,
      }),
    );
    return Items?.map(toPayment)[0];
  }

  async list({ by, limit, after }: ListQuery): Promise<ListPage> {
    if ("status" in by) {
      const shards = this.tables.statusShards.read;
      return listShards({ shards, limit, after }, ({ shard, ...range }) =>
        this.query("StatusIndex", "status", storedStatus(by.status, shard), range),
      );
    }
    const range = { limit, upTo: undefined, behind: after };
    const { payments, next } = await this.query("UserIdIndex", "userId", by.userId, range);
    return { payments, next: next && { ...next, shard: 0 } };
  }

  /** Payments under a key of an index, newest first. */
  private async query(
    IndexName: string,
    name: string,
    value: string,
    { limit, upTo, behind }: Omit<ShardRead, "shard">,
  ): Promise<ShardPage> {
    const isBound = upTo !== undefined;
    const { Items = [], LastEvaluatedKey } = await this.client.send(
      new QueryCommand({
        TableName: this.tables.table,
        IndexName,
        KeyConditionExpression: `#name = :value${isBound ? " AND #time <= :upTo" : ""}`,
        ExpressionAttributeNames: { "#name": name, ...(isBound && { "#time": "timestamp" }) },
        ExpressionAttributeValues: marshall({ ":value": value, ...(isBound && { ":upTo": upTo }) }),
        ScanIndexForward: false,
        Limit: limit,
        ...(behind !== undefined && {
          ExclusiveStartKey: marshall({ ...keyOf(behind), [name]: value }),
        }),
      }),
    );
    const payments = Items.map(toPayment);
    const last = payments.at(-1);
    const isWhole = LastEvaluatedKey === undefined || last === undefined;
    return { payments, next: isWhole ? undefined : keyOf(last) };
  }

  /** The shard that a payment is written to. */
  private shardOf({ transactionId }: Payment): number {
    return shardOf(transactionId, this.tables.statusShards.written);
  }

  /** One transaction: the answer under its key, and the effect; both or neither. */
  private async write(write: Write, effect: TransactWriteItem): Promise<WriteResult> {
    try {
      await this.client.send(
        new TransactWriteItemsCommand({
          TransactItems: [{ Put: this.record(write.request, write.answer) }, effect],
        }),
      );
      return { result: "written" };
    } catch (error) {
      if (error instanceof TransactionInProgressException) return { result: "busy" };
      if (!(error instanceof TransactionCanceledException)) throw error;
      const result = this.whyCanceled(error.CancellationReasons ?? []);
      if (result === undefined) throw error;
      return result;
    }
  }

  /** How an answer is put under its key where there is none. */
  private record({ keyHash, requestHash }: KeyedRequest, answer: Write["answer"]) {
    const now = this.now();
    return {
      TableName: this.tables.idempotencyTable,
      Item: recordItem(keyHash, { requestHash, ...answer }, now),
      ...absentOrExpired(now),
    };
  }

  /** What the record that was in the way tells. */
  private answeredBy(record: Item | undefined): RefusalResult {
    const answer = liveAnswer(record, this.now());
    // it expired since
    return answer === undefined ? { result: "busy" } : { result: "answered", answer };
  }

  private whyCanceled(reasons: readonly CancellationReason[]): WriteResult | undefined {
    const [record, effect] = reasons;
    if (record?.Code === "ConditionalCheckFailed") return this.answeredBy(record.Item);
    if (effect?.Code === "ConditionalCheckFailed") return { result: "changed" };
    const passes = reasons.some(({ Code }) => passingReasons.some((reason) => reason === Code));
    return passes ? { result: "busy" } : undefined;
  }
}
