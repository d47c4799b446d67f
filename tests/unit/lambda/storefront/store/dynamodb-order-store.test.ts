import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";
import type { CancellationReason } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import type { StoredOrder } from "../../../../../lib/lambda/storefront/domain/order";
import type { Product } from "../../../../../lib/lambda/storefront/domain/product";
import { DynamoDbOrderStore } from "../../../../../lib/lambda/storefront/store/dynamodb-order-store";
import { toProductItem } from "../../../../../lib/lambda/storefront/store/product-item";

/** Pauses take no time here. */
jest.mock("node:timers/promises", () => ({ setTimeout: () => Promise.resolve() }));

const now = 1_700_000_000_000;
const [coffee, tea] = [`item_${"1".repeat(32)}`, `item_${"2".repeat(32)}`];
const product: Product = {
  productId: coffee,
  name: "Coffee",
  category: "drinks",
  price: 1250,
  currency: "EUR",
  stock: 10,
  published: true,
  version: 7,
  createdAt: now,
  updatedAt: now,
};
const order: StoredOrder = {
  orderId: `ord_${"a".repeat(32)}`,
  userId: "user-1",
  createdAt: now,
  expiresAt: now + 1_800_000,
  status: "PENDING",
  version: 1,
  items: [
    { productId: coffee, name: "Coffee", quantity: 2, price: 1250 },
    { productId: tea, name: "Tea", quantity: 1, price: 900 },
  ],
  currency: "EUR",
  total: 3400,
};
const request = { keyHash: "key", requestHash: "request" };
const response = { statusCode: 201, body: '{"a":1}' };
const record = marshall({
  keyHash: "key",
  requestHash: "request",
  ...response,
  expirationTime: 1_700_086_400,
});
const duplicate = { result: "duplicate", response: { requestHash: "request", ...response } };

const dynamoDb = mockClient(DynamoDBClient);
const store = new DynamoDbOrderStore(
  new DynamoDBClient({}),
  { orders: "orders", products: "products", idempotency: "idempotency" },
  () => now,
);

/** What was called with, in turn. */
const inputs = () => dynamoDb.calls().map(({ args }) => args[0].input as unknown);

const canceled = (...CancellationReasons: CancellationReason[]) =>
  new TransactionCanceledException({
    message: "Transaction cancelled",
    $metadata: {},
    CancellationReasons,
  });
const none = { Code: "None" };
const failed = { Code: "ConditionalCheckFailed" };

/** How the response is stored under its key, in whatever call. */
const put = {
  TableName: "idempotency",
  Item: record,
  ConditionExpression: "attribute_not_exists(keyHash) OR expirationTime <= :now",
  ExpressionAttributeValues: { ":now": { N: "1700000000" } },
  ReturnValuesOnConditionCheckFailure: "ALL_OLD",
};

beforeEach(() => {
  dynamoDb.reset();
});

describe("the products of an order", () => {
  const batch = (...ids: string[]) => ({
    Keys: ids.map((productId) => ({ productId: { S: productId } })),
    ConsistentRead: true,
  });

  it("are read at once, as they are now", async () => {
    const described = { ...product, productId: tea, description: "Green" };
    const found = [toProductItem(product), { ...toProductItem(described), later: { S: "one" } }];
    dynamoDb
      .on(BatchGetItemCommand)
      .resolves({ Responses: { products: found }, UnprocessedKeys: {} });

    expect(await store.products([coffee, tea])).toEqual([product, described]);
    expect(inputs()).toEqual([{ RequestItems: { products: batch(coffee, tea) } }]);
  });

  it("are none where there are none", async () => {
    dynamoDb.on(BatchGetItemCommand).resolves({});

    expect(await store.products([coffee])).toEqual([]);
  });

  it("are asked for again where the table has left some out", async () => {
    dynamoDb
      .on(BatchGetItemCommand)
      .resolvesOnce({
        Responses: { products: [toProductItem(product)] },
        UnprocessedKeys: { products: batch(tea) },
      })
      .resolves({ Responses: { products: [toProductItem({ ...product, productId: tea })] } });

    expect((await store.products([coffee, tea])).map(({ productId }) => productId)).toEqual([
      coffee,
      tea,
    ]);
    expect(inputs()).toEqual([
      { RequestItems: { products: batch(coffee, tea) } },
      { RequestItems: { products: batch(tea) } },
    ]);
  });

  it("are not read where the table goes on leaving them out", async () => {
    dynamoDb.on(BatchGetItemCommand).resolves({ UnprocessedKeys: { products: batch(coffee) } });

    await expect(store.products([coffee])).rejects.toMatchObject({
      name: "ProvisionedThroughputExceededException",
      message: "The table of products has left out keys of a batch too often",
    });
    expect(inputs()).toHaveLength(5);
  });

  it("that the table holds in another shape are an error", async () => {
    const item = { ...toProductItem(product), stock: { S: "many" } };
    dynamoDb.on(BatchGetItemCommand).resolves({ Responses: { products: [item] } });

    await expect(store.products([coffee])).rejects.toThrow();
  });
});

