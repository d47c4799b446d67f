import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
} from "@aws-sdk/client-dynamodb";
import type { CancellationReason } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import type { Payment } from "../../../../../lib/lambda/payments/domain/payment";
import { DynamoDbPaymentStore } from "../../../../../lib/lambda/payments/store/dynamodb-payment-store";
import { shardOf } from "../../../../../lib/lambda/payments/store/status-shard";
import type { StatusShards } from "../../../../../lib/lambda/payments/store/status-shard";

const now = 1_700_000_000_000;
const payment: Payment = {
  transactionId: "pay_00000000000000000000000000000001",
  timestamp: now,
  userId: "user-1",
  amount: 1000,
  currency: "EUR",
  status: "PENDING",
  version: 1,
  description: undefined,
  metadata: { order: "1" },
};
const request = { keyHash: "key", requestHash: "request" };
const response = { statusCode: 201, body: '{"a":1}' };
const record = marshall({
  keyHash: "key",
  requestHash: "request",
  ...response,
  expirationTime: 1_700_086_400,
});
const item = marshall(payment, { removeUndefinedValues: true });

const dynamoDb = mockClient(DynamoDBClient);
const storeOf = (statusShards: StatusShards) =>
  new DynamoDbPaymentStore(
    new DynamoDBClient({}),
    { table: "transactions", idempotencyTable: "idempotency", statusShards },
    () => now,
  );
const store = storeOf({ written: 1, read: 1 });

/** The input of the only call. */
function input(): unknown {
  const calls = dynamoDb.calls();
  expect(calls).toHaveLength(1);
  return calls[0]?.args[0].input;
}

const canceled = (CancellationReasons?: CancellationReason[]) =>
  new TransactionCanceledException({
    message: "Transaction cancelled",
    $metadata: {},
    ...(CancellationReasons !== undefined && { CancellationReasons }),
  });

beforeEach(() => {
  dynamoDb.reset();
});

/** How the response is stored under its key, in whatever call. */
const put = {
  TableName: "idempotency",
  Item: record,
  ConditionExpression: "attribute_not_exists(keyHash) OR expirationTime <= :now",
  ExpressionAttributeValues: { ":now": { N: "1700000000" } },
  ReturnValuesOnConditionCheckFailure: "ALL_OLD",
};
const expired = { ...record, expirationTime: { N: "1700000000" } };

describe("a write", () => {
  const recordPut = { Put: put };

  it("of a new payment is one transaction with the response under its key", async () => {
    dynamoDb.on(TransactWriteItemsCommand).resolves({});

    expect(await store.create({ payment, request, response })).toEqual({ result: "written" });
    expect(input()).toEqual({
      TransactItems: [
        recordPut,
        {
          Put: {
            TableName: "transactions",
            Item: item,
            ConditionExpression: "attribute_not_exists(transactionId)",
          },
        },
      ],
    });
  });

  it("of a payment's next version updates its changed attributes, if the version is still the one before", async () => {
    dynamoDb.on(TransactWriteItemsCommand).resolves({});
    const next: Payment = { ...payment, status: "CAPTURED", version: 3, capturedAmount: 900 };

    expect(await store.update({ payment: next, request, response })).toEqual({ result: "written" });
    expect(input()).toEqual({
      TransactItems: [
        recordPut,
        {
          Update: {
            TableName: "transactions",
            Key: {
              transactionId: { S: payment.transactionId },
              timestamp: { N: String(now) },
            },
            UpdateExpression:
              "SET #status = :status, #version = :version, #capturedAmount = :capturedAmount",
            ConditionExpression: "#version = :before",
            ExpressionAttributeNames: {
              "#status": "status",
              "#version": "version",
              "#capturedAmount": "capturedAmount",
            },
            ExpressionAttributeValues: {
              ":before": { N: "2" },
              ":status": { S: "CAPTURED" },
              ":version": { N: "3" },
              ":capturedAmount": { N: "900" },
            },
          },
        },
      ],
    });
  });

  it.each<[string, CancellationReason[], unknown]>([
    [
      "returns the first response where the key was used",
      [{ Code: "ConditionalCheckFailed", Item: record }, { Code: "None" }],
      { result: "duplicate", response: { requestHash: "request", ...response } },
    ],
    [
      "returns the first response where the payment has changed since, too",
      [{ Code: "ConditionalCheckFailed", Item: record }, { Code: "ConditionalCheckFailed" }],
      { result: "duplicate", response: { requestHash: "request", ...response } },
    ],
    [
      "may be tried again where the record expired meanwhile",
      [{ Code: "ConditionalCheckFailed", Item: expired }, { Code: "None" }],
      { result: "busy" },
    ],
    [
      "reports that the payment has changed",
      [{ Code: "None" }, { Code: "ConditionalCheckFailed" }],
      { result: "changed" },
    ],
    [
      "may be tried again where another transaction is at work",
      [{ Code: "TransactionConflict" }, { Code: "None" }],
      { result: "busy" },
    ],
    [
      "may be tried again where the table is throttled",
      [{ Code: "None" }, { Code: "ThrottlingError" }],
      { result: "busy" },
    ],
  ])("%s", async (_, reasons, expected) => {
    dynamoDb.on(TransactWriteItemsCommand).rejects(canceled(reasons));

    expect(await store.create({ payment, request, response })).toEqual(expected);
  });

  it("may be retried while the same transaction is in progress", async () => {
    dynamoDb
      .on(TransactWriteItemsCommand)
      .rejects(new TransactionInProgressException({ message: "", $metadata: {} }));

    expect(await store.create({ payment, request, response })).toEqual({ result: "busy" });
  });

  it.each([
    ["canceled for good", canceled([{ Code: "None" }, { Code: "ValidationError" }])],
    ["canceled for no known reason", canceled()],
    ["not taken", new Error("socket hang up")],
  ])("fails where it is %s", async (_, error) => {
    dynamoDb.on(TransactWriteItemsCommand).rejects(error);

    await expect(store.create({ payment, request, response })).rejects.toBe(error);
  });
});

