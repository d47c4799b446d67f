import * as fc from "fast-check";
import { encodeCursor } from "../../../../../lib/lambda/http/cursor";
import { productQuery } from "../../../../../lib/lambda/storefront/api/schemas";
import { decodeCursor, nextCursor } from "../../../../../lib/lambda/storefront/products/cursor";

const productId = `item_${"0".repeat(32)}`;
const shown = (name: string) => ({
  products: [{ productId, name, category: "coffee", price: 1, currency: "EUR", published: true }],
  next: { productId, name },
});

describe("a cursor", () => {
  it("gives back its position to the query it came from, whatever the product's name", () => {
    const name = fc.string({ unit: "binary", minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(name, fc.string(), (name, query) => {
        const cursor = nextCursor(shown(name), query) ?? "";

        expect(productQuery.safeParse({ category: "coffee", cursor }).success).toBe(true);
        expect(decodeCursor(cursor, query)).toEqual({ productId, name });
      }),
    );
  });

  it("of the longest name is one that a request may have", () => {
    const name = "😀".repeat(200);
    const cursor = nextCursor(shown(name), "q") ?? "";

    expect(productQuery.safeParse({ category: "coffee", cursor }).success).toBe(true);
    expect(decodeCursor(cursor, "q")).toEqual({ productId, name });
  });

  it("has no name of a product that its page does not show", () => {
    const hidden = { productId: `item_${"f".repeat(32)}`, name: "The secret" };
    const [page, empty] = [shown("Shown").products, []].map((products) => {
      const cursor = nextCursor({ products, next: hidden }, "q") ?? "";
      expect(Buffer.from(cursor, "base64url").toString()).not.toContain("secret");
      return decodeCursor(cursor, "q");
    });

    expect(page).toEqual({ productId: hidden.productId, name: undefined });
    expect(empty).toEqual(page);
  });

  it("is none behind the last page", () => {
    expect(nextCursor({ ...shown("Last"), next: undefined }, "q")).toBeUndefined();
  });

  it("gives nothing to another query, or where a character of it was changed", () => {
    const cursor = nextCursor(shown("Kenya"), "q") ?? "";
    const changed = Array.from(cursor, (character, i) => {
      const other = character === "A" ? "B" : "A";
      return cursor.slice(0, i) + other + cursor.slice(i + 1);
    });

    expect(decodeCursor(cursor, "r")).toBeUndefined();
    expect(changed.filter((text) => decodeCursor(text, "q") !== undefined)).toEqual([]);
  });

  it.each([
    "",
    "Kenya",
    `${productId} `,
    `${productId}Kenya`,
    ` ${productId}`,
    "item_1 Kenya",
    `${productId} ${"x".repeat(201)}`,
  ])("gives nothing where its checksum is right but its position is none: %j", (position) => {
    expect(decodeCursor(encodeCursor(position, "q"), "q")).toBeUndefined();
  });
});
