import * as fc from "fast-check";
import { encodeCursor } from "../../../../../lib/lambda/http/cursor";
import {
  decodeOrderCursor,
  encodeOrderCursor,
} from "../../../../../lib/lambda/storefront/store/order-cursor";

const position = { orderId: `ord_${"0".repeat(32)}`, createdAt: 5 };

describe("a cursor of a user's orders", () => {
  it("gives back its position to the user", () => {
    const time = fc.integer({ min: 0, max: 999_999_999_999_999 });
    fc.assert(
      fc.property(fc.uuid(), time, fc.string(), (uuid, createdAt, userId) => {
        const orderId = `ord_${uuid.replaceAll("-", "")}`;
        const cursor = encodeOrderCursor({ orderId, createdAt }, userId);

        expect(cursor).toMatch(/^[A-Za-z0-9._-]{1,100}$/);
        expect(decodeOrderCursor(cursor, userId)).toEqual({ orderId, createdAt });
      }),
    );
  });

  it("gives nothing to another user", () => {
    expect(decodeOrderCursor(encodeOrderCursor(position, "a"), "b")).toBeUndefined();
  });

  it("gives nothing where any character of it was changed", () => {
    const cursor = encodeOrderCursor(position, "a");
    const changed = Array.from(cursor, (character, i) => {
      const other = character === "A" ? "B" : "A";
      return cursor.slice(0, i) + other + cursor.slice(i + 1);
    });

    expect(changed.filter((text) => decodeOrderCursor(text, "a") !== undefined)).toEqual([]);
  });

  it.each(["", "5", position.orderId, `-5 ${position.orderId}`, `5 ${position.orderId}\n`])(
    "gives nothing where its checksum is right but its position is none: %j",
    (place) => {
      const cursor = encodeCursor(place, JSON.stringify({ userId: "a" }));

      expect(decodeOrderCursor(cursor, "a")).toBeUndefined();
    },
  );
});
