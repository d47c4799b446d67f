import {
  DynamoDBClient,
  TransactWriteItemsCommand,
  TransactionCanceledException,
  TransactionInProgressException,
} from "@aws-sdk/client-dynamodb";
import type { CancellationReason } from "@aws-sdk/client-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { transact } from "../../../../lib/lambda/aws/transaction";

const dynamoDb = mockClient(DynamoDBClient);
const client = new DynamoDBClient({});
const operations = ["a", "b", "c"].map((id) => ({
  Delete: { TableName: "table", Key: { id: { S: id } } },
}));

const canceled = (CancellationReasons?: CancellationReason[]) =>
  new TransactionCanceledException({
    message: "Transaction cancelled",
    $metadata: {},
    ...(CancellationReasons !== undefined && { CancellationReasons }),
  });

beforeEach(() => {
  dynamoDb.reset();
});

describe("a transaction", () => {
  it("is one call with all of its operations", async () => {
    dynamoDb.on(TransactWriteItemsCommand).resolves({});

    expect(await transact(client, operations)).toEqual({ result: "written" });
    expect(dynamoDb.calls().map(({ args }) => args[0].input as unknown)).toEqual([
      { TransactItems: operations },
    ]);
  });

  it("says whose conditions did not hold, whatever else kept it from being written", async () => {
    const Item = { id: { S: "a" } };
    dynamoDb
      .on(TransactWriteItemsCommand)
      .rejects(
        canceled([
          { Code: "ConditionalCheckFailed", Item },
          { Code: "TransactionConflict" },
          { Code: "ConditionalCheckFailed" },
        ]),
      );

    expect(await transact(client, operations)).toEqual({
      result: "refused",
      refused: new Map([
        [0, Item],
        [2, undefined],
      ]),
    });
  });

  it.each([["TransactionConflict"], ["ProvisionedThroughputExceeded"], ["ThrottlingError"]])(
    "may be tried again after %s",
    async (Code) => {
      dynamoDb.on(TransactWriteItemsCommand).rejects(canceled([{ Code: "None" }, { Code }]));

      expect(await transact(client, operations)).toEqual({ result: "busy" });
    },
  );

  it("may be tried again while it is in progress", async () => {
    dynamoDb
      .on(TransactWriteItemsCommand)
      .rejects(new TransactionInProgressException({ message: "", $metadata: {} }));

    expect(await transact(client, operations)).toEqual({ result: "busy" });
  });

  it.each([
    ["canceled for good", canceled([{ Code: "ValidationError" }])],
    ["canceled for no known reason", canceled()],
    ["not taken", new Error("socket hang up")],
  ])("fails where it is %s", async (_, error) => {
    dynamoDb.on(TransactWriteItemsCommand).rejects(error);

    await expect(transact(client, operations)).rejects.toBe(error);
  });
});
