import { maxBodyBytes } from "../../../../../lib/lambda/storefront/api/schemas";
import { toProductItem } from "../../../../../lib/lambda/storefront/store/product-item";
import { calledBy, shop as role } from "../../harness";
import type { Options } from "../../harness";
import { admin, customer, problemOf, signedIn } from "../harness";
import { Shop, newProduct } from "./shop";

let shop: Shop;
beforeEach(() => {
  shop = new Shop();
});

const create = (differences: Readonly<Record<string, unknown>>, options: Options = {}) =>
  shop.write("/products", { ...newProduct, ...differences }, options);

describe("a new product", () => {
  it("gets the stored product as its response, in its first version", async () => {
    const { status, body } = await create({});

    expect(status).toBe(201);
    expect(body).toEqual({
      ...newProduct,
      productId: "item_00000000000000000000000000000001",
      version: 1,
      createdAt: shop.time,
      updatedAt: shop.time,
    });
    expect([...shop.store.products.values()]).toEqual([body]);
    expect(shop.api.log.at(-1)?.extra).toMatchObject({ productId: body["productId"] });
  });

  it("needs no description, no stock, and need not be for sale", async () => {
    const { status, body } = await create({ description: undefined, stock: 0, published: false });

    expect(status).toBe(201);
    expect(body).not.toHaveProperty("description");
    expect(body).toMatchObject({ stock: 0, published: false });
  });

  it.each([
    ["any script", { name: "Café ☕️ 咖啡 قهوة", description: "„Grüße“ & 3 < 5 > 2" }],
    ["the longest texts", { name: "😀".repeat(200), description: "😀".repeat(2000) }],
    ["the largest numbers", { price: 999_999_999_999, stock: 1_000_000_000 }],
    ["a category of several words", { category: "whole-beans-250" }],
  ])("may have %s", async (_, differences) => {
    const { status, body } = await create(differences);

    expect(status).toBe(201);
    expect(body).toMatchObject(differences);
  });

  it("of the longest texts fits the body's limit, an item and the record of its response, however it is escaped", async () => {
    const longest = { ...newProduct, name: "😀".repeat(200), description: "😀".repeat(2000) };
    const rawBody = JSON.stringify(longest).replaceAll(
      /[\ud800-\udfff]/g,
      (half) => `\\u${half.charCodeAt(0).toString(16)}`,
    );
    const { status, text } = await shop.api.post("/products", { context: admin, rawBody });
    const [product] = shop.store.products.values();

    expect(status).toBe(201);
    expect(rawBody.length).toBeGreaterThan(maxBodyBytes - 4096);
    expect(rawBody.length).toBeLessThan(maxBodyBytes);
    const item = JSON.stringify(product && toProductItem(product));
    expect(Buffer.byteLength(item)).toBeLessThan(400 * 1024);
    expect(Buffer.byteLength(text)).toBeLessThan(399 * 1024);
  });

  it("is made by a service that the gateway authorizes by its signature", async () => {
    shop = new Shop("AWS_IAM");

    expect((await create({}, { context: calledBy(role) })).status).toBe(201);
  });
});