describe("placing an order", () => {
  const products = [{ ...product, productId: tea, version: 3 }, product];
  const place = () => store.place({ order, products, request, response });
  const taken = (productId: string, quantity: string, seen: string) => ({
    Update: {
      TableName: "products",
      Key: { productId: { S: productId } },
      UpdateExpression: "SET stock = stock - :quantity",
      ConditionExpression: "stock >= :quantity AND #version = :seen AND published = :published",
      ExpressionAttributeNames: { "#version": "version" },
      ExpressionAttributeValues: {
        ":quantity": { N: quantity },
        ":seen": { N: seen },
        ":published": { BOOL: true },
      },
    },
  });

  it("is one transaction with its response and the stock of each product, if that is as it was seen", async () => {
    dynamoDb.on(TransactWriteItemsCommand).resolves({});

    expect(await place()).toEqual({ result: "written" });
    expect(inputs()).toEqual([
      {
        TransactItems: [
          { Put: put },
          {
            Put: {
              TableName: "orders",
              Item: marshall(order),
              ConditionExpression: "attribute_not_exists(orderId)",
            },
          },
          taken(coffee, "2", "7"),
          taken(tea, "1", "3"),
        ],
      },
    ]);
  });

  it.each<[string, CancellationReason[], unknown]>([
    [
      "returns the first response where the key was used, whatever the products are by now",
      [{ ...failed, Item: record }, none, failed, failed],
      duplicate,
    ],
    [
      "reports that a product has changed or is sold",
      [none, none, none, failed],
      { result: "changed" },
    ],
    ["reports that the id is taken", [none, failed, none, none], { result: "changed" }],
    [
      "may be tried again where another order takes the same product",
      [none, none, { Code: "TransactionConflict" }, none],
      { result: "busy" },
    ],
    [
      "may be tried again where a table is throttled",
      [none, none, none, { Code: "ThrottlingError" }],
      { result: "busy" },
    ],
  ])("%s", async (_, reasons, expected) => {
    dynamoDb.on(TransactWriteItemsCommand).rejects(canceled(...reasons));

    expect(await place()).toEqual(expected);
  });

  it("fails where a product was not read", async () => {
    await expect(async () =>
      store.place({ order, products: [product], request, response }),
    ).rejects.toThrow("removeUndefinedValues");
  });
});

