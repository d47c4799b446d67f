import { QueryCommand } from "@aws-sdk/client-dynamodb";
import type { DynamoDBClient, TransactWriteItem } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import type {
  KeyedResponse,
  SaveResult,
  StoredResponse,
  WriteResult,
} from "../../http/idempotency/response-store";
import { DynamoDbResponseStore } from "../../http/idempotency/dynamodb-response-store";
import type { KeyedRequest } from "../../http/idempotency/request";
import type { Payment } from "../domain/payment";
import { toItem, toPayment } from "./payment-item";
import { listShards } from "./status-index";
import type { ShardPage, ShardRead } from "./status-index";
import { shardOf, storedStatus } from "./status-shard";
import type { StatusShards } from "./status-shard";
import type { ListPage, ListQuery, PaymentStore, Write } from "./payment-store";

/** What an update changes of a payment. */
const changing = ["status", "version", "capturedAmount", "refundedAmount"] as const;

/** A payment's key, which is its place in an index too. */
const keyOf = ({ transactionId, timestamp }: Pick<Payment, "transactionId" | "timestamp">) => ({
  transactionId,
  timestamp,
});

/** The tables of {@link DynamoDbPaymentStore}. */
export interface PaymentTables {
  /** The payments. */
  readonly table: string;
  /** The responses under idempotency keys; its hash key is `keyHash`, its TTL attribute `expirationTime`. */
  readonly idempotencyTable: string;
  readonly statusShards: StatusShards;
}

/** Payments in their table, idempotency records in another; a transaction writes both. */
export class DynamoDbPaymentStore implements PaymentStore {
  private readonly responses: DynamoDbResponseStore;

  constructor(
    private readonly client: DynamoDBClient,
    private readonly tables: PaymentTables,
    /** Epoch milliseconds. */
    now: () => number,
  ) {
    this.responses = new DynamoDbResponseStore(client, tables.idempotencyTable, now);
  }

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

  refuse(refusal: KeyedResponse): Promise<SaveResult> {
    return this.responses.save(refusal);
  }

  findResponse(request: KeyedRequest): Promise<StoredResponse | undefined> {
    return this.responses.find(request);
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

  /** One transaction: the response under its key, and the effect; both or neither. */
  private write({ request, response }: Write, effect: TransactWriteItem): Promise<WriteResult> {
    return this.responses.saveWith({ request, response }, [effect]);
  }
}
