import "./function-environment";
import { DynamoDBClient, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { handler } from "../../../../../lib/lambda/payments/payment/index";
import { event, newPayment } from "../../harness";

describe("the payment function", () => {
  it("stores payments in the table that its environment names, under unguessable ids", async () => {
    const dynamoDb = mockClient(DynamoDBClient);
    dynamoDb.on(TransactWriteItemsCommand).resolves({});
    const { statusCode, body, headers } = await handler(
      event("POST", "/payment", {
        body: newPayment,
        key: "k",
        headers: { Origin: "https://b.example" },
      }),
    );

    expect(statusCode).toBe(201);
    expect(body).toMatch(/"transactionId":"pay_[0-9a-f]{32}"/);
    expect(headers).toMatchObject({ "Access-Control-Allow-Origin": "https://b.example" });
    expect(dynamoDb.commandCalls(TransactWriteItemsCommand)[0]?.args[0].input).toMatchObject({
      TransactItems: [
        { Put: { TableName: "idempotency" } },
        { Put: { TableName: "transactions" } },
      ],
    });
  });
});
