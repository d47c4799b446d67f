import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  TransactionCanceledException,
  TransactionInProgressException,
} from "@aws-sdk/client-dynamodb";
import type { CancellationReason } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import type { Product } from "../../../../../lib/lambda/storefront/domain/product";
import { DynamoDbProductStore } from "../../../../../lib/lambda/storefront/products/dynamodb-product-store";

const now = 1_700_000_000_000;
const product: Product = {
  productId: `item_${"0".repeat(31)}1`,
  name: "Ethiopia",
  category: "coffee",
  price: 1290,
  currency: "EUR",
  stock: 10,
  published: true,
  version: 2,
  createdAt: now - 1000,
  updatedAt: now,
};
const request = { keyHash: "key", requestHash: "request" };
const response = { statusCode: 200, body: '{"a":1}' };
const record = marshall({
  keyHash: "key",
  requestHash: "request",
  ...response,
  expirationTime: 1_700_086_400,
});
const put = {
  TableName: "idempotency",
  Item: record,
  ConditionExpression: "attribute_not_exists(keyHash) OR expirationTime <= :now",
  ExpressionAttributeValues: { ":now": { N: "1700000000" } },
  ReturnValuesOnConditionCheckFailure: "ALL_OLD",
};

const dynamoDb = mockClient(DynamoDBClient);
const store = new DynamoDbProductStore(
  new DynamoDBClient({}),
  { table: "products", idempotencyTable: "idempotency" },
  () => now,
);

/** The inputs of all calls. */
const inputs = () => dynamoDb.calls().map(({ args }) => args[0].input as unknown);

const canceled = (...codes: string[]) => {
  const CancellationReasons: CancellationReason[] = codes.map((Code) => ({ Code }));
  return new TransactionCanceledException({ message: "", $metadata: {}, CancellationReasons });
};

beforeEach(() => {
  dynamoDb.reset();
});

