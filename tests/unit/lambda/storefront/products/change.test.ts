import type { Options } from "../../harness";
import { admin, problemOf, signedIn } from "../harness";
import { Shop, newProduct } from "./shop";

const otherAdmin = signedIn("admin-2", { "cognito:groups": "[admins, staff]" });
const unknownId = `item_${"f".repeat(32)}`;

let shop: Shop;
let id: string;
beforeEach(async () => {
  shop = new Shop();
  id = await shop.product();
  shop.time += 1000;
});

const change = (body: unknown, options: Options = {}) =>
  shop.write(`/products/${id}`, body, options);
const changeStock = (body: unknown, options: Options = {}) =>
  shop.write(`/products/${id}/stock`, body, options);
const stored = () => shop.store.products.get(id);

describe("a change of a product", () => {
  it("sets what it names, in the next version", async () => {
    const before = stored();
    const { status, body } = await change({ version: 1, price: 990, published: false });

    expect(status).toBe(200);
    expect(body).toEqual({
      ...before,
      price: 990,
      published: false,
      version: 2,
      updatedAt: shop.time,
    });
    expect(stored()).toEqual(body);
    expect(shop.api.log.at(-1)?.extra).toMatchObject({ productId: id });
  });

  it("sets everything but the stock, and a description to nothing", async () => {
    const all = {
      name: "Kenya",
      description: "",
      category: "tea",
      price: 1,
      currency: "JPY",
      published: false,
    };
    const { body } = await change({ version: 1, ...all });

    expect(body).toMatchObject({ ...all, stock: newProduct.stock, version: 2 });
  });

  it("is refused where the product has been changed since, with its version", async () => {
    await change({ version: 1, price: 990 });
    const response = await change({ version: 1, price: 890 });

    expect(problemOf(response)).toMatchObject({
      status: 409,
      kind: "version-conflict",
      currentVersion: 2,
    });
    expect(stored()).toMatchObject({ price: 990, version: 2 });
  });

  it("is refused where the product never had the version", async () => {
    expect(problemOf(await change({ version: 2, price: 990 }))).toMatchObject({
      kind: "version-conflict",
      currentVersion: 1,
    });
  });

  it("is one administrator's where two are at once; the other learns of the version", async () => {
    const responses = await Promise.all([
      change({ version: 1, price: 990 }),
      change({ version: 1, price: 890 }, { context: otherAdmin }),
    ]);
    const [won, lost] = responses.sort((a, b) => a.status - b.status);

    expect(responses.map(({ status }) => status)).toEqual([200, 409]);
    expect(problemOf(lost)).toMatchObject({ kind: "version-conflict", currentVersion: 2 });
    expect(stored()).toEqual(won.body);
    expect(shop.store.history).toHaveLength(2);
  });

  it("keeps what orders take from the stock meanwhile", async () => {
    shop.store.before = (call) => {
      const product = stored();
      if (call === "change" && product !== undefined)
        shop.store.products.set(id, { ...product, stock: 3 });
    };
    const { status } = await change({ version: 1, price: 990 });

    expect(status).toBe(200);
    expect(stored()).toMatchObject({ price: 990, stock: 3 });
  });

  it.each<[string, unknown, string]>([
    ["nothing", undefined, "version"],
    ["no version", { price: 1 }, "version"],
    ["nothing but a version", { version: 1 }, "version"],
    ["a version as text", { version: "1", price: 1 }, "version"],
    ["a version that none has", { version: 0, price: 1 }, "version"],
    ["a stock, which has a route of its own", { version: 1, stock: 5 }, "stock"],
    ["an unknown field", { version: 1, colour: "red" }, "colour"],
    ["an id", { version: 1, productId: unknownId }, "productId"],
    ["a name of null", { version: 1, name: null }, "name"],
    ["an empty name", { version: 1, name: "" }, "name"],
    ["HTML", { version: 1, description: "<img src=x onerror=alert(1)>" }, "description"],
    ["a control character", { version: 1, name: "a\u0007" }, "name"],
    ["a card number", { version: 1, name: "4111111111111111" }, "name"],
    ["a price of nothing", { version: 1, price: 0 }, "price"],
    ["a fraction", { version: 1, price: 9.5 }, "price"],
    ["an unknown currency", { version: 1, currency: "XXX" }, "currency"],
    ["published as text", { version: 1, published: "no" }, "published"],
  ])("is not made of %s", async (_, body, field) => {
    const response = await change(body);

    expect(problemOf(response)).toMatchObject({ status: 400, kind: "invalid-request" });
    expect(Object.keys(problemOf(response).fields)).toContain(field);
    expect(response.text).not.toContain("4111");
    expect(stored()).toMatchObject({ version: 1 });
  });

  it("may name everything that is wrong with it at once", async () => {
    const response = await change({ version: "1", price: "1", stock: 1 });

    expect(Object.keys(problemOf(response).fields)).toEqual(["version", "price", "stock"]);
  });
});

