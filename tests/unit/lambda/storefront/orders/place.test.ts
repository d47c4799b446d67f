import { maxBodyBytes } from "../../../../../lib/lambda/storefront/api/schemas";
import { calledBy, shop } from "../../harness";
import { anonymous, problemOf } from "../harness";
import { MemoryOrderStore } from "../memory-order-store";
import { OrdersHarness, idOf, product, start } from "./order-harness";

let api: OrdersHarness;
beforeEach(() => {
  api = new OrdersHarness();
  api.offer(product(1), product(2, { price: 900, stock: 3 }));
});

describe("a new order", () => {
  it("has the table's names and prices, is pending until it expires, and takes its products from the stock", async () => {
    const { status, body } = await api.place([
      { productId: idOf(1), quantity: 2 },
      { productId: idOf(2), quantity: 3, price: 900 },
    ]);

    expect(status).toBe(201);
    expect(body).toEqual({
      orderId: idOf(1, "ord"),
      userId: "customer-1",
      createdAt: start,
      expiresAt: start + 30 * 60_000,
      status: "PENDING",
      version: 1,
      items: [
        { productId: idOf(1), name: "Coffee 1", quantity: 2, price: 1250 },
        { productId: idOf(2), name: "Coffee 2", quantity: 3, price: 900 },
      ],
      currency: "EUR",
      total: 5200,
    });
    expect([...api.store.orders.values()]).toEqual([body]);
    expect([api.stockOf(1), api.stockOf(2)]).toEqual([8, 0]);
  });

  it("has each product once, with the sum of its entries", async () => {
    const { body } = await api.place([
      { productId: idOf(1), quantity: 2, price: 1250 },
      { productId: idOf(2), quantity: 1 },
      { productId: idOf(1), quantity: 8, price: 1250 },
    ]);

    expect(body).toMatchObject({
      items: [
        { productId: idOf(1), quantity: 10 },
        { productId: idOf(2), quantity: 1 },
      ],
      total: 13_400,
    });
    expect(api.stockOf(1)).toBe(0);
  });

  it("leaves the products' versions as they are, so that no change of them conflicts with it", async () => {
    await api.place([{ productId: idOf(1), quantity: 2 }]);

    expect(api.store.stock.get(idOf(1))).toEqual(product(1, { stock: 8 }));
  });

  it("may have 20 products, 1000 of each", async () => {
    const numbers = Array.from({ length: 20 }, (_, i) => i + 1);
    api.offer(...numbers.map((n) => product(n, { stock: 1000 })));
    const { status, body } = await api.place(
      numbers.map((n) => ({ productId: idOf(n), quantity: 1000 })),
    );

    expect(status).toBe(201);
    expect(body["total"]).toBe(25_000_000);
    expect(numbers.map((n) => api.stockOf(n))).toEqual(numbers.map(() => 0));
  });

  it("may cost as much as a payment may be", async () => {
    api.offer(product(3, { price: 333_333_333_333 }));

    expect((await api.place([{ productId: idOf(3), quantity: 3 }])).body["total"]).toBe(
      999_999_999_999,
    );
  });

  it("of the most and longest items fits the body's limit, with white space between", () => {
    const items = Array.from({ length: 20 }, (_, n) => ({
      productId: idOf(n),
      quantity: 1000,
      price: 999_999_999_999,
    }));

    expect(JSON.stringify({ items }, undefined, 8).length).toBeLessThan(maxBodyBytes);
  });

  it("is logged by its id, without its user", async () => {
    await api.place([{ productId: idOf(1), quantity: 1 }]);

    expect(api.log).toMatchObject([{ extra: { orderId: idOf(1, "ord"), statusCode: 201 } }]);
    expect(JSON.stringify(api.log)).not.toContain("customer-1");
  });

  it("of a caller with IAM credentials is its principal's", async () => {
    const internal = new OrdersHarness(api.store, "AWS_IAM");
    const { body } = await internal.place([{ productId: idOf(1), quantity: 1 }], {
      context: calledBy(shop),
    });

    expect(body["userId"]).toMatch(/^iam-[0-9a-f]{32}$/);
  });

  it("of nobody that the gateway has authorized is not placed", async () => {
    const { status } = await api.place([{ productId: idOf(1), quantity: 1 }], {
      context: anonymous,
    });

    expect([status, api.store.orders.size]).toEqual([500, 0]);
  });
});