describe("a write", () => {
  const write = { product, request, response };

  it("of a new product is one transaction with the response under its key", async () => {
    dynamoDb.on(TransactWriteItemsCommand).resolves({});

    expect(await store.create(write)).toEqual({ result: "written" });
    expect(inputs()).toEqual([
      {
        TransactItems: [
          { Put: put },
          {
            Put: {
              TableName: "products",
              Item: marshall(product),
              ConditionExpression: "attribute_not_exists(productId)",
            },
          },
        ],
      },
    ]);
  });

  it("of a product's next version sets what can be changed and not the stock, if the version is still the one before", async () => {
    dynamoDb.on(TransactWriteItemsCommand).resolves({});

    expect(await store.change(write)).toEqual({ result: "written" });
    expect(inputs()).toEqual([
      {
        TransactItems: [
          { Put: put },
          {
            Update: {
              TableName: "products",
              Key: { productId: { S: product.productId } },
              UpdateExpression:
                "SET #name = :name, #category = :category, #price = :price, #currency = :currency, " +
                "#published = :published, #version = :version, #updatedAt = :updatedAt",
              ConditionExpression: "#version = :versionBefore",
              ExpressionAttributeNames: {
                "#name": "name",
                "#category": "category",
                "#price": "price",
                "#currency": "currency",
                "#published": "published",
                "#version": "version",
                "#updatedAt": "updatedAt",
              },
              ExpressionAttributeValues: {
                ":name": { S: "Ethiopia" },
                ":category": { S: "coffee" },
                ":price": { N: "1290" },
                ":currency": { S: "EUR" },
                ":published": { BOOL: true },
                ":version": { N: "2" },
                ":updatedAt": { N: String(now) },
                ":versionBefore": { N: "1" },
              },
            },
          },
        ],
      },
    ]);
  });

  it("sets the description of a product that has one", async () => {
    dynamoDb.on(TransactWriteItemsCommand).resolves({});
    await store.change({ ...write, product: { ...product, description: "" } });

    expect(inputs()).toMatchObject([
      {
        TransactItems: [
          {},
          { Update: { ExpressionAttributeValues: { ":description": { S: "" } } } },
        ],
      },
    ]);
  });

  it("of a stock sets nothing else, if version and stock are still those before", async () => {
    dynamoDb.on(TransactWriteItemsCommand).resolves({});

    expect(await store.changeStock(write, 13)).toEqual({ result: "written" });
    expect(inputs()).toEqual([
      {
        TransactItems: [
          { Put: put },
          {
            Update: {
              TableName: "products",
              Key: { productId: { S: product.productId } },
              UpdateExpression: "SET #stock = :stock",
              ConditionExpression: "#version = :versionBefore AND #stock = :stockBefore",
              ExpressionAttributeNames: { "#stock": "stock", "#version": "version" },
              ExpressionAttributeValues: {
                ":stock": { N: "10" },
                ":versionBefore": { N: "2" },
                ":stockBefore": { N: "13" },
              },
            },
          },
        ],
      },
    ]);
  });

  const writes = {
    create: () => store.create(write),
    change: () => store.change(write),
    changeStock: () => store.changeStock(write, 13),
  };

  it.each(["create", "change", "changeStock"] as const)(
    "says why nothing was written: %s",
    async (name) => {
      const used = new TransactionCanceledException({
        message: "",
        $metadata: {},
        CancellationReasons: [{ Code: "ConditionalCheckFailed", Item: record }, { Code: "None" }],
      });
      dynamoDb
        .on(TransactWriteItemsCommand)
        .rejectsOnce(used)
        .rejectsOnce(canceled("None", "ConditionalCheckFailed"))
        .rejectsOnce(canceled("None", "TransactionConflict"))
        .rejectsOnce(canceled("ProvisionedThroughputExceeded", "None"))
        .rejectsOnce(new TransactionInProgressException({ message: "", $metadata: {} }));

      expect(await writes[name]()).toEqual({
        result: "duplicate",
        response: { requestHash: "request", ...response },
      });
      expect(await writes[name]()).toEqual({ result: "changed" });
      expect(await writes[name]()).toEqual({ result: "busy" });
      expect(await writes[name]()).toEqual({ result: "busy" });
      expect(await writes[name]()).toEqual({ result: "busy" });
    },
  );

  it("fails where the transaction is canceled for good, or the table does not answer", async () => {
    const errors = [canceled("None", "ValidationError"), new Error("socket hang up")];
    for (const error of errors) {
      dynamoDb.on(TransactWriteItemsCommand).rejects(error);
      await expect(store.change(write)).rejects.toBe(error);
    }
  });
});

describe("a refusal", () => {
  it("is stored under its key, and read from there", async () => {
    dynamoDb.on(PutItemCommand).resolves({}).on(GetItemCommand).resolves({ Item: record });

    expect(await store.refuse({ request, response })).toEqual({ result: "written" });
    expect(await store.findResponse(request)).toEqual({ requestHash: "request", ...response });
    expect(inputs()).toEqual([
      put,
      { TableName: "idempotency", Key: { keyHash: { S: "key" } }, ConsistentRead: true },
    ]);
  });
});

describe("a product", () => {
  it("is read as it is now", async () => {
    dynamoDb.on(GetItemCommand).resolves({ Item: marshall(product) });

    expect(await store.find(product.productId)).toEqual(product);
    expect(inputs()).toEqual([
      {
        TableName: "products",
        Key: { productId: { S: product.productId } },
        ConsistentRead: true,
      },
    ]);
  });

  it("is not found where there is none", async () => {
    dynamoDb.on(GetItemCommand).resolves({});

    expect(await store.find(product.productId)).toBeUndefined();
  });
});