describe("a refusal", () => {
  const conditionFailed = (Item?: typeof record) =>
    new ConditionalCheckFailedException({
      message: "The conditional request failed",
      $metadata: {},
      ...(Item !== undefined && { Item }),
    });

  it("is stored under its key where there is no response or an expired one, and touches no payment", async () => {
    dynamoDb.on(PutItemCommand).resolves({});

    expect(await store.refuse({ request, response })).toEqual({ result: "written" });
    expect(input()).toEqual(put);
  });

  it.each<[string, Error, unknown]>([
    [
      "returns the first response where the key was used",
      conditionFailed(record),
      { result: "duplicate", response: { requestHash: "request", ...response } },
    ],
    [
      "may be tried again where the record expired meanwhile",
      conditionFailed(expired),
      { result: "busy" },
    ],
    [
      "may be tried again where the record was deleted meanwhile",
      conditionFailed(),
      { result: "busy" },
    ],
    [
      "may be tried again while a transaction is at the key",
      new TransactionConflictException({ message: "", $metadata: {} }),
      { result: "busy" },
    ],
  ])("%s", async (_, error, expected) => {
    dynamoDb.on(PutItemCommand).rejects(error);

    expect(await store.refuse({ request, response })).toEqual(expected);
  });

  it("fails where the table does", async () => {
    const error = new Error("socket hang up");
    dynamoDb.on(PutItemCommand).rejects(error);

    await expect(store.refuse({ request, response })).rejects.toBe(error);
  });
});

describe("the response to a request", () => {
  it("is read as it is now", async () => {
    dynamoDb.on(GetItemCommand).resolves({ Item: record });

    expect(await store.findResponse(request)).toEqual({ requestHash: "request", ...response });
    expect(input()).toEqual({
      TableName: "idempotency",
      Key: { keyHash: { S: "key" } },
      ConsistentRead: true,
    });
  });

  it("is none where the key was not used", async () => {
    dynamoDb.on(GetItemCommand).resolves({});

    expect(await store.findResponse(request)).toBeUndefined();
  });
});

