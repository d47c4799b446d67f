import { ScanCommand } from "@aws-sdk/client-dynamodb";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod/mini";
import { toFoundOrder } from "./order-item";
import type { OrderSlice, OrderSlicePage } from "./order-store";

/** How many orders are read at once: about 13 read units, which customers need too. */
const pageSize = 100;

const key = z.object({ orderId: z.string() });

/** A page of a slice of the table `orders`; eventually consistent, at half the price. */
export async function slicePage(
  client: DynamoDBClient,
  orders: string,
  { index, of }: OrderSlice,
  after: string | undefined,
): Promise<OrderSlicePage> {
  const { Items = [], LastEvaluatedKey } = await client.send(
    new ScanCommand({
      TableName: orders,
      Segment: index,
      TotalSegments: of,
      Limit: pageSize,
      ...(after !== undefined && { ExclusiveStartKey: marshall({ orderId: after }) }),
    }),
  );
  return {
    orders: Items.map(toFoundOrder),
    next: LastEvaluatedKey && key.parse(unmarshall(LastEvaluatedKey)).orderId,
  };
}
