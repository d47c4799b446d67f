import * as fc from "fast-check";
import { encodeCursor as encodeAny } from "../../../../../lib/lambda/http/cursor";
import {
  decodeCursor,
  encodeCursor,
} from "../../../../../lib/lambda/storefront/store/order-cursor";

const id = `ord_${"0".repeat(32)}`;

describe("a cursor of orders", () => {
  it("gives back its position to the query it came from, and to no other", () => {
    const time = fc.integer({ min: 0, max: 999_999_999_999_999 });
    fc.assert(
      fc.property(fc.uuid(), time, fc.string(), (uuid, createdAt, query) => {
        const position = { orderId: `ord_${uuid.replaceAll("-", "")}`, createdAt };
        const cursor = encodeCursor(position, query);

        expect(cursor).toMatch(/^[A-Za-z0-9._-]{1,100}$/);
        expect(decodeCursor(cursor, query)).toEqual(position);
        expect(decodeCursor(cursor, `${query} `)).toBeUndefined();
      }),
    );
  });

  it.each(["", ".", "x.y", `${encodeCursor({ orderId: id, createdAt: 5 }, "q")}x`])(
    "gives nothing where it is no cursor: %s",
    (text) => {
      expect(decodeCursor(text, "q")).toBeUndefined();
    },
  );

  it.each(["", "5", id, `x ${id}`, `5 ${id} `, "5 pay_1", `-5 ${id}`, `5 ${id}\n`])(
    "gives nothing where its checksum is right but its position is none: %j",
    (position) => {
      expect(decodeCursor(encodeAny(position, "q"), "q")).toBeUndefined();
    },
  );
});
