import { productPage } from "../../../../../lib/lambda/storefront/api/schemas";
import { decodeCursor } from "../../../../../lib/lambda/storefront/products/cursor";
import type { Options } from "../../harness";
import { calledBy, shop as role } from "../../harness";
import { admin, anonymous, customer, problemOf } from "../harness";
import { Shop } from "./shop";

const unknownId = `item_${"f".repeat(32)}`;

let shop: Shop;
beforeEach(() => {
  shop = new Shop();
});

const asAdmin: Options = { context: admin };

describe("a product", () => {
  it.each([
    ["everybody", anonymous],
    ["a customer", customer],
    ["an administrator", admin],
  ])("that is for sale is shown to %s", async (_, context) => {
    const id = await shop.product();
    const { status, body } = await shop.api.get(`/products/${id}`, { context });

    expect(status).toBe(200);
    expect(body).toEqual(shop.store.products.get(id));
    expect(shop.api.log.at(-1)?.extra).toMatchObject({ productId: id });
  });

  it.each([
    ["everybody", anonymous],
    ["an administrator", admin],
  ])("that is not for sale is not there for %s", async (_, context) => {
    const id = await shop.product({ published: false });
    const hidden = problemOf(await shop.api.get(`/products/${id}`, { context }));
    const unknown = problemOf(await shop.api.get(`/products/${unknownId}`, { context }));

    expect(hidden).toMatchObject({ status: 404, kind: "product-not-found" });
    expect({ ...hidden, detail: hidden.detail.replace(id, unknownId) }).toEqual(unknown);
  });

  it("is no more there as soon as it is taken off sale", async () => {
    const id = await shop.product();
    await shop.write(`/products/${id}`, { version: 1, published: false });

    expect((await shop.api.get(`/products/${id}`)).status).toBe(404);
  });

  it.each([
    "1",
    "item_",
    `PROD_${"0".repeat(32)}`,
    `ord_${"0".repeat(32)}`,
    "%",
    "4111111111111111",
  ])("is not looked for by what is no id: %s", async (id) => {
    const response = await shop.api.get(`/products/${id}`);

    expect(problemOf(response)).toMatchObject({ status: 400, kind: "invalid-request" });
    expect(Object.keys(problemOf(response).fields)).toEqual(["id"]);
    expect(response.text).not.toContain("4111");
  });
});

describe("the inventory", () => {
  it("shows administrators a product that is not for sale", async () => {
    const id = await shop.product({ published: false });
    const { status, body } = await shop.api.get(`/inventory/${id}`, asAdmin);

    expect(status).toBe(200);
    expect(body).toEqual(shop.store.products.get(id));
  });

  it("has no product with an unknown id", async () => {
    const response = await shop.api.get(`/inventory/${unknownId}`, asAdmin);

    expect(problemOf(response)).toMatchObject({ status: 404, kind: "product-not-found" });
  });

  it.each([["/inventory"], [`/inventory/${unknownId}`]])(
    "is for administrators only: %s",
    async (path) => {
      const query = path === "/inventory" ? { category: ["coffee"] } : {};
      const response = await shop.api.get(path, { context: customer, query });

      expect(problemOf(response)).toMatchObject({ status: 403, kind: "forbidden" });
    },
  );

  it("is open to the services that the gateway authorizes by their signature", async () => {
    shop = new Shop("AWS_IAM");
    const { status } = await shop.api.get("/inventory", {
      context: calledBy(role),
      query: { category: ["coffee"] },
    });

    expect(status).toBe(200);
  });
});

