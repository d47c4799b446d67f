import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { decodeCursor, encodeCursor } from "../../../../../lib/lambda/payments/store/cursor";

const id = `pay_${"0".repeat(32)}`;
const position = { transactionId: id, timestamp: 5, shard: 0 };
const checksum = (text: string) =>
  createHash("sha256").update(text).digest("base64url").slice(0, 16);

describe("a cursor", () => {
  it("gives back its position to the query it came from", () => {
    const timestamp = fc.integer({ min: 0, max: 999_999_999_999_999 });
    fc.assert(
      fc.property(
        fc.uuid(),
        timestamp,
        fc.nat(199),
        fc.string(),
        (uuid, timestamp, shard, query) => {
          const transactionId = `pay_${uuid.replaceAll("-", "")}`;
          const cursor = encodeCursor({ transactionId, timestamp, shard }, query);

          expect(cursor).toMatch(/^[A-Za-z0-9._-]{1,100}$/);
          expect(decodeCursor(cursor, query)).toEqual({ transactionId, timestamp, shard });
        },
      ),
    );
  });

  it("of shard 0 is the one of a list without shards", () => {
    const text = Buffer.from(`5 ${id}`).toString("base64url");

    expect(encodeCursor(position, "q")).toBe(`${text}.${checksum(`${text}\nq`)}`);
  });

  it("gives nothing to another query", () => {
    expect(decodeCursor(encodeCursor(position, "userId=a"), "userId=b")).toBeUndefined();
  });

  it("gives nothing where any character of it was changed", () => {
    const cursor = encodeCursor(position, "q");
    const changed = Array.from(cursor, (character, i) => {
      const other = character === "A" ? "B" : "A";
      return cursor.slice(0, i) + other + cursor.slice(i + 1);
    });

    expect(changed.filter((text) => decodeCursor(text, "q") !== undefined)).toEqual([]);
  });

  it.each([
    "",
    ".",
    "x",
    "x.y",
    `${encodeCursor(position, "q")}.`,
    `${encodeCursor(position, "q")}.x`,
  ])("gives nothing where it is no cursor: %s", (text) => {
    expect(decodeCursor(text, "q")).toBeUndefined();
  });

  it.each([
    "",
    "5",
    id,
    `x ${id}`,
    `5 ${id} `,
    "5 idempotency#1",
    `-5 ${id}`,
    `5 ${id}\n`,
    `5 ${id} 0`,
    `5 ${id} 1000`,
    `5 ${id} 1 `,
  ])("gives nothing where its checksum is right but its position is none: %j", (position) => {
    const text = Buffer.from(position).toString("base64url");

    expect(decodeCursor(`${text}.${checksum(`${text}\nq`)}`, "q")).toBeUndefined();
  });
});
