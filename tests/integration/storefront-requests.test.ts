import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { aws, newKey, text } from "./deployed";
import type { ShopUser } from "./shop";
import { callShop, describeShopping, makeAdmin, makeProduct } from "./shop";

jest.setTimeout(60_000);

const product = {
  name: "House blend",
  category: "test",
  price: 250,
  currency: "EUR",
  stock: 10,
  published: true,
};

const withMember = (json: object, member: string) =>
  JSON.stringify(json).replace("{", `{${member},`);

describeShopping("a bad request", () => {
  let admin: ShopUser;
  let productId: string;
  beforeAll(async () => {
    admin = await makeAdmin();
    productId = await makeProduct(admin);
  });

  const send = (path: string, rawBody: string, headers: Readonly<Record<string, string>> = {}) =>
    admin.call("POST", path, { rawBody, headers: { "idempotency-key": newKey(), ...headers } });

  it.each<[string, string, string]>([
    ["no JSON", "{", "body"],
    ["an unknown field", JSON.stringify({ ...product, colour: "red" }), "colour"],
    ["a field twice", withMember(product, '"price":1'), "price"],
    ["a price of nothing", JSON.stringify({ ...product, price: 0 }), "price"],
    ["a price as text", JSON.stringify({ ...product, price: "250" }), "price"],
    ["a fraction in stock", JSON.stringify({ ...product, stock: 0.5 }), "stock"],
    ["an unknown currency", JSON.stringify({ ...product, currency: "ABC" }), "currency"],
    ["HTML", JSON.stringify({ ...product, name: "<b>blend</b>" }), "name"],
    ["a control character", JSON.stringify({ ...product, name: "a\u0007b" }), "name"],
    [
      "a card number",
      JSON.stringify({ ...product, description: "4111 1111 1111 1111" }),
      "description",
    ],
    ["a prototype", withMember(product, '"__proto__":{"isAdmin":true}'), "__proto__"],
    ["too much", JSON.stringify({ ...product, description: "x".repeat(150_000) }), "body"],
  ])("for a product with %s gets a problem that names it", async (_, rawBody, field) => {
    const { status, headers, body } = await send("/products", rawBody);

    expect(status).toBe(400);
    expect(headers.get("content-type")).toContain("application/problem+json");
    expect(body).toMatchObject({ type: "urn:storefront:problem:invalid-request", status: 400 });
    expect(body["errors"]).toEqual([expect.objectContaining({ field })]);
    expect(JSON.stringify(body)).not.toMatch(/4111|<b>/);
  });

  it.each<[string, (id: string) => unknown[], string]>([
    ["nothing", () => [], "items"],
    ["none of a product", (id) => [{ productId: id, quantity: 0 }], "items.0.quantity"],
    ["fewer than none", (id) => [{ productId: id, quantity: -1 }], "items.0.quantity"],
    ["half of one", (id) => [{ productId: id, quantity: 0.5 }], "items.quantity"],
    [
      "more than an order may have",
      (id) => [{ productId: id, quantity: 1001 }],
      "items.0.quantity",
    ],
    [
      "more than that in two entries",
      (id) => [
        { productId: id, quantity: 600 },
        { productId: id, quantity: 600 },
      ],
      "items.1.quantity",
    ],
    ["a product that is none", () => [{ productId: "1", quantity: 1 }], "items.0.productId"],
    ["a total of its own", (id) => [{ productId: id, quantity: 1, total: 1 }], "items.0.total"],
    [
      "21 entries",
      (id) => Array.from({ length: 21 }, () => ({ productId: id, quantity: 1 })),
      "items",
    ],
  ])("for an order of %s names it", async (_, items, field) => {
    const { status, body } = await send("/orders", JSON.stringify({ items: items(productId) }));

    expect(status).toBe(400);
    expect(body["errors"]).toEqual([expect.objectContaining({ field })]);
  });

  it("without a key is refused, and one with a card number as the key", async () => {
    const responses = [
      await admin.call("POST", "/products", { body: product }),
      await admin.call("POST", "/products", {
        body: product,
        headers: { "idempotency-key": "4111111111111111" },
      }),
    ];

    for (const { status, body } of responses) {
      expect(status).toBe(400);
      expect(JSON.stringify(body)).toMatch(/idempotency-key/i);
      expect(JSON.stringify(body)).not.toContain("4111");
    }
  });

  it("with another content type is refused", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"])
      expect(
        await send("/products", JSON.stringify(product), { "content-type": type }),
      ).toMatchObject({
        status: 415,
        body: { type: "urn:storefront:problem:unsupported-media-type" },
      });
  });

  it("by another method is refused, with those that there are", async () => {
    for (const method of ["PUT", "DELETE", "PATCH"]) {
      const { status, headers } = await admin.call(method, `/products/${productId}`);

      expect(status).toBe(405);
      expect(headers.get("allow")).toBe("GET, POST, OPTIONS");
    }
  });

  it("for a path that there is not gets 404, for an id that is none 400", async () => {
    expect((await admin.get("/carts")).status).toBe(404);
    expect((await callShop("GET", `/products/item_${"0".repeat(32)}`)).status).toBe(404);
    expect((await callShop("GET", "/products/1")).status).toBe(400);
    expect((await admin.get("/orders/1")).status).toBe(400);
    expect((await callShop("GET", "/products")).status).toBe(400);
    expect((await callShop("GET", "/products?category=test&sort=price")).status).toBe(400);
    expect((await callShop("GET", "/products?category=test&cursor=eyJ9")).status).toBe(400);
  });

  it("that takes more than there is leaves the stock, and one of an old version the product", async () => {
    const less = await admin.post(`/products/${productId}/stock`, { change: -11 });
    const nothing = await admin.post(`/products/${productId}/stock`, { change: 0 });
    const stale = await admin.post(`/products/${productId}`, { version: 2, price: 1 });

    expect(less).toMatchObject({
      status: 409,
      body: { type: "urn:storefront:problem:stock-too-low", stock: 10 },
    });
    expect(nothing.status).toBe(400);
    expect(stale).toMatchObject({
      status: 409,
      body: { type: "urn:storefront:problem:version-conflict", currentVersion: 1 },
    });
    expect((await admin.get(`/inventory/${productId}`)).body).toMatchObject(product);
  });
});

