import "./function-environment";
import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { handler } from "../../../../../lib/lambda/payments/accounts/index";
import { event } from "../../harness";

const mockConnect = jest.fn();
jest.mock("pg", () => ({
  Pool: class {
    on = jest.fn();
    connect = (): unknown => mockConnect();
  },
}));

const dynamoDb = mockClient(DynamoDBClient);
beforeEach(() => {
  jest.spyOn(console, "info").mockReturnValue();
  jest.spyOn(console, "error").mockReturnValue();
  dynamoDb.reset();
  dynamoDb.on(GetItemCommand).resolves({});
});

describe("the accounts function", () => {
  it("checks the health of the database and the table that its environment names", async () => {
    mockConnect.mockResolvedValue({ query: () => Promise.resolve(), release: jest.fn() });
    const { statusCode, headers } = await handler(
      event("GET", "/health", { headers: { Origin: "https://b.example" } }),
    );

    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({ "Access-Control-Allow-Origin": "https://b.example" });
    expect(dynamoDb.commandCalls(GetItemCommand)[0]?.args[0].input.TableName).toBe("transactions");
  });

  it("responds with 503 while the database is unavailable, and logs it", async () => {
    mockConnect.mockRejectedValue(new Error("connect ECONNREFUSED 10.0.1.7:5432"));
    const { statusCode, headers, body } = await handler(event("GET", "/balance/merchant:payable"));

    expect(statusCode).toBe(503);
    expect(headers).toMatchObject({ "Retry-After": "5" });
    expect(body).not.toContain("10.0.1.7");
    expect(jest.mocked(console.error).mock.calls.join()).toContain("ECONNREFUSED");
  });
});
