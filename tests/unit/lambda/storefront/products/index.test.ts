import "./function-environment";
import { DynamoDBClient, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { handler } from "../../../../../lib/lambda/storefront/products/index";
import { event } from "../../harness";
import { admin, customer } from "../harness";
import { newProduct } from "./shop";

const dynamoDb = mockClient(DynamoDBClient);
const create = {
  body: newProduct,
  key: "k",
  headers: { Origin: "https://b.example" },
};

beforeEach(() => {
  dynamoDb.reset();
});

describe("the products function", () => {
  it("stores products in the table that its environment names, under unguessable ids", async () => {
    dynamoDb.on(TransactWriteItemsCommand).resolves({});
    const { statusCode, body, headers } = await handler(
      event("POST", "/products", { ...create, context: admin }),
    );

    expect(statusCode).toBe(201);
    expect(body).toMatch(/"productId":"item_[0-9a-f]{32}"/);
    expect(headers).toMatchObject({ "Access-Control-Allow-Origin": "https://b.example" });
    expect(dynamoDb.commandCalls(TransactWriteItemsCommand)[0]?.args[0].input).toMatchObject({
      TransactItems: [{ Put: { TableName: "idempotency" } }, { Put: { TableName: "products" } }],
    });
  });

  it("knows administrators as its environment says", async () => {
    const { statusCode } = await handler(
      event("POST", "/products", { ...create, context: customer }),
    );

    expect(statusCode).toBe(403);
    expect(dynamoDb.calls()).toEqual([]);
  });
});
