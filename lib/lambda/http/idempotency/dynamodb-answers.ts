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
import type { Answers, KeepResult, KeyedAnswer, StoredAnswer, WriteResult } from "./answers";
import { absentOrExpired, liveAnswer, recordItem, recordKey } from "./record";
import type { KeyedRequest } from "./request";

/** Reasons why DynamoDB cancels a transaction that pass by themselves (API reference, `TransactWriteItems`). */
const passingReasons = ["TransactionConflict", "ProvisionedThroughputExceeded", "ThrottlingError"];

/** Answers in a table of their own; one transaction binds an answer to its effects, in whatever table. */
export class DynamoDbAnswers implements Answers<TransactWriteItem> {
  constructor(
    private readonly client: DynamoDBClient,
    /** Its hash key is `keyHash`, its TTL attribute `expirationTime`. */
    private readonly table: string,
    /** Epoch milliseconds. */
    private readonly now: () => number,
  ) {}

  async find({ keyHash }: KeyedRequest): Promise<StoredAnswer | undefined> {
    const { Item } = await this.client.send(
      new GetItemCommand({ TableName: this.table, Key: recordKey(keyHash), ConsistentRead: true }),
    );
    return liveAnswer(Item, this.now());
  }

  async keep(answer: KeyedAnswer): Promise<KeepResult> {
    try {
      await this.client.send(new PutItemCommand(this.record(answer)));
      return { result: "written" };
    } catch (error) {
      if (error instanceof TransactionConflictException) return { result: "busy" };
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return this.answeredBy(error.Item);
    }
  }

  /** @param effects - At most 99: a transaction has 100 items. */
  async keepWith(answer: KeyedAnswer, effects: readonly TransactWriteItem[]): Promise<WriteResult> {
    try {
      await this.client.send(
        new TransactWriteItemsCommand({
          TransactItems: [{ Put: this.record(answer) }, ...effects],
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
  private record({ request: { keyHash, requestHash }, answer }: KeyedAnswer) {
    const now = this.now();
    return {
      TableName: this.table,
      Item: recordItem(keyHash, { requestHash, ...answer }, now),
      ...absentOrExpired(now),
    };
  }

  /** What the record that was in the way says. */
  private answeredBy(record: Record<string, AttributeValue> | undefined): KeepResult {
    const answer = liveAnswer(record, this.now());
    // it expired since
    return answer === undefined ? { result: "busy" } : { result: "answered", answer };
  }

  private whyCanceled(reasons: readonly CancellationReason[]): WriteResult | undefined {
    const [record, ...effects] = reasons;
    if (record?.Code === "ConditionalCheckFailed") return this.answeredBy(record.Item);
    if (effects.some(({ Code }) => Code === "ConditionalCheckFailed")) return { result: "changed" };
    const passes = reasons.some(({ Code }) => passingReasons.some((reason) => reason === Code));
    return passes ? { result: "busy" } : undefined;
  }
}
