import { createHash } from "node:crypto";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod/mini";
import type { Item } from "./payment-item";

/** How long an answer is replayed: 24 hours, in seconds. */
const lifetimeSeconds = 24 * 60 * 60;

/** What a caller asked for under an idempotency key, as hashes: neither can be told from the table. */
export interface KeyedRequest {
  /** The hash of the caller and its key. */
  readonly keyHash: string;
  /** SHA-256 of the operation and everything that was asked of it. */
  readonly requestHash: string;
}

/** The answer to the first request under a key, as it is replayed: a success or a refusal. */
export interface StoredAnswer {
  readonly requestHash: string;
  readonly statusCode: number;
  /** JSON text. */
  readonly body: string;
}

const recordSchema = z.object({
  requestHash: z.string(),
  statusCode: z.int(),
  body: z.string(),
  expirationTime: z.int(),
});

/**
 * The request that a key, an operation and its checked input make; the order of names in it is no matter.
 *
 * @param keyHash - The hash of the caller and its key.
 */
export function keyedRequest(keyHash: string, operation: string, input: unknown): KeyedRequest {
  return {
    keyHash,
    requestHash: sha256(`${operation}\n${JSON.stringify(input, sortedNames)}`),
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function sortedNames(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Where the record of a key is, in a table of its own: what reads payments does not meet it. */
export function recordKey(keyHash: string): Item {
  return marshall({ keyHash });
}

/** The record of an answer, which DynamoDB deletes some time after it expired. */
export function recordItem(keyHash: string, answer: StoredAnswer, now: number): Item {
  const { requestHash, statusCode, body } = answer; // whatever else the caller's value has
  const expirationTime = toSeconds(now) + lifetimeSeconds;
  return {
    ...recordKey(keyHash),
    ...marshall({ requestHash, statusCode, body, expirationTime }),
  };
}

/** The answer in a record, unless it has expired: DynamoDB may take days to delete it. */
export function liveAnswer(item: Item | undefined, now: number): StoredAnswer | undefined {
  if (item === undefined) return undefined;
  const { expirationTime, ...answer } = recordSchema.parse(unmarshall(item));
  return expirationTime > toSeconds(now) ? answer : undefined;
}

/** When a record may be written: there is none, or an expired one. */
export function absentOrExpired(now: number) {
  return {
    ConditionExpression: "attribute_not_exists(keyHash) OR expirationTime <= :now",
    ExpressionAttributeValues: { ":now": { N: String(toSeconds(now)) } },
    // spares a read when there is one
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  } as const;
}

function toSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