describe("a change of an order", () => {
  const paid: StoredOrder = {
    ...order,
    status: "PAYING",
    version: 4,
    paymentId: `pay_${"b".repeat(32)}`,
    refundedAmount: 100,
    ending: "EXPIRED",
    paymentVersion: 2,
  };
  const names = {
    "#status": "status",
    "#version": "version",
    "#paymentId": "paymentId",
    "#refundedAmount": "refundedAmount",
    "#ending": "ending",
    "#paymentVersion": "paymentVersion",
  };
  const update = {
    Update: {
      TableName: "orders",
      Key: { orderId: { S: order.orderId } },
      UpdateExpression:
        "SET #status = :status, #version = :version REMOVE #paymentId, #refundedAmount, #ending, #paymentVersion",
      ConditionExpression: "#version = :before",
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: {
        ":before": { N: "1" },
        ":status": { S: "EXPIRED" },
        ":version": { N: "2" },
      },
    },
  };
  const expired: StoredOrder = { ...order, status: "EXPIRED", version: 2 };
  const returning = (productId: string, quantity: string) => ({
    Update: {
      TableName: "products",
      Key: { productId: { S: productId } },
      UpdateExpression: "SET stock = stock + :quantity",
      ConditionExpression: "attribute_exists(productId)",
      ExpressionAttributeValues: { ":quantity": { N: quantity } },
    },
  });
  const back = [returning(coffee, "2"), returning(tea, "1")];
  const answered = { request, response };

  it("updates what may change of it, if the version is still the one before", async () => {
    dynamoDb.on(TransactWriteItemsCommand).resolves({});

    expect(await store.change({ order: paid })).toEqual({ result: "written" });
    expect(inputs()).toEqual([
      {
        TransactItems: [
          {
            Update: {
              ...update.Update,
              UpdateExpression:
                "SET #status = :status, #version = :version, #paymentId = :paymentId, #refundedAmount = :refundedAmount, #ending = :ending, #paymentVersion = :paymentVersion",
              ExpressionAttributeValues: {
                ":before": { N: "3" },
                ":status": { S: "PAYING" },
                ":version": { N: "4" },
                ":paymentId": { S: `pay_${"b".repeat(32)}` },
                ":refundedAmount": { N: "100" },
                ":ending": { S: "EXPIRED" },
                ":paymentVersion": { N: "2" },
              },
            },
          },
        ],
      },
    ]);
  });

  it("is one transaction with the stock that it returns and with its response; what it has no more is removed", async () => {
    dynamoDb.on(TransactWriteItemsCommand).resolves({});

    expect(await store.change({ order: expired, returned: order.items, answered })).toEqual({
      result: "written",
    });
    expect(inputs()).toEqual([{ TransactItems: [update, { Put: put }, ...back] }]);
  });

  it.each<[string, CancellationReason[], unknown]>([
    [
      "returns the first response where the key was used, whatever the order is by now",
      [failed, { ...failed, Item: record }, failed, none],
      duplicate,
    ],
    [
      "may be tried again where the record expired meanwhile",
      [none, { ...failed, Item: { ...record, expirationTime: { N: "1700000000" } } }, none, none],
      { result: "busy" },
    ],
    [
      "reports that the order has changed, whatever products are gone",
      [failed, none, failed, none],
      { result: "changed" },
    ],
    [
      "may be tried again where another transaction is at work",
      [none, none, { Code: "TransactionConflict" }, none],
      { result: "busy" },
    ],
  ])("%s", async (_, reasons, expected) => {
    dynamoDb.on(TransactWriteItemsCommand).rejects(canceled(...reasons));

    expect(await store.change({ order: expired, returned: order.items, answered })).toEqual(
      expected,
    );
    expect(inputs()).toHaveLength(1);
  });

  it("without a response reports that the order has changed", async () => {
    dynamoDb.on(TransactWriteItemsCommand).rejects(canceled(failed, failed, none));

    expect(await store.change({ order: expired, returned: order.items })).toEqual({
      result: "changed",
    });
  });

  it.each([
    ["with its response", { answered }, [{ Put: put }]],
    ["without a response", {}, []],
  ])("is made without the products that are gone, however many: %s", async (_, more, records) => {
    const before = records.map(() => none);
    dynamoDb
      .on(TransactWriteItemsCommand)
      .rejectsOnce(canceled(none, ...before, failed, none))
      .rejectsOnce(canceled(none, ...before, failed))
      .resolves({});

    expect(await store.change({ order: expired, returned: order.items, ...more })).toEqual({
      result: "written",
    });
    expect(inputs()).toEqual([
      { TransactItems: [update, ...records, ...back] },
      { TransactItems: [update, ...records, returning(tea, "1")] },
      { TransactItems: [update, ...records] },
    ]);
  });
});

describe("a response", () => {
  it("is found under its key", async () => {
    dynamoDb.on(GetItemCommand).resolves({ Item: record });

    expect(await store.findResponse(request)).toEqual(duplicate.response);
    expect(inputs()).toEqual([
      { TableName: "idempotency", Key: { keyHash: { S: "key" } }, ConsistentRead: true },
    ]);
  });

  it("that refuses is stored alone, once", async () => {
    dynamoDb
      .on(PutItemCommand)
      .resolvesOnce({})
      .rejects(new ConditionalCheckFailedException({ message: "", $metadata: {}, Item: record }));

    expect(await store.refuse({ request, response })).toEqual({ result: "written" });
    expect(await store.refuse({ request, response })).toEqual(duplicate);
    expect(inputs()).toEqual([put, put]);
  });
});