describe("an invalid product", () => {
  const card = "4111 1111 1111 1111";

  it.each<[string, Record<string, unknown>, string]>([
    ["no name", { name: undefined }, "name"],
    ["an empty name", { name: "" }, "name"],
    ["a name that is too long", { name: "x".repeat(201) }, "name"],
    ["a name that is no text", { name: 1 }, "name"],
    ["a name of null", { name: null }, "name"],
    ["HTML as name", { name: "<b>Kenya</b>" }, "name"],
    ["a comment of HTML as name", { name: "Kenya <!-- " }, "name"],
    ["a line break in the name", { name: "Kenya\nX-Header: 1" }, "name"],
    ["a card number in the name", { name: card }, "name"],
    ["half a character in the name", { name: "\ud800" }, "name"],
    ["a script in the description", { description: "a\u2028<script>" }, "description"],
    ["a control character in the description", { description: "a\u0000b" }, "description"],
    ["a card number in the description", { description: `Paid by ${card}` }, "description"],
    ["a description that is too long", { description: "x".repeat(2001) }, "description"],
    ["a description that is a list", { description: [] }, "description"],
    ["no category", { category: undefined }, "category"],
    ["a category in capitals", { category: "Coffee" }, "category"],
    ["a category with spaces", { category: "green tea" }, "category"],
    ["a category that is too long", { category: "c".repeat(65) }, "category"],
    ["a price of nothing", { price: 0 }, "price"],
    ["a negative price", { price: -1 }, "price"],
    ["a fraction", { price: 12.9 }, "price"],
    ["a price as text", { price: "1290" }, "price"],
    ["a price beyond the largest", { price: 1_000_000_000_000 }, "price"],
    ["an unknown currency", { currency: "ABC" }, "currency"],
    ["a currency in lower case", { currency: "eur" }, "currency"],
    ["no stock", { stock: undefined }, "stock"],
    ["a stock below zero", { stock: -1 }, "stock"],
    ["a fraction in stock", { stock: 1.5 }, "stock"],
    ["a stock as text", { stock: "10" }, "stock"],
    ["a stock beyond the largest", { stock: 1_000_000_001 }, "stock"],
    ["published as text", { published: "true" }, "published"],
    ["published as number", { published: 1 }, "published"],
    ["published left out", { published: undefined }, "published"],
    ["an unknown field", { colour: "red" }, "colour"],
    ["a card number as an unknown field", { [card]: 1 }, "(a name that looks like a card number)"],
    ["an id of its own", { productId: `item_${"0".repeat(32)}` }, "productId"],
    ["a version of its own", { version: 7 }, "version"],
  ])("with %s is refused by that field's name", async (_, differences, field) => {
    const response = await create(differences);

    expect(problemOf(response)).toMatchObject({ status: 400, kind: "invalid-request" });
    expect(Object.keys(problemOf(response).fields)).toEqual([field]);
    expect(response.text).not.toContain("4111");
    expect(shop.store.products.size).toBe(0);
  });

  it.each([
    ["nothing", null, "name"],
    ["no JSON", "{", "body"],
    ["a list", "[]", "body"],
    ["a name twice", '{"stock":1,"stock":1000}', "stock"],
    ["a prototype", '{"__proto__":{"price":1}}', "__proto__"],
    ["too much", JSON.stringify({ description: "x".repeat(maxBodyBytes) }), "body"],
    ["a stock with a point", '{"stock":1.0}', "stock"],
    ["a price with an exponent", '{"price":1e3}', "price"],
  ])("is refused where its body is %s", async (_, rawBody, field) => {
    const response = await shop.api.post("/products", { context: admin, rawBody });

    expect(problemOf(response)).toMatchObject({ status: 400, kind: "invalid-request" });
    expect(Object.keys(problemOf(response).fields)).toContain(field);
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", ""])(
    "is refused where its type is %j",
    async (type) => {
      const response = await create({}, { headers: { "Content-Type": type } });

      expect(problemOf(response)).toMatchObject({ status: 415, kind: "unsupported-media-type" });
      expect(shop.store.products.size).toBe(0);
    },
  );

  it("is refused where it has no key, or a parameter", async () => {
    const response = await create({}, { key: "", query: { dryRun: ["1"] } });

    expect(Object.keys(problemOf(response).fields)).toEqual(["Idempotency-Key", "dryRun"]);
  });

  it("may be put right under the same key", async () => {
    const wrong = await create({ price: 0 }, { key: "k" });
    const right = await create({}, { key: "k" });

    expect([wrong.status, right.status]).toEqual([400, 201]);
  });
});

describe("a write", () => {
  const id = `item_${"0".repeat(31)}1`;

  it.each([
    ["/products", newProduct],
    [`/products/${id}`, { version: 1, price: 1 }],
    [`/products/${id}/stock`, { change: 5 }],
  ])("is for administrators only: POST %s", async (path, body) => {
    await shop.product();
    const before = shop.store.products.get(id);
    const responses = [
      await shop.write(path, body, { context: customer }),
      await shop.write(path, body, {
        context: signedIn("customer-3", { "cognito:groups": "[staff, admin]" }),
      }),
    ];

    for (const response of responses)
      expect(problemOf(response)).toMatchObject({ status: 403, kind: "forbidden" });
    expect([...shop.store.products.values()]).toEqual([before]);
  });

  it("is nobody's without a token, and fails", async () => {
    const { status } = await shop.write(`/products/${id}/stock`, { change: 1 }, { context: {} });

    expect(status).toBe(500);
  });
});