describe("a payment", () => {
  it("is found by its id as it is now", async () => {
    dynamoDb.on(QueryCommand).resolves({ Items: [{ ...item, later: { S: "attribute" } }] });

    expect(await store.find(payment.transactionId)).toEqual({
      ...payment,
      description: undefined,
    });
    expect(input()).toEqual({
      TableName: "transactions",
      KeyConditionExpression: "transactionId = :id",
      ExpressionAttributeValues: { ":id": { S: payment.transactionId } },
      ConsistentRead: true,
      Limit: 1,
    });
  });

  it.each([[{ Items: [] }], [{}]])("is not found where there is none: %j", async (output) => {
    dynamoDb.on(QueryCommand).resolves(output);

    expect(await store.find(payment.transactionId)).toBeUndefined();
  });

  it("is written to its shard, and read without", async () => {
    const sharded = storeOf({ written: 7, read: 7 });
    const transactionId = "pay_00000000000000000000000000000002";
    const shard = String(shardOf(transactionId, 7));
    const one = { ...payment, transactionId };
    dynamoDb.on(TransactWriteItemsCommand).resolves({});
    await sharded.create({ payment: one, request, response });
    await sharded.update({
      payment: { ...one, status: "AUTHORIZED", version: 2 },
      request,
      response,
    });
    dynamoDb.on(QueryCommand).resolves({ Items: [{ ...item, status: { S: `PENDING#${shard}` } }] });

    const written = dynamoDb.commandCalls(TransactWriteItemsCommand);
    expect(Number(shard)).toBeGreaterThan(0);
    expect(written.map(({ args }) => args[0].input.TransactItems?.[1])).toMatchObject([
      { Put: { Item: { status: { S: `PENDING#${shard}` } } } },
      { Update: { ExpressionAttributeValues: { ":status": { S: `AUTHORIZED#${shard}` } } } },
    ]);
    expect((await sharded.find(transactionId))?.status).toBe("PENDING");
  });

  it("that the table holds in another shape is an error", async () => {
    dynamoDb.on(QueryCommand).resolves({ Items: [{ ...item, status: { S: "LOST" } }] });

    await expect(store.find(payment.transactionId)).rejects.toThrow();
  });
});

describe("a list", () => {
  const key = { transactionId: payment.transactionId, timestamp: now };
  const position = { ...key, shard: 0 };

  it("of a user's payments goes on where the last page ended", async () => {
    dynamoDb.on(QueryCommand).resolves({ Items: [item], LastEvaluatedKey: marshall(key) });
    const page = await store.list({ by: { userId: "user-1" }, limit: 1, after: position });

    expect(page.next).toEqual(position);
    expect(input()).toMatchObject({
      ExclusiveStartKey: marshall({ ...key, userId: "user-1" }),
    });
  });

  it("of a user's payments comes from the user index, newest first", async () => {
    dynamoDb.on(QueryCommand).resolves({ Items: [item] });
    const page = await store.list({ by: { userId: "user-1" }, limit: 5, after: undefined });

    expect(page).toEqual({
      payments: [expect.objectContaining({ amount: 1000 })],
      next: undefined,
    });
    expect(input()).toEqual({
      TableName: "transactions",
      IndexName: "UserIdIndex",
      KeyConditionExpression: "#name = :value",
      ExpressionAttributeNames: { "#name": "userId" },
      ExpressionAttributeValues: { ":value": { S: "user-1" } },
      ScanIndexForward: false,
      Limit: 5,
    });
  });

  it("of payments in a status comes from the status index and goes on where the last page ended", async () => {
    dynamoDb.on(QueryCommand).resolves({ Items: [item], LastEvaluatedKey: marshall(key) });
    const page = await store.list({ by: { status: "PENDING" }, limit: 1, after: position });

    expect(page.next).toEqual(position);
    expect(input()).toMatchObject({
      IndexName: "StatusIndex",
      ExpressionAttributeNames: { "#name": "status" },
      ExpressionAttributeValues: { ":value": { S: "PENDING" } },
      ExclusiveStartKey: marshall({ ...key, status: "PENDING" }),
    });
  });

  it("of payments in a status reads all shards, from where a page ended on in each", async () => {
    dynamoDb.on(QueryCommand).resolves({});
    await storeOf({ written: 1, read: 3 }).list({
      by: { status: "PENDING" },
      limit: 4,
      after: { ...key, shard: 1 },
    });

    const upTo = (shard: string, time: number) => ({
      KeyConditionExpression: "#name = :value AND #time <= :upTo",
      ExpressionAttributeNames: { "#name": "status", "#time": "timestamp" },
      ExpressionAttributeValues: { ":value": { S: shard }, ":upTo": { N: String(time) } },
      Limit: 3,
    });
    expect(dynamoDb.calls().map(({ args }) => args[0].input as unknown)).toMatchObject([
      upTo("PENDING", now - 1),
      {
        KeyConditionExpression: "#name = :value",
        ExpressionAttributeValues: { ":value": { S: "PENDING#1" } },
        ExclusiveStartKey: marshall({ ...key, status: "PENDING#1" }),
        Limit: 3,
      },
      upTo("PENDING#2", now),
    ]);
  });

  it("ends where nothing came, whatever the table says", async () => {
    dynamoDb.on(QueryCommand).resolves({ LastEvaluatedKey: marshall(key) });
    const page = await store.list({ by: { status: "PENDING" }, limit: 1, after: undefined });

    expect(page).toEqual({ payments: [], next: undefined });
  });
});
