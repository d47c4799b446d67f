import { QueryCommand } from "@aws-sdk/client-dynamodb";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { order as orderSchema } from "../api/schemas";
import type { OrderStore } from "./order-store";

/**
 * The orders of users, for a function that does no more than to read them: no other table, no transaction.
 *
 * @param table - Its index UserIdIndex has all of an order, under `userId`, by `createdAt`.
 */
export function userOrders(client: DynamoDBClient, table: string): Pick<OrderStore, "listOf"> {
  return {
    listOf: async (userId, limit, after) => {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: "UserIdIndex",
          KeyConditionExpression: "userId = :userId",
          ExpressionAttributeValues: { ":userId": { S: userId } },
          ScanIndexForward: false,
          Limit: limit,
          ...(after !== undefined && {
            ExclusiveStartKey: marshall({
              orderId: after.orderId,
              userId,
              createdAt: after.createdAt,
            }),
          }),
        }),
      );
      const orders = Items.map((item) => orderSchema.parse(unmarshall(item)));
      return { orders, next: LastEvaluatedKey && orders.at(-1) };
    },
  };
}
