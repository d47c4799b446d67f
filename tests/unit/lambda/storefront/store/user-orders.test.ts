import { DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { userOrders } from "../../../../../lib/lambda/storefront/store/user-orders";
import { orderOf } from "../users/harness";

const dynamoDb = mockClient(DynamoDBClient);
const store = userOrders(new DynamoDBClient({}), "orders");
beforeEach(() => {
  dynamoDb.reset();
});

const query = {
  TableName: "orders",
  IndexName: "UserIdIndex",
  KeyConditionExpression: "userId = :userId",
  ExpressionAttributeValues: { ":userId": { S: "user-1" } },
  ScanIndexForward: false,
  Limit: 2,
};
const [newer, older] = [orderOf("user-1", 2), orderOf("user-1", 1)];

describe("a user's orders", () => {
  it("are read from the index, newest first, and go on where a page has ended", async () => {
    const key = marshall({ orderId: "any", userId: "user-1", createdAt: 1 });
    const Items = [marshall(newer), marshall(older)];
    dynamoDb.on(QueryCommand).resolves({ Items, LastEvaluatedKey: key });
    const { orders, next } = await store.listOf("user-1", 2, undefined);

    expect(orders).toEqual([newer, older]);
    expect(next).toMatchObject({ orderId: older.orderId, createdAt: older.createdAt });
    expect(dynamoDb.calls().map(({ args }) => args[0].input)).toEqual([query]);
  });

  it("go on behind a position", async () => {
    dynamoDb.on(QueryCommand).resolves({ Items: [marshall(older)] });
    const { orderId, createdAt } = newer;
    const { orders, next } = await store.listOf("user-1", 2, { orderId, createdAt });

    expect(orders).toEqual([older]);
    expect(next).toBeUndefined();
    expect(dynamoDb.calls().map(({ args }) => args[0].input)).toEqual([
      { ...query, ExclusiveStartKey: marshall({ orderId, userId: "user-1", createdAt }) },
    ]);
  });

  it("are none where there are none", async () => {
    dynamoDb.on(QueryCommand).resolves({});

    expect(await store.listOf("user-1", 2, undefined)).toEqual({ orders: [], next: undefined });
  });
});
