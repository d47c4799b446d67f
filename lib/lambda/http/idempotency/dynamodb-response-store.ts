import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  TransactionConflictException,
} from "@aws-sdk/client-dynamodb";
import type { AttributeValue, DynamoDBClient, TransactWriteItem } from "@aws-sdk/client-dynamodb";
import { transact } from "../../aws/transaction";
import type {
  KeyedResponse,
  ResponseStore,
  SaveResult,
  StoredResponse,
  WriteResult,
} from "./response-store";
import { absentOrExpired, liveResponse, recordItem, recordKey } from "./record";
import type { KeyedRequest } from "./request";

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
    const write = await transact(this.client, [this.operation(response), ...effects]);
    if (write.result !== "refused") return write;
    return write.refused.has(0) ? this.duplicateOf(write.refused.get(0)) : { result: "changed" };
  }

  /** The operation by which a transaction stores a response under its key where there is none. */
  operation(response: KeyedResponse): TransactWriteItem {
    return { Put: this.record(response) };
  }

  /** The result of a write whose key has a record. */
  duplicateOf(record: Record<string, AttributeValue> | undefined): SaveResult {
    const response = liveResponse(record, this.now());
    // it expired since
    return response === undefined ? { result: "busy" } : { result: "duplicate", response };
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
}
