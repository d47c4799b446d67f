import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { json } from "../../http/response";
import { endpoint } from "../../http/router";
import { issueReceipt } from "../api";

/** What issuing receipts needs. */
interface Dependencies {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly keepDays: number;
}

/** Issues a payment's receipt the first time, and returns it every time. */
export const receiptEndpoint = ({ client, table, keepDays }: Dependencies) =>
  endpoint(issueReceipt, async ({ path: { paymentId } }) => {
    const issuedAt = Date.now();
    const expirationTime = Math.floor(issuedAt / 1000) + keepDays * 86_400;
    const { Attributes } = await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: { paymentId: { S: paymentId } },
        UpdateExpression:
          "SET issuedAt = if_not_exists(issuedAt, :now), expirationTime = if_not_exists(expirationTime, :end)",
        ExpressionAttributeValues: {
          ":now": { N: String(issuedAt) },
          ":end": { N: String(expirationTime) },
        },
        ReturnValues: "ALL_NEW",
      }),
    );
    return json(200, { paymentId, issuedAt: Number(Attributes?.["issuedAt"]?.N) });
  });
