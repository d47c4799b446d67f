import "./function-environment";
import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { handler } from "../../../../../lib/lambda/storefront/users/index";
import { event } from "../../harness";
import { customer } from "../harness";
import { orderOf } from "./harness";

const dynamoDb = mockClient(DynamoDBClient);
beforeEach(() => {
  dynamoDb.reset();
});
afterEach(() => {
  jest.restoreAllMocks();
});

const deletion = event("POST", "/users/me/delete", {
  body: { confirm: true },
  context: customer,
  headers: { Origin: "https://b.example" },
});

describe("the users function", () => {
  it("exports from the tables that its environment names", async () => {
    const order = orderOf("customer-1", 1);
    dynamoDb.on(GetItemCommand, { TableName: "users" }).resolves({});
    dynamoDb.on(QueryCommand, { TableName: "orders" }).resolves({ Items: [marshall(order)] });
    const { statusCode, body } = await handler(
      event("GET", "/users/me/export", { context: customer }),
    );

    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).toEqual({
      profile: { userId: "customer-1", email: "anna@shop.example" },
      orders: [order],
    });
  });

  it("deletes from its table and from the stack's pool", async () => {
    const fetched = jest.spyOn(globalThis, "fetch").mockResolvedValue(new Response(null));
    dynamoDb.on(DeleteItemCommand, { TableName: "users" }).resolves({});
    const { statusCode, headers } = await handler(deletion);

    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({ "Access-Control-Allow-Origin": "https://b.example" });
    expect(dynamoDb.commandCalls(DeleteItemCommand)).toHaveLength(1);
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it.each([undefined, ""])("leaves accounts alone where the pool is %j", async (userPoolId) => {
    jest.resetModules();
    const sdk = await import("@aws-sdk/client-dynamodb");
    const deleted = mockClient(sdk.DynamoDBClient).on(sdk.DeleteItemCommand).resolves({});
    const fetched = jest.spyOn(globalThis, "fetch");
    if (userPoolId === undefined) delete process.env["USER_POOL_ID"];
    else process.env["USER_POOL_ID"] = userPoolId;
    const { handler } = await import("../../../../../lib/lambda/storefront/users/index.js");

    expect((await handler(deletion)).statusCode).toBe(200);
    expect(deleted.calls()).toHaveLength(1);
    expect(fetched).not.toHaveBeenCalled();
  });
});