describe("a change of a stock", () => {
  it.each([
    ["adds to it", 5, 15],
    ["takes away from it", -4, 6],
    ["takes away all of it", -10, 0],
    ["adds up to the largest", 999_999_990, 1_000_000_000],
  ])("%s, and is no version", async (_, by, stock) => {
    const before = stored();
    const { status, body } = await changeStock({ change: by });

    expect(status).toBe(200);
    expect(body).toEqual({ ...before, stock });
    expect(stored()).toEqual(body);
    expect(shop.api.log.at(-1)?.extra).toMatchObject({ productId: id });
  });

  it("never takes away more than there is", async () => {
    const response = await changeStock({ change: -11 });

    expect(problemOf(response)).toMatchObject({ status: 409, kind: "stock-too-low", stock: 10 });
    expect(stored()).toMatchObject({ stock: 10 });
  });

  it("never adds more than a product may have", async () => {
    const response = await changeStock({ change: 999_999_991 });

    expect(problemOf(response)).toMatchObject({
      status: 400,
      kind: "invalid-request",
      fields: { change: "must be at most 999999990" },
    });
    expect(stored()).toMatchObject({ stock: 10 });
  });

  it("counts for a product that is not for sale, too", async () => {
    await change({ version: 1, published: false });

    expect((await changeStock({ change: 1 })).body).toMatchObject({ stock: 11, version: 2 });
  });

  it("loses none of many at once, and never goes below zero", async () => {
    const responses = await Promise.all(
      Array.from({ length: 6 }, () => changeStock({ change: -3 })),
    );
    const refused = responses.filter(({ status }) => status !== 200);
    const left = responses.flatMap(({ status, body }) => (status === 200 ? [body["stock"]] : []));

    expect(left.sort()).toEqual([1, 4, 7]);
    expect(refused.map((response) => problemOf(response).kind)).toEqual(
      Array(3).fill("stock-too-low"),
    );
    expect(stored()).toMatchObject({ stock: 1 });
  });

  it("tells of the product that an administrator changes meanwhile as it is then", async () => {
    let other: Promise<unknown> | undefined;
    shop.store.before = async (call) => {
      if (call !== "changeStock" || other !== undefined) return;
      other = change({ version: 1, price: 990 });
      await other;
    };
    const { body } = await changeStock({ change: 1 });

    expect(body).toMatchObject({ price: 990, version: 2, stock: 11 });
    expect(stored()).toEqual(body);
  });

  it.each<[string, unknown, string]>([
    ["nothing", undefined, "change"],
    ["0", { change: 0 }, "change"],
    ["a fraction", { change: 0.5 }, "change"],
    ["text", { change: "5" }, "change"],
    ["null", { change: null }, "change"],
    ["more than the largest stock", { change: 1_000_000_001 }, "change"],
    ["less than all of that", { change: -1_000_000_001 }, "change"],
    ["a stock", { change: 1, stock: 11 }, "stock"],
  ])("is not made of %s", async (_, body, field) => {
    const response = await changeStock(body);

    expect(problemOf(response)).toMatchObject({ status: 400, kind: "invalid-request" });
    expect(Object.keys(problemOf(response).fields)).toEqual([field]);
    expect(stored()).toMatchObject({ stock: 10 });
  });

  it.each(["-0", "1.0", "1e1"])("is not written as %s", async (number) => {
    const rawBody = `{"change":${number}}`;
    const response = await shop.api.post(`/products/${id}/stock`, { context: admin, rawBody });

    expect(Object.keys(problemOf(response).fields)).toEqual(["change"]);
  });
});

describe.each([
  ["", { version: 1, price: 990 }],
  ["/stock", { change: 5 }],
])("a POST to /products/{id}%s", (path, body) => {
  it("finds no product with an unknown id", async () => {
    const response = await shop.write(`/products/${unknownId}${path}`, body);

    expect(problemOf(response)).toMatchObject({ status: 404, kind: "product-not-found" });
  });

  it("takes no id that is none", async () => {
    const response = await shop.write(`/products/1${path}`, body);

    expect(Object.keys(problemOf(response).fields)).toEqual(["id"]);
  });

  it("takes no other content than JSON, and no JSON that says a thing twice", async () => {
    const options = { context: admin, headers: { "Content-Type": "text/plain" } };
    const name = Object.keys(body).at(-1) ?? "";
    const responses = [
      await shop.api.post(`/products/${id}${path}`, { ...options, body }),
      await shop.api.post(`/products/${id}${path}`, {
        context: admin,
        rawBody: `{"${name}":1,"${name}":2}`,
      }),
    ];

    expect(responses.map((response) => problemOf(response).status)).toEqual([415, 400]);
    expect(stored()).toMatchObject({ version: 1, stock: 10 });
  });
});
