import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { AttributeValue, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { profile as profileSchema } from "../api/schemas";
import type { UserProfile } from "../domain/user";
import type { UserStore } from "./user-store";

/** Profiles in their table: its hash key is `userId`, that of its index EmailIndex, which has all of them, `email`. */
export class DynamoDbUserStore implements UserStore {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly table: string,
  ) {}

  async find(userId: string): Promise<UserProfile | undefined> {
    const { Item } = await this.client.send(
      new GetItemCommand({ ...this.itemOf(userId), ConsistentRead: true }),
    );
    return Item && toProfile(Item);
  }

  async put(profile: UserProfile): Promise<void> {
    await this.client.send(
      new PutItemCommand({
        TableName: this.table,
        Item: marshall(profile, { removeUndefinedValues: true }),
      }),
    );
  }

  async changeEmail(userId: string, email: string): Promise<void> {
    try {
      await this.client.send(
        new UpdateItemCommand({
          ...this.itemOf(userId),
          UpdateExpression: "SET email = :email",
          // what has been deleted does not come back
          ConditionExpression: "attribute_exists(userId)",
          ExpressionAttributeValues: { ":email": { S: email } },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  async delete(userId: string): Promise<void> {
    await this.client.send(new DeleteItemCommand(this.itemOf(userId)));
  }

  async withEmail(email: string): Promise<readonly UserProfile[]> {
    // a verified address is one account's, and a second profile one that has had it before: never a second page
    const { Items = [] } = await this.client.send(
      new QueryCommand({
        TableName: this.table,
        IndexName: "EmailIndex",
        KeyConditionExpression: "email = :email",
        ExpressionAttributeValues: { ":email": { S: email } },
      }),
    );
    return Items.map(toProfile);
  }

  private itemOf(userId: string) {
    return { TableName: this.table, Key: { userId: { S: userId } } };
  }
}

function toProfile(item: Record<string, AttributeValue>): UserProfile {
  return profileSchema.parse(unmarshall(item));
}