describe("an invalid order", () => {
  const one = { productId: idOf(1), quantity: 1 };

  it.each<[string, unknown, string]>([
    ["no items", undefined, "items"],
    ["an empty list", [], "items"],
    ["more than 20 items", Array.from({ length: 21 }, () => one), "items"],
    ["an object in place of the list", { 0: one }, "items"],
    ["no product", [{ quantity: 1 }], "items.0.productId"],
    ["an id that is none", [one, { ...one, productId: "item_1" }], "items.1.productId"],
    ["an order's id", [{ ...one, productId: idOf(1, "ord") }], "items.0.productId"],
    ["no quantity", [{ productId: idOf(1) }], "items.0.quantity"],
    ["a quantity of nothing", [{ ...one, quantity: 0 }], "items.0.quantity"],
    ["a negative quantity", [{ ...one, quantity: -1 }], "items.0.quantity"],
    ["a fraction", [{ ...one, quantity: 1.5 }], "items.quantity"],
    ["a quantity as text", [{ ...one, quantity: "1" }], "items.0.quantity"],
    ["a quantity of null", [{ ...one, quantity: null }], "items.0.quantity"],
    ["more than 1000 of a product", [{ ...one, quantity: 1001 }], "items.0.quantity"],
    [
      "more than 1000 of a product in several entries",
      [{ ...one, quantity: 600 }, one, { ...one, quantity: 400 }],
      "items.2.quantity",
    ],
    ["a price of nothing", [{ ...one, price: 0 }], "items.0.price"],
    ["a price as text", [{ ...one, price: "1250" }], "items.0.price"],
    ["a field that is not known", [{ ...one, discount: 1 }], "items.0.discount"],
    [
      "a card number as field",
      [{ ...one, "4111 1111 1111 1111": 1 }],
      "(a name that looks like a card number)",
    ],
  ])("with %s is refused, and not stored", async (_, items, field) => {
    const response = await api.place(items);

    expect(problemOf(response)).toMatchObject({ status: 400, kind: "invalid-request" });
    expect(Object.keys(problemOf(response).fields)).toContain(field);
    expect([api.store.orders.size, api.store.responses.size]).toEqual([0, 0]);
  });

  it("may not bring what the table says: a total, a currency, a user", async () => {
    const body = { items: [one], total: 1, currency: "EUR", userId: "customer-2" };

    expect(problemOf(await api.post("/orders", { body })).fields).toEqual({
      total: "is not known",
      currency: "is not known",
      userId: "is not known",
    });
  });

  it("is one that names a member twice or writes a number as a fraction", async () => {
    const twice = `{"items":[{"productId":"${idOf(1)}","quantity":1,"quantity":2}]}`;
    const rounded = `{"items":[{"productId":"${idOf(1)}","quantity":1.0}]}`;

    for (const rawBody of [twice, rounded])
      expect(problemOf(await api.post("/orders", { rawBody }))).toMatchObject({
        kind: "invalid-request",
        fields: { "items.quantity": expect.any(String) as string },
      });
  });

  it("is one without a key", async () => {
    const { fields } = problemOf(await api.place([one], { key: "" }));

    expect(Object.keys(fields)).toEqual(["Idempotency-Key"]);
  });
});