describe("an order", () => {
  it("is found by its id as it is now", async () => {
    const ending = { ...order, ending: "CANCELED", paymentVersion: 3, paymentId: "pay_1" };
    dynamoDb.on(GetItemCommand).resolves({ Item: { ...marshall(ending), later: { S: "one" } } });

    expect(await store.find(order.orderId)).toEqual(ending);
    expect(inputs()).toEqual([
      { TableName: "orders", Key: { orderId: { S: order.orderId } }, ConsistentRead: true },
    ]);
  });

  it("is not found where there is none", async () => {
    dynamoDb.on(GetItemCommand).resolves({});

    expect(await store.find(order.orderId)).toBeUndefined();
  });

  it("that the table holds in another shape is an error", async () => {
    dynamoDb.on(GetItemCommand).resolves({ Item: marshall({ ...order, status: "LOST" }) });

    await expect(store.find(order.orderId)).rejects.toThrow();
  });
});

describe("a list of orders", () => {
  const position = { orderId: order.orderId, createdAt: now };

  it("of a user's comes from the user index, newest first", async () => {
    dynamoDb.on(QueryCommand).resolves({ Items: [marshall(order)] });

    expect(await store.listOf("user-1", 5, undefined)).toEqual({
      orders: [order],
      next: undefined,
    });
    expect(inputs()).toEqual([
      {
        TableName: "orders",
        IndexName: "UserIdIndex",
        KeyConditionExpression: "userId = :userId",
        ExpressionAttributeValues: { ":userId": { S: "user-1" } },
        ScanIndexForward: false,
        Limit: 5,
      },
    ]);
  });

  it("of a user's goes on where the last page ended", async () => {
    const LastEvaluatedKey = marshall({ ...position, userId: "user-1" });
    dynamoDb.on(QueryCommand).resolves({ Items: [marshall(order)], LastEvaluatedKey });
    const { next } = await store.listOf("user-1", 1, undefined);
    await store.listOf("user-1", 1, next);

    expect(next).toEqual(position);
    expect(inputs()[1]).toMatchObject({ ExclusiveStartKey: LastEvaluatedKey });
  });

  it("of a status comes from the status index, oldest first, and knows their places only", async () => {
    const key = marshall({ ...position, status: "PENDING" });
    dynamoDb.on(QueryCommand).resolves({ Items: [key], LastEvaluatedKey: key });
    const { orders, next } = await store.placedUntil(now, "PENDING", undefined);
    await store.placedUntil(now, "PENDING", next);

    expect([orders, next]).toEqual([[position], position]);
    const query = {
      TableName: "orders",
      IndexName: "StatusIndex",
      KeyConditionExpression: "#status = :status AND createdAt BETWEEN :since AND :time",
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: {
        ":status": { S: "PENDING" },
        ":since": { N: "0" },
        ":time": { N: String(now) },
      },
      Limit: 100,
    };
    expect(inputs()).toEqual([query, { ...query, ExclusiveStartKey: key }]);
  });

  it("is empty where the index is", async () => {
    dynamoDb.on(QueryCommand).resolves({});

    expect(await store.placedUntil(now, "PAYING", undefined)).toEqual({
      orders: [],
      next: undefined,
    });
  });

  it("begins at a time, where it is wanted", async () => {
    dynamoDb.on(QueryCommand).resolves({});
    await store.placedUntil(now, "PAID", undefined, now - 1);

    expect(inputs()).toMatchObject([
      {
        ExpressionAttributeValues: {
          ":since": { N: String(now - 1) },
          ":time": { N: String(now) },
        },
      },
    ]);
  });
});

describe("a slice of all orders", () => {
  it("is read page by page, with what is no order", async () => {
    const key = { orderId: { S: order.orderId } };
    const other = { orderId: { S: "ord_x" }, status: { S: "LOST" } };
    dynamoDb
      .on(ScanCommand)
      .resolvesOnce({
        Items: [marshall(order, { removeUndefinedValues: true }), other],
        LastEvaluatedKey: key,
      })
      .resolvesOnce({});
    const slice = { index: 7, of: 720 };
    const first = await store.slice(slice, undefined);
    const last = await store.slice(slice, first.next);

    expect(first).toEqual({
      orders: [
        { orderId: order.orderId, order },
        { orderId: "ord_x", order: undefined },
      ],
      next: order.orderId,
    });
    expect(last).toEqual({ orders: [], next: undefined });
    const scan = { TableName: "orders", Segment: 7, TotalSegments: 720, Limit: 100 };
    expect(inputs()).toEqual([scan, { ...scan, ExclusiveStartKey: key }]);
  });
});
