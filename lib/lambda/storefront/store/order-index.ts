import { QueryCommand } from "@aws-sdk/client-dynamodb";
import type { DynamoDBClient, QueryCommandInput } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import type { OrderStatus, StoredOrder } from "../domain/order";
import { toOrder, toPosition } from "./order-item";
import type { Item } from "./order-item";
import type { OrderList, OrderPosition } from "./order-store";

/** How many orders {@link placedUntil} reads at once. */
const pageSize = 100;

/** A user's orders in the table `orders`, newest first; one placed a moment ago may be missing. */
export function ordersOf(
  client: DynamoDBClient,
  orders: string,
  userId: string,
  limit: number,
  after: OrderPosition | undefined,
): Promise<OrderList<StoredOrder>> {
  const query = {
    TableName: orders,
    IndexName: "UserIdIndex",
    KeyConditionExpression: "userId = :userId",
    ExpressionAttributeValues: marshall({ ":userId": userId }),
    ScanIndexForward: false,
    Limit: limit,
  };
  return list(client, query, after && { ...after, userId }, toOrder);
}

/** The orders of a status in the table `orders` that were placed between two times (epoch milliseconds), oldest first. */
export function placedUntil(
  client: DynamoDBClient,
  orders: string,
  time: number,
  status: OrderStatus,
  after: OrderPosition | undefined,
  since: number,
): Promise<OrderList<OrderPosition>> {
  const query = {
    TableName: orders,
    IndexName: "StatusIndex",
    KeyConditionExpression: "#status = :status AND createdAt BETWEEN :since AND :time",
    ExpressionAttributeNames: { "#status": "status" },
    ExpressionAttributeValues: marshall({ ":status": status, ":since": since, ":time": time }),
    Limit: pageSize,
  };
  return list(client, query, after && { ...after, status }, toPosition);
}

/** @param behind - The key, in the index, of the order behind which to go on. */
async function list<Order extends OrderPosition>(
  client: DynamoDBClient,
  query: QueryCommandInput,
  behind: Readonly<Record<string, unknown>> | undefined,
  read: (item: Item) => Order,
): Promise<OrderList<Order>> {
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({ ...query, ...(behind && { ExclusiveStartKey: marshall(behind) }) }),
  );
  return {
    orders: Items.map(read),
    next: LastEvaluatedKey && toPosition(LastEvaluatedKey),
  };
}