describe("a list", () => {
  /** What a page has, for everybody by default. */
  const names = async (
    path: string,
    query: Record<string, string[]>,
    context: Readonly<Record<string, unknown>> = anonymous,
  ) => {
    const { status, body } = await shop.api.get(path, { query, context });
    expect(status).toBe(200);
    const { data } = productPage.parse(body);
    return { names: data.map(({ name }) => name), cursor: body["nextCursor"], data };
  };
  const coffee = { category: ["coffee"] };

  beforeEach(async () => {
    for (const name of ["Kenya", "Brazil", "Ethiopia", "Kona"]) await shop.product({ name });
    await shop.product({ name: "Kept", published: false });
    await shop.product({ name: "Kettle", category: "tools" });
  });

  it("has a category's products that are for sale, by name, without their stock", async () => {
    const { names: found, data, cursor } = await names("/products", coffee);

    expect(found).toEqual(["Brazil", "Ethiopia", "Kenya", "Kona"]);
    expect(data[0]).toEqual({
      productId: `item_${"2".padStart(32, "0")}`,
      name: "Brazil",
      category: "coffee",
      price: 1290,
      currency: "EUR",
      published: true,
    });
    expect(cursor).toBeUndefined();
  });

  it("of the inventory has those that are not for sale, too", async () => {
    expect((await names("/inventory", coffee, admin)).names).toEqual([
      "Brazil",
      "Ethiopia",
      "Kenya",
      "Kept",
      "Kona",
    ]);
  });

  it("has those whose names begin as asked for", async () => {
    expect((await names("/products", { ...coffee, name: ["Ke"] })).names).toEqual(["Kenya"]);
    expect((await names("/inventory", { ...coffee, name: ["Ke"] }, admin)).names).toEqual([
      "Kenya",
      "Kept",
    ]);
    expect((await names("/products", { category: ["tea"] })).names).toEqual([]);
  });

  it("goes on page by page, whatever is renamed between them", async () => {
    const first = await names("/products", { ...coffee, limit: ["2"] });
    const last = first.data[1]?.productId ?? "";
    await shop.write(`/products/${last}`, { version: 1, name: "Zambia" });
    const cursor = [String(first.cursor)];
    const second = await names("/products", { ...coffee, limit: ["2"], cursor });

    expect(first.names).toEqual(["Brazil", "Ethiopia"]);
    expect(second.names).toEqual(["Kenya", "Kona"]);
    expect(second.cursor).toBeDefined(); // Zambia
  });

  it("has 20 products where no limit is given", async () => {
    for (let i = 0; i < 21; i++) await shop.product({ name: `Tea ${String(i)}`, category: "tea" });

    expect((await names("/products", { category: ["tea"] })).names).toHaveLength(20);
  });

  describe("that ended among products which are not for sale", () => {
    const query = { ...coffee, name: ["Ke"] };
    let hidden: string;
    let cursor: string[];
    beforeEach(async () => {
      await shop.product({ name: "Kent" });
      await shop.product({ name: "Keystone" });
      shop.store.lookedAt = 3; // Kent, Kenya, Kept
      const page = await names("/products", query);
      expect(page.names).toEqual(["Kent", "Kenya"]);
      hidden =
        [...shop.store.products.values()].find(({ name }) => name === "Kept")?.productId ?? "";
      cursor = [String(page.cursor)];
    });

    it("goes on behind them, and does not tell what they are", async () => {
      expect((await names("/products", { ...query, cursor })).names).toEqual(["Keystone"]);
      expect(Buffer.from(cursor[0] ?? "", "base64url").toString()).not.toContain("Kept");
      const from = '{"category":"coffee","prefix":"Ke","publishedOnly":true}';
      expect(decodeCursor(cursor[0] ?? "", from)).toEqual({ productId: hidden, name: undefined });
    });

    it("starts anew where the one at its end begins otherwise by now, or is gone", async () => {
      await shop.write(`/products/${hidden}`, { version: 1, name: "Other" });
      const renamed = await shop.api.get("/products", { query: { ...query, cursor } });
      shop.store.products.delete(hidden);
      const gone = await shop.api.get("/products", { query: { ...query, cursor } });

      for (const response of [renamed, gone])
        expect(problemOf(response)).toMatchObject({
          status: 400,
          fields: { cursor: "must be the nextCursor of an answer to the same query" },
        });
    });
  });

  it("does not go on at a cursor that was tampered with, or is another list's", async () => {
    const one = { ...coffee, limit: ["1"] };
    const { cursor: given } = await names("/products", { ...one, name: ["K"] });
    const cursor = [String(given)];
    const responses = [
      await shop.api.get("/products", { query: { ...one, cursor } }),
      await shop.api.get("/products", { query: { ...one, name: ["Ke"], cursor } }),
      await shop.api.get("/products", { query: { category: ["tools"], name: ["K"], cursor } }),
      await shop.api.get("/inventory", { query: { ...one, name: ["K"], cursor }, ...asAdmin }),
      await shop.api.get("/products", {
        query: { ...one, name: ["K"], cursor: [`A${String(given)}`] },
      }),
    ];

    expect(responses.map((response) => problemOf(response).fields)).toEqual(
      Array(5).fill({ cursor: "must be the nextCursor of an answer to the same query" }),
    );
  });

  it.each<[string, Record<string, string[]>, string]>([
    ["no category", {}, "category"],
    ["a category that is none", { category: ["Coffee & tea"] }, "category"],
    ["two categories", { category: ["coffee", "tea"] }, "category"],
    ["an empty name", { ...coffee, name: [""] }, "name"],
    ["HTML", { ...coffee, name: ["<script>"] }, "name"],
    ["a control character", { ...coffee, name: ["\u0007"] }, "name"],
    ["a card number", { ...coffee, name: ["4111 1111 1111 1111"] }, "name"],
    ["a name that is too long", { ...coffee, name: ["x".repeat(201)] }, "name"],
    ["no products at all", { ...coffee, limit: ["0"] }, "limit"],
    ["too many at once", { ...coffee, limit: ["101"] }, "limit"],
    ["a limit that is no number", { ...coffee, limit: ["1e1"] }, "limit"],
    ["a cursor that is none", { ...coffee, cursor: ["{}"] }, "cursor"],
    ["a cursor that is too long", { ...coffee, cursor: ["x".repeat(1201)] }, "cursor"],
    ["a parameter that is not known", { ...coffee, sort: ["price"] }, "sort"],
  ])("is not made of %s", async (_, query, field) => {
    for (const path of ["/products", "/inventory"]) {
      const response = await shop.api.get(path, { query, ...asAdmin });

      expect(problemOf(response)).toMatchObject({ status: 400, kind: "invalid-request" });
      expect(Object.keys(problemOf(response).fields)).toEqual([field]);
      expect(response.text).not.toContain("4111");
    }
  });
});

describe("a path", () => {
  it.each([
    ["that no operation has", "/product", 404, "route-not-found"],
    ["of another function", `/orders/ord_${"0".repeat(32)}`, 404, "route-not-found"],
    ["that can only be written to", `/products/${unknownId}/stock`, 405, "method-not-allowed"],
  ])("%s is no product's", async (_, path, status, kind) => {
    expect(problemOf(await shop.api.get(path))).toMatchObject({ status, kind });
  });

  it("that can only be read says so", async () => {
    const response = await shop.write("/inventory", {});

    expect(problemOf(response)).toMatchObject({ status: 405, kind: "method-not-allowed" });
    expect(response.headers["Allow"]).toBe("GET, OPTIONS");
  });
});
