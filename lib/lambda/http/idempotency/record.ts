import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod/mini";
import type { StoredResponse } from "./response-store";

/** How long a response is replayed: 24 hours, in seconds. */
const lifetimeSeconds = 24 * 60 * 60;

/** An item of a table. */
type Item = Record<string, AttributeValue>;

const recordSchema = z.object({
  requestHash: z.string(),
  statusCode: z.int(),
  body: z.string(),
  expirationTime: z.int(),
});

/** The key of a record. */
export function recordKey(keyHash: string): Item {
  return marshall({ keyHash });
}

/** The record of a response, which DynamoDB deletes some time after it expired. */
export function recordItem(keyHash: string, response: StoredResponse, now: number): Item {
  const { requestHash, statusCode, body } = response; // without further properties of the value
  const expirationTime = toSeconds(now) + lifetimeSeconds;
  return {
    ...recordKey(keyHash),
    ...marshall({ requestHash, statusCode, body, expirationTime }),
  };
}

/** The response in a record, unless it has expired: DynamoDB may take days to delete it. */
export function liveResponse(item: Item | undefined, now: number): StoredResponse | undefined {
  if (item === undefined) return undefined;
  const { expirationTime, ...response } = recordSchema.parse(unmarshall(item));
  return expirationTime > toSeconds(now) ? response : undefined;
}

/** When a record may be written: there is none, or an expired one. */
export function absentOrExpired(now: number) {
  return {
    ConditionExpression: "attribute_not_exists(keyHash) OR expirationTime <= :now",
    ExpressionAttributeValues: { ":now": { N: String(toSeconds(now)) } },
    // saves a read when there is one
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  } as const;
}

function toSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
