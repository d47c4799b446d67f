import { createHash } from "node:crypto";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import {
  absentOrExpired,
  liveResponse,
  recordItem,
  recordKey,
} from "../../../../../lib/lambda/http/idempotency/record";
import { keyedRequest } from "../../../../../lib/lambda/http/idempotency/request";

const response = { requestHash: "h", statusCode: 201, body: "{}" };
const now = 1_700_000_000_999;
const day = 24 * 60 * 60 * 1000;

describe("a request under an idempotency key", () => {
  it("is the same whatever the order of names in it", () => {
    const one = keyedRequest("k", "create", { a: 1, b: { c: [1, null], d: "x" } });
    const other = keyedRequest("k", "create", { b: { d: "x", c: [1, null] }, a: 1 });

    expect(one).toEqual(other);
  });

  it.each([
    ["value", "create", { a: 2 }],
    ["name", "create", { b: 1 }],
    ["operation", "capture", { a: 1 }],
    ["order in a list", "create", { a: [2, 1] }],
  ])("is another with another %s", (what, operation, input) => {
    const first = keyedRequest("k", "create", what.startsWith("order") ? { a: [1, 2] } : { a: 1 });

    expect(keyedRequest("k", operation, input).requestHash).not.toBe(first.requestHash);
    expect(keyedRequest("k", operation, input).keyHash).toBe(first.keyHash);
  });

  it("does not disclose its content", () => {
    expect(keyedRequest("k", "create", { a: "content" })).toEqual({
      keyHash: "k",
      requestHash: createHash("sha256").update('create\n{"a":"content"}').digest("hex"),
    });
  });
});

describe("an idempotency record", () => {
  it("lies under the key's hash and expires after 24 hours", () => {
    const more = { ...response, transactionId: "pay_1", headers: {} };

    expect(unmarshall(recordItem("abc", more, now))).toEqual({
      keyHash: "abc",
      ...response,
      expirationTime: 1_700_000_000 + 86_400,
    });
    expect(unmarshall(recordKey("abc"))).toEqual({ keyHash: "abc" });
  });

  it("gives its response until it expires, deleted or not", () => {
    const item = recordItem("abc", response, now);

    expect(liveResponse(item, now)).toEqual(response);
    expect(liveResponse(item, now + day - 1000)).toEqual(response);
    expect(liveResponse(item, now + day)).toBeUndefined();
    expect(liveResponse(undefined, now)).toBeUndefined();
  });

  it("may be written where there is none or an expired one, and otherwise returns the existing one", () => {
    expect(absentOrExpired(now)).toEqual({
      ConditionExpression: "attribute_not_exists(keyHash) OR expirationTime <= :now",
      ExpressionAttributeValues: { ":now": { N: "1700000000" } },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
  });
});
