import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
} from "@aws-sdk/client-dynamodb";
import type {
  AttributeValue,
  CancellationReason,
  DynamoDBClient,
  TransactWriteItem,
} from "@aws-sdk/client-dynamodb";
import type {
  KeyedResponse,
  ResponseStore,
  SaveResult,
  StoredResponse,
  WriteResult,
} from "./response-store";
import { absentOrExpired, liveResponse, recordItem, recordKey } from "./record";
import type { KeyedRequest } from "./request";

/** Transient reasons why DynamoDB cancels a transaction (API reference, `TransactWriteItems`). */
const transientReasons = [
  "TransactionConflict",
  "ProvisionedThroughputExceeded",
  "ThrottlingError",
];

/** Responses in a table of their own; one transaction writes a response with its effects, in whatever table. */
export class DynamoDbResponseStore implements ResponseStore<TransactWriteItem> {
  constructor(
    private readonly client: DynamoDBClient,
    /** Its hash key is `keyHash`, its TTL attribute `expirationTime`. */
    private readonly table: string,
    /** Epoch milliseconds. */
    private readonly now: () => number,
  ) {}

  async find({ keyHash }: KeyedRequest): Promise<StoredResponse | undefined> {
    const { Item } = await this.client.send(
      new GetItemCommand({ TableName: this.table, Key: recordKey(keyHash), ConsistentRead: true }),
    );
    return liveResponse(Item, this.now());
  }

  async save(response: KeyedResponse): Promise<SaveResult> {
    try {
      await this.client.send(new PutItemCommand(this.record(response)));
      return { result: "written" };
    } catch (error) {
      if (error instanceof TransactionConflictException) return { result: "busy" };
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return this.duplicateOf(error.Item);
    }
  }

  /** @param effects - At most 99: a transaction has 100 items. */
  async saveWith(
    response: KeyedResponse,
    effects: readonly TransactWriteItem[],
  ): Promise<WriteResult> {
    try {
      await this.client.send(
        new TransactWriteItemsCommand({
          TransactItems: [{ Put: this.record(response) }, ...effects],
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

  /** The item and the condition by which a response is stored under its key where there is none. */
  private record({ request: { keyHash, requestHash }, response }: KeyedResponse) {
    const now = this.now();
    return {
      TableName: this.table,
      Item: recordItem(keyHash, { requestHash, ...response }, now),
      ...absentOrExpired(now),
    };
  }

  /** The result of a write whose key has a record. */
  private duplicateOf(record: Record<string, AttributeValue> | undefined): SaveResult {
    const response = liveResponse(record, this.now());
    // it expired since
    return response === undefined ? { result: "busy" } : { result: "duplicate", response };
  }

  private whyCanceled(reasons: readonly CancellationReason[]): WriteResult | undefined {
    const [record, ...effects] = reasons;
    if (record?.Code === "ConditionalCheckFailed") return this.duplicateOf(record.Item);
    if (effects.some(({ Code }) => Code === "ConditionalCheckFailed")) return { result: "changed" };
    const isTransient = reasons.some(({ Code }) =>
      transientReasons.some((reason) => reason === Code),
    );
    return isTransient ? { result: "busy" } : undefined;
  }
}
