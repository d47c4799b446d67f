import "./function-environment";
import {
  BatchGetItemCommand,
  DynamoDBClient,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { handler } from "../../../../../lib/lambda/storefront/orders/index";
import { toProductItem } from "../../../../../lib/lambda/storefront/store/product-item";
import { event } from "../../harness";
import { customer } from "../harness";
import { idOf, product } from "./order-harness";

describe("the orders function", () => {
  it("stores orders in the tables that its environment names, under unguessable ids, until they expire", async () => {
    const dynamoDb = mockClient(DynamoDBClient);
    dynamoDb
      .on(BatchGetItemCommand)
      .resolves({ Responses: { products: [toProductItem(product(1))] } });
    dynamoDb.on(TransactWriteItemsCommand).resolves({});
    const { statusCode, body, headers } = await handler(
      event("POST", "/orders", {
        body: { items: [{ productId: idOf(1), quantity: 1 }] },
        key: "k",
        headers: { Origin: "https://b.example" },
        context: customer,
      }),
    );
    const order = JSON.parse(body) as Record<string, number>;

    expect(statusCode).toBe(201);
    expect(order["orderId"]).toMatch(/^ord_[0-9a-f]{32}$/);
    expect(Number(order["expiresAt"]) - Number(order["createdAt"])).toBe(30 * 60_000);
    expect(headers).toMatchObject({ "Access-Control-Allow-Origin": "https://b.example" });
    expect(dynamoDb.commandCalls(TransactWriteItemsCommand)[0]?.args[0].input).toMatchObject({
      TransactItems: [
        { Put: { TableName: "idempotency" } },
        { Put: { TableName: "orders" } },
        { Update: { TableName: "products" } },
      ],
    });
  });
});