describeShopping("a browser", () => {
  let allowed: string;
  const foreign = "https://evil.example";
  beforeAll(async () => {
    const { Environment } = await aws.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: text("ProductsLambdaName") }),
    );
    [allowed = ""] = (Environment?.Variables?.["ALLOWED_ORIGINS"] ?? "").split(",");
  });

  const preflight = (origin: string, path = "/orders") =>
    callShop("OPTIONS", path, {
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type,idempotency-key",
      },
    });

  it("gets from a preflight what a page of the shop may send", async () => {
    for (const path of ["/orders", "/products", "/users/me"]) {
      const { status, headers } = await preflight(allowed, path);

      expect(status).toBeLessThan(300);
      expect(headers.get("access-control-allow-origin")).toBe(allowed);
      expect(headers.get("access-control-allow-methods")).toContain("POST");
      expect(headers.get("access-control-allow-headers")).toMatch(/idempotency-key/i);
      expect(headers.get("access-control-allow-headers")).toMatch(/authorization/i);
      expect(headers.get("access-control-allow-credentials")).toBeNull();
    }
  });

  it("gives a response to the shop's pages: a product, a problem, and the gateway's own refusal", async () => {
    const origin = { headers: { origin: allowed } };
    const responses = [
      await callShop("GET", "/products?category=test", origin),
      await callShop("GET", "/products", origin),
      await callShop("GET", "/orders", origin),
    ];

    expect(responses.map(({ status }) => status)).toEqual([200, 400, 401]);
    for (const { headers } of responses)
      expect(headers.get("access-control-allow-origin")).toBe(allowed);
    expect(responses[0]?.headers.get("access-control-expose-headers")).toContain("Retry-After");
  });

  it("gives nothing to another page", async () => {
    const responses = [
      await preflight(foreign),
      await callShop("GET", "/products?category=test", { headers: { origin: foreign } }),
    ];

    for (const { headers } of responses)
      expect([null, allowed]).toContain(headers.get("access-control-allow-origin"));
  });
});