describe("a list", () => {
  const summary = (at: number) => ({
    productId: `item_${at.toString(16).padStart(32, "0")}`,
    name: `Coffee ${String(at).padStart(4, "0")}`,
    category: "coffee",
    price: 1290,
    currency: "EUR",
    published: true,
  });
  const position = (at: number) => {
    const { productId, name } = summary(at);
    return { productId, name };
  };
  const key = (at: number) => marshall({ ...position(at), category: "coffee" });
  /** An answer with entries, and behind which entry the table has more. */
  const answer = (entries: readonly number[], last?: number) => ({
    Items: entries.map((at) => marshall(summary(at))),
    ...(last !== undefined && { LastEvaluatedKey: key(last) }),
  });
  const everything = { category: "coffee", prefix: "", publishedOnly: false, after: undefined };
  const browsed = { ...everything, publishedOnly: true };

  it("of all products of a category comes from the category's index", async () => {
    dynamoDb.on(QueryCommand).resolves(answer([1, 2]));

    expect(await store.list({ ...everything, limit: 5 })).toEqual({
      products: [summary(1), summary(2)],
      next: undefined,
    });
    expect(inputs()).toEqual([
      {
        TableName: "products",
        IndexName: "CategoryIndex",
        KeyConditionExpression: "#category = :category",
        ExpressionAttributeNames: { "#category": "category" },
        ExpressionAttributeValues: { ":category": { S: "coffee" } },
        Limit: 5,
      },
    ]);
  });

  it("of those for sale whose names begin so goes on where the last page ended", async () => {
    dynamoDb.on(QueryCommand).resolves(answer([2], 2));
    const query = { ...browsed, prefix: "Cof", limit: 1, after: position(1) };

    expect(await store.list(query)).toMatchObject({ products: [summary(2)], next: position(2) });
    expect(inputs()).toEqual([
      {
        TableName: "products",
        IndexName: "CategoryIndex",
        KeyConditionExpression: "#category = :category AND begins_with(#name, :prefix)",
        FilterExpression: "#published = :published",
        ExpressionAttributeNames: {
          "#category": "category",
          "#name": "name",
          "#published": "published",
        },
        ExpressionAttributeValues: {
          ":category": { S: "coffee" },
          ":prefix": { S: "Cof" },
          ":published": { BOOL: true },
        },
        Limit: 1,
        ExclusiveStartKey: key(1),
      },
    ]);
  });

  it("reads on where products are not for sale, until its page is full", async () => {
    dynamoDb
      .on(QueryCommand)
      .resolvesOnce(answer([1], 3))
      .resolvesOnce(answer([], 103))
      .resolvesOnce(answer([104, 105, 106], 203));

    expect(await store.list({ ...browsed, limit: 3 })).toEqual({
      products: [summary(1), summary(104), summary(105)],
      // not 203, behind which 106 would be missed
      next: expect.objectContaining(position(105)) as unknown,
    });
    expect(inputs()).toMatchObject([
      { Limit: 3 },
      { Limit: 100, ExclusiveStartKey: key(3) },
      { Limit: 100, ExclusiveStartKey: key(103) },
    ]);
  });

  it("goes on behind the last product that it has, where the table ends with more than fit", async () => {
    dynamoDb
      .on(QueryCommand)
      .resolvesOnce(answer([1], 2))
      .resolvesOnce(answer([3, 4]));

    expect((await store.list({ ...browsed, limit: 2 })).next).toMatchObject(position(3));
  });

  it("ends where the table does, though its page is not full", async () => {
    dynamoDb
      .on(QueryCommand)
      .resolvesOnce(answer([1], 2))
      .resolvesOnce(answer([3]));

    expect(await store.list({ ...browsed, limit: 3 })).toEqual({
      products: [summary(1), summary(3)],
      next: undefined,
    });
  });

  it("is short or empty, and goes on, where hardly anything is for sale: it takes ten queries at most", async () => {
    dynamoDb.on(QueryCommand).resolves(answer([], 7));

    expect(await store.list({ ...browsed, limit: 3 })).toEqual({ products: [], next: position(7) });
    expect(inputs()).toHaveLength(10);
  });

  it("is empty where the category is", async () => {
    dynamoDb.on(QueryCommand).resolves({});

    expect(await store.list({ ...browsed, limit: 3 })).toEqual({ products: [], next: undefined });
  });

  it("fails where the table holds something in another shape", async () => {
    dynamoDb.on(QueryCommand).resolves({ Items: [marshall({ ...summary(1), price: "free" })] });

    await expect(store.list({ ...browsed, limit: 3 })).rejects.toThrow();
  });
});