describe("an order that is refused", () => {
  const entries = (...numbers: readonly number[]) =>
    numbers.map((n) => ({ productId: idOf(n), quantity: 1 }));

  it("names the products that are not for sale, and does not say which were never there", async () => {
    api.offer(product(3, { published: false }));
    const response = await api.place(entries(1, 3, 4));

    expect(problemOf(response)).toMatchObject({
      status: 409,
      kind: "product-unavailable",
      fields: {
        "items.1.productId": "is no product that is for sale",
        "items.2.productId": "is no product that is for sale",
      },
      products: [{ productId: idOf(3) }, { productId: idOf(4) }],
    });
  });

  it("names a product that was deleted since it was seen", async () => {
    api.store.stock.delete(idOf(1));

    expect(problemOf(await api.place(entries(1)))).toMatchObject({
      kind: "product-unavailable",
      products: [{ productId: idOf(1) }],
    });
  });

  it("names the products' currencies where these are mixed", async () => {
    api.offer(product(3, { currency: "USD" }));

    expect(problemOf(await api.place(entries(1, 3, 2)))).toMatchObject({
      status: 409,
      kind: "mixed-currencies",
      fields: { "items.1.productId": "is sold in USD, the first product in EUR" },
      products: [
        { productId: idOf(1), currency: "EUR" },
        { productId: idOf(3), currency: "USD" },
        { productId: idOf(2), currency: "EUR" },
      ],
    });
  });

  it("names the prices that are not those that the caller saw", async () => {
    const response = await api.place([
      { productId: idOf(1), quantity: 1, price: 1250 },
      { productId: idOf(2), quantity: 1, price: 899 },
    ]);

    expect(problemOf(response)).toMatchObject({
      status: 409,
      kind: "price-changed",
      fields: { "items.1.price": "is 900 now" },
      products: [{ productId: idOf(2), seenPrice: 899, price: 900, currency: "EUR" }],
    });
  });

  it("has one price of a product: of two that were seen, one is not it", async () => {
    const response = await api.place([
      { productId: idOf(1), quantity: 1, price: 1250 },
      { productId: idOf(1), quantity: 1, price: 1200 },
    ]);

    expect(problemOf(response)).toMatchObject({
      kind: "price-changed",
      fields: { "items.1.price": "is 1250 now" },
      products: [{ productId: idOf(1), seenPrice: 1200, price: 1250, currency: "EUR" }],
    });
  });

  it.each([
    ["by one", [{ productId: idOf(3), quantity: 2 }], 500_000_000_000],
    [
      "by more than a number counts exactly",
      [{ productId: idOf(3), quantity: 1000 }],
      999_999_999_999,
    ],
  ])("names what costs more than a payment may be: %s", async (_, items, price) => {
    api.offer(product(3, { price, stock: 1000 }));
    const response = await api.place(items);

    expect(problemOf(response)).toMatchObject({
      status: 409,
      kind: "total-exceeded",
      fields: { items: "must cost at most 999999999999 in all" },
      products: [{ productId: idOf(3), requested: items[0]?.quantity, price, currency: "EUR" }],
    });
  });

  it("names the products of which there are too few, with all that was asked for and what there is", async () => {
    const response = await api.place([
      { productId: idOf(2), quantity: 2 },
      { productId: idOf(1), quantity: 10 },
      { productId: idOf(2), quantity: 2 },
    ]);

    expect(problemOf(response)).toMatchObject({
      status: 409,
      kind: "out-of-stock",
      fields: { "items.0.quantity": "is more than there are: 3" },
      products: [{ productId: idOf(2), requested: 4, available: 3 }],
    });
    expect([api.stockOf(1), api.stockOf(2), api.store.orders.size]).toEqual([10, 3, 0]);
  });

  it("is refused for what only other products mend first, and for the stock last", async () => {
    api.offer(product(3, { price: 600_000_000_000, currency: "USD", stock: 1, published: false }));
    api.offer(product(4, { price: 700_000_000_000, stock: 1 }));
    const place = async () =>
      problemOf(
        await api.place([
          { productId: idOf(4), quantity: 2 },
          { productId: idOf(3), quantity: 2, price: 7 },
        ]),
      ).kind;
    const kinds = [await place()];
    for (const [n, change] of [
      [3, { published: true }],
      [3, { currency: "EUR" }],
      [3, { price: 7 }],
      [4, { price: 1 }],
      [3, { stock: 2 }],
    ] as const) {
      api.edit(n, change);
      kinds.push(await place());
    }

    expect(kinds).toEqual([
      "product-unavailable",
      "mixed-currencies",
      "price-changed",
      "total-exceeded",
      "out-of-stock",
      "out-of-stock",
    ]);
  });
});

describe("an order whose products change between its reads and its writes", () => {
  /** Changes something once before an order is stored. */
  function meanwhile(change: () => void): void {
    let done = false;
    api.store.before = (call) => {
      if (call !== "place" || done) return;
      done = true;
      change();
    };
  }

  it("has the new price, unless the caller saw the old one", async () => {
    meanwhile(() => {
      api.edit(1, { price: 1300 });
    });
    const unseen = await api.place([{ productId: idOf(1), quantity: 1 }]);
    meanwhile(() => {
      api.edit(1, { price: 1400 });
    });
    const seen = await api.place([{ productId: idOf(1), quantity: 1, price: 1300 }]);

    expect(unseen.body["total"]).toBe(1300);
    expect(problemOf(seen)).toMatchObject({
      kind: "price-changed",
      products: [{ seenPrice: 1300, price: 1400 }],
    });
  });

  it("is refused where one is not for sale any more", async () => {
    meanwhile(() => {
      api.edit(1, { published: false });
    });

    expect(problemOf(await api.place([{ productId: idOf(1), quantity: 1 }])).kind).toBe(
      "product-unavailable",
    );
  });

  it("is refused where others were faster, and says what they left", async () => {
    meanwhile(() => {
      api.offer(product(1, { stock: 1 }));
    });

    expect(problemOf(await api.place([{ productId: idOf(1), quantity: 2 }]))).toMatchObject({
      kind: "out-of-stock",
      products: [{ requested: 2, available: 1 }],
    });
  });

  it.each(["changed", "busy"] as const)(
    "gets Retry-After where they always do, and is not placed: %s",
    async (result) => {
      let tried = 0;
      class Contended extends MemoryOrderStore {
        override place() {
          tried++;
          return Promise.resolve({ result });
        }
      }
      api = new OrdersHarness(new Contended());
      api.offer(product(1));
      const response = await api.place([{ productId: idOf(1), quantity: 1 }]);

      expect(problemOf(response)).toMatchObject({ status: 409, kind: "request-in-progress" });
      expect(response.headers["Retry-After"]).toBe("1");
      expect(tried).toBe(6);
    },
  );
});
