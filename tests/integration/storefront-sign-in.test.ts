import { randomUUID } from "node:crypto";
import { isLocal, newKey } from "./deployed";
import { ShopUser, callShop, describeShopping, makeAdmin, makeProduct } from "./shop";

jest.setTimeout(60_000);

/** A token with other claims under the signature that it has. */
function tampered(token: string, claims: Readonly<Record<string, unknown>>): string {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const own = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
  const other = Buffer.from(JSON.stringify({ ...own, ...claims })).toString("base64url");
  return [header, other, signature].join(".");
}

/** A token that says itself that nothing signs it. */
function unsigned(token: string): string {
  const header = Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url");
  return `${header}.${token.split(".")[1] ?? ""}.`;
}

const ask = (authorization?: string) =>
  callShop("GET", "/users/me", { ...(authorization && { headers: { authorization } }) });

describeShopping("a sign-in", () => {
  let customer: ShopUser;
  let admin: ShopUser;
  let productId: string;
  beforeAll(async () => {
    [customer, admin] = await Promise.all([ShopUser.make(), makeAdmin()]);
    productId = await makeProduct(admin);
  });

  it("is needed for all but browsing", async () => {
    const anonymous = await Promise.all([
      callShop("GET", "/products?category=test"),
      callShop("GET", `/products/${productId}`),
    ]);
    const key = { headers: { "idempotency-key": newKey() }, body: {} };
    const refused = await Promise.all([
      callShop("GET", "/inventory?category=test"),
      callShop("GET", `/inventory/${productId}`),
      callShop("POST", "/products", key),
      callShop("POST", `/products/${productId}`, key),
      callShop("POST", `/products/${productId}/stock`, key),
      callShop("GET", "/orders"),
      callShop("POST", "/orders", key),
      callShop("GET", `/orders/ord_${"0".repeat(32)}`),
      callShop("POST", `/orders/ord_${"0".repeat(32)}/pay`, key),
      callShop("POST", `/orders/ord_${"0".repeat(32)}/cancel`, key),
      callShop("GET", "/users/me"),
      callShop("POST", "/users/me", { body: {} }),
      callShop("GET", "/users/me/export"),
      callShop("POST", "/users/me/delete", { body: { confirm: true } }),
      callShop("GET", `/users?email=${customer.email}`),
    ]);

    expect(anonymous.map(({ status }) => status)).toEqual([200, 200]);
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([401]));
  });

  it("is the id token, with or without the word Bearer", async () => {
    const { idToken } = customer.tokens;
    const responses = [await ask(idToken), await ask(`Bearer ${idToken}`)];

    expect(responses.map(({ status }) => status)).toEqual([200, 200]);
    expect(responses[0]?.body).toEqual({ userId: customer.id, email: customer.email });
  });

  it("is not the access token", async () => {
    const { status } = await ask(customer.tokens.accessToken);

    // the emulator's gateway takes it; the functions then refuse it
    expect(status).toBe(isLocal ? 403 : 401);
  });

  it.each<[string, (token: string) => string]>([
    ["no token at all", () => "hello"],
    ["three parts that are no JSON", () => "eyJh.eyJz.c2ln"],
    ["a token without its signature", (token) => token.split(".").slice(0, 2).join(".")],
    ["a token whose signature is cut off", (token) => token.slice(0, -8)],
    [
      "another user's id under one's own signature",
      (token) => tampered(token, { sub: randomUUID() }),
    ],
    ["a group that one is not in", (token) => tampered(token, { "cognito:groups": ["admins"] })],
    [
      "a token that lives longer than it was given",
      (token) => tampered(token, { exp: 4_102_444_800 }),
    ],
    ["a token that has expired", (token) => tampered(token, { exp: 1_000_000_000 })],
    ["a token that nothing signs", unsigned],
  ])("is not %s", async (_, change) => {
    const token = change(customer.tokens.idToken);

    expect((await ask(token)).status).toBe(401);
    expect((await ask(`Bearer ${token}`)).status).toBe(401);
  });

  it("lets administrators alone make and change products and stock, see what is not for sale, and find users", async () => {
    const product = {
      name: "A",
      category: "test",
      price: 1,
      currency: "EUR",
      stock: 1,
      published: true,
    };
    const requests = [
      ["POST", "/products", product],
      ["POST", `/products/${productId}`, { version: 1, price: 260 }],
      ["POST", `/products/${productId}/stock`, { change: 1 }],
      ["GET", "/inventory?category=test"],
      ["GET", `/inventory/${productId}`],
      ["GET", `/users?email=${customer.email}`],
    ] as const;
    const send = (user: ShopUser) =>
      Promise.all(
        requests.map(([method, path, body]) =>
          method === "GET" ? user.get(path) : user.post(path, body),
        ),
      );
    const refused = await send(customer);
    const unchanged = await admin.get(`/inventory/${productId}`);
    const done = await send(admin);

    for (const response of refused)
      expect(response).toMatchObject({
        status: 403,
        body: { type: "urn:storefront:problem:forbidden" },
      });
    expect(unchanged.body).toMatchObject({ price: 250, stock: 10, version: 1 });
    expect(done.map(({ status }) => status)).toEqual([201, 200, 200, 200, 200, 200]);
  });
});
