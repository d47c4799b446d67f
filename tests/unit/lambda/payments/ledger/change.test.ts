import { marshall } from "@aws-sdk/util-dynamodb";
import { changeOf } from "../../../../../lib/lambda/payments/ledger/change";
import { PoisonError } from "../../../../../lib/lambda/payments/ledger/poison";
import { authorized, captured, pending, streamRecord } from "./payments";

const image = (more: object) => ({
  ...streamRecord(undefined, pending),
  dynamodb: { ...streamRecord(undefined, pending).dynamodb, ...more },
});

describe("a record of the table's stream", () => {
  it("has the kind of a payment's change, its states before and after, and its time", () => {
    expect(changeOf(streamRecord(pending, authorized))).toEqual({
      kind: "authorized",
      occurredAt: new Date("2026-01-01T00:00:01.000Z"),
      before: pending,
      after: authorized,
    });
  });

  it("has a number that JavaScript cannot represent as the text that it is", () => {
    const NewImage = { ...marshall(pending), big: { N: "9007199254740993" } };

    expect(changeOf(image({ NewImage }))?.after).toEqual({ ...pending, big: "9007199254740993" });
  });

  it("keeps every attribute of the payment", () => {
    const payment = { ...pending, metadata: { order: "7" }, tags: ["a", null, true, 1] };

    expect(changeOf(streamRecord(undefined, payment))?.after).toEqual(payment);
  });

  it("has no change of a payment that only moves to another shard of the status index", () => {
    const record = streamRecord(captured, { ...captured, status: "CAPTURED#7" });

    expect(changeOf(record)).toBeUndefined();
  });

  it("has a payment's status without its shard", () => {
    const change = changeOf(
      streamRecord({ ...pending, status: "PENDING#3" }, { ...authorized, status: "AUTHORIZED#12" }),
    );

    expect(change).toMatchObject({ kind: "authorized", before: pending, after: authorized });
  });

  it.each(["#7", "PAID#7", "captured#7"])("is poison with the status %s", (status) => {
    expect(() => changeOf(streamRecord(undefined, { ...pending, status }))).toThrow("status");
  });

  it.each([
    ["made", "INSERT"],
    ["changed", "MODIFY"],
    ["expired", "REMOVE"],
  ])("is ignored for an idempotency record that was %s", (_, eventName) => {
    const item = { transactionId: "idempotency#0123", timestamp: 0 };

    expect(changeOf(streamRecord(undefined, item, { eventName }))).toBeUndefined();
  });

  it.each([
    ["nothing", null, "Not a change that a payment can make: record"],
    ["no object", 7, "can make: record"],
    ["without keys", { eventName: "INSERT", dynamodb: {} }, "dynamodb.Keys"],
    [
      "of a payment that was removed",
      streamRecord(pending, undefined, { eventName: "REMOVE" }),
      "eventName",
    ],
    ["of an unknown kind", streamRecord(undefined, pending, { eventName: "UPSERT" }), "eventName"],
    [
      "without a time",
      image({ ApproximateCreationDateTime: "now" }),
      "ApproximateCreationDateTime",
    ],
    [
      "of a time that no date can hold",
      image({ ApproximateCreationDateTime: 1e15 }),
      "ApproximateCreationDateTime",
    ],
    ["without an image", image({ NewImage: undefined }), "dynamodb.NewImage"],
    [
      "with a binary attribute",
      image({ NewImage: { amount: { B: "AA==" } } }),
      "dynamodb.NewImage.amount",
    ],
    [
      "with a number beyond the safe ones",
      image({ NewImage: { ...marshall(pending), amount: { N: "9007199254740993" } } }),
      "NewImage is no payment: amount",
    ],
    [
      "of an item that is no payment",
      streamRecord(undefined, { ...pending, userId: 7 }),
      "NewImage is no payment: userId",
    ],
    [
      "that came from no payment",
      streamRecord({ transactionId: "x" }, authorized),
      "OldImage is no payment: timestamp",
    ],
    [
      "of an item that is neither payment nor idempotency record",
      streamRecord(undefined, { transactionId: "checkpoint", timestamp: 0 }),
      "NewImage is no payment: userId",
    ],
    ["of an amount of nothing", streamRecord(undefined, { ...pending, amount: 0 }), "amount"],
    ["of half a cent", streamRecord(undefined, { ...pending, amount: 0.5 }), "amount"],
    [
      "of more captured than there was",
      streamRecord(authorized, { ...captured, capturedAmount: 1_001 }),
      "capturedAmount",
    ],
    [
      "of more refunded than was captured",
      streamRecord(authorized, { ...captured, refundedAmount: 701 }),
      "refundedAmount",
    ],
    [
      "of a refund without a capture",
      streamRecord(undefined, { ...pending, refundedAmount: 1 }),
      "refundedAmount",
    ],
    [
      "of an illegal move",
      streamRecord(pending, { ...captured, version: 2 }),
      "from PENDING (version 1) to CAPTURED (version 2)",
    ],
    [
      "of a payment that appears authorized",
      streamRecord(undefined, authorized),
      "from nothing to AUTHORIZED",
    ],
  ])("is poison: %s", (_, record, reason) => {
    expect(() => changeOf(record)).toThrow(PoisonError);
    expect(() => changeOf(record)).toThrow(reason);
  });
});
