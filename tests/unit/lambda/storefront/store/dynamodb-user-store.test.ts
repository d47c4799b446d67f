import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { DynamoDbUserStore } from "../../../../../lib/lambda/storefront/store/dynamodb-user-store";
import { everything } from "../users/harness";

const dynamoDb = mockClient(DynamoDBClient);
const store = new DynamoDbUserStore(new DynamoDBClient({}), "users");
beforeEach(() => {
  dynamoDb.reset();
});

/** The input of the only call. */
function input(): unknown {
  const calls = dynamoDb.calls();
  expect(calls).toHaveLength(1);
  return calls[0]?.args[0].input;
}

const profile = { userId: "user-1", email: "a@b.example", ...everything };
const item = { TableName: "users", Key: { userId: { S: "user-1" } } };

describe("a profile", () => {
  it("is read as it is now", async () => {
    dynamoDb.on(GetItemCommand).resolves({ Item: marshall(profile) });

    expect(await store.find("user-1")).toEqual(profile);
    expect(input()).toEqual({ ...item, ConsistentRead: true });
  });

  it("is undefined where nothing is stored", async () => {
    dynamoDb.on(GetItemCommand).resolves({});

    expect(await store.find("user-1")).toBeUndefined();
  });

  it("is stored in place of what is there, without what it does not have", async () => {
    dynamoDb.on(PutItemCommand).resolves({});
    const address = { ...everything.address, line2: undefined };
    await store.put({ userId: "user-1", email: undefined, name: undefined, address });

    expect(input()).toEqual({
      TableName: "users",
      Item: {
        userId: { S: "user-1" },
        address: {
          M: {
            line1: { S: "Lange Straße 1" },
            postalCode: { S: "10115" },
            city: { S: "Berlin" },
            country: { S: "DE" },
          },
        },
      },
    });
  });

  it("gets another e-mail where there is one", async () => {
    dynamoDb.on(UpdateItemCommand).resolves({});
    await store.changeEmail("user-1", "c@d.example");

    expect(input()).toEqual({
      ...item,
      UpdateExpression: "SET email = :email",
      ConditionExpression: "attribute_exists(userId)",
      ExpressionAttributeValues: { ":email": { S: "c@d.example" } },
    });
  });

  it("that was deleted meanwhile does not come back with an e-mail", async () => {
    const error = new ConditionalCheckFailedException({
      message: "The request failed",
      $metadata: {},
    });
    dynamoDb.on(UpdateItemCommand).rejects(error);

    await expect(store.changeEmail("user-1", "c@d.example")).resolves.toBeUndefined();
  });

  it("does not hide that its e-mail could not be changed", async () => {
    dynamoDb.on(UpdateItemCommand).rejects(new Error("throttled"));

    await expect(store.changeEmail("user-1", "c@d.example")).rejects.toThrow("throttled");
  });

  it("is deleted, whether it is there or not", async () => {
    dynamoDb.on(DeleteItemCommand).resolves({});
    await store.delete("user-1");

    expect(input()).toEqual(item);
  });

  it("that is none fails without a word of what is stored", async () => {
    const Item = marshall({ ...profile, name: ["Anna Arndt"], email: { secret: "a@b.example" } });
    dynamoDb.on(GetItemCommand).resolves({ Item });
    const error: unknown = await store.find("user-1").catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(Error);
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toMatch(/Anna|b\.example/);
  });
});

describe("the profiles with an e-mail", () => {
  it("are read from the index", async () => {
    dynamoDb.on(QueryCommand).resolves({ Items: [marshall(profile)] });

    expect(await store.withEmail("a@b.example")).toEqual([profile]);
    expect(input()).toEqual({
      TableName: "users",
      IndexName: "EmailIndex",
      KeyConditionExpression: "email = :email",
      ExpressionAttributeValues: { ":email": { S: "a@b.example" } },
    });
  });

  it("are none where there are none", async () => {
    dynamoDb.on(QueryCommand).resolves({});

    expect(await store.withEmail("a@b.example")).toEqual([]);
  });
});
