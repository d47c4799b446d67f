import type { Options } from "../../harness";
import { calledBy, shop } from "../../harness";
import { maxBodyBytes } from "../../../../../lib/lambda/storefront/api/schemas";
import { anonymous, customer, otherCustomer, problemOf, signedIn } from "../harness";
import { UsersHarness, everything } from "./harness";

let shopUsers: UsersHarness;
beforeEach(() => {
  shopUsers = new UsersHarness();
});

const me = "/users/me";
const set = (body: unknown, options: Options = {}) => shopUsers.post(me, { body, ...options });
const stored = () => [...shopUsers.users.profiles.values()];
const profile = { userId: "customer-1", email: "anna@shop.example", ...everything };

describe("a profile", () => {
  it("is stored under the token's sub, with the e-mail that the token has verified, and read as it was stored", async () => {
    const { status, body } = await set(everything);
    const read = await shopUsers.get(me);

    expect([status, read.status]).toEqual([200, 200]);
    expect(body).toEqual(profile);
    expect(stored()).toEqual([profile]);
    expect(read.body).toEqual(profile);
  });

  it("is replaced as a whole: what is left out is forgotten", async () => {
    await set(everything);
    const { body } = await set({ name: "Anna" });
    const emptied = await shopUsers.post(me);

    expect(body).toEqual({ userId: "customer-1", email: "anna@shop.example", name: "Anna" });
    expect(emptied.body).toEqual({ userId: "customer-1", email: "anna@shop.example" });
    expect((await shopUsers.get(me)).body).toEqual(emptied.body);
  });

  it("needs no Idempotency-Key: the same again has the same effect", async () => {
    const first = await set(everything, { key: "" });
    const second = await set(everything, { key: "" });

    expect(second.text).toBe(first.text);
    expect(stored()).toEqual([profile]);
  });

  it("of a user who has stored nothing is who it is", async () => {
    expect((await shopUsers.get(me)).body).toEqual({
      userId: "customer-1",
      email: "anna@shop.example",
    });
    expect((await shopUsers.get(me, { context: otherCustomer })).body).toEqual({
      userId: "customer-2",
    });
    expect(shopUsers.users.calls).toEqual(["find", "find"]);
  });

  it("is its user's alone", async () => {
    await set(everything);
    await set({ name: "Otto" }, { context: otherCustomer });

    expect((await shopUsers.get(me)).body).toEqual(profile);
    expect((await shopUsers.get(me, { context: otherCustomer })).body).toEqual({
      userId: "customer-2",
      name: "Otto",
    });
  });

  it("holds no e-mail that the pool has not verified", async () => {
    const context = signedIn("customer-1", { email: "a@b.example", email_verified: "false" });
    const { body } = await set(everything, { context });

    expect(body).toEqual({ userId: "customer-1", ...everything });
    expect(stored()[0]?.email).toBeUndefined();
  });

  it("of a caller with IAM credentials has an id of its principal's and no e-mail", async () => {
    const services = new UsersHarness("AWS_IAM");
    const { body } = await services.post(me, { body: everything, context: calledBy(shop) });

    expect(body).toEqual({
      userId: expect.stringMatching(/^iam-[0-9a-f]{32}$/) as string,
      ...everything,
    });
  });

  it.each(["GET", "POST"] as const)(
    "is nobody's where the gateway has authorized nobody: %s",
    async (method) => {
      const options = { context: anonymous };
      const response = await (method === "GET"
        ? shopUsers.get(me, options)
        : set(everything, options));

      expect(problemOf(response)).toMatchObject({ status: 500, kind: "internal-error" });
      expect(shopUsers.users.calls).toEqual([]);
    },
  );
});

describe("an e-mail that has changed at the sign-in", () => {
  const changed = signedIn("customer-1", { email: "New@shop.example", email_verified: true });

  it("is in the profile at once, and stored, so that administrators find the user by it", async () => {
    await set(everything);
    const { body } = await shopUsers.get(me, { context: changed });

    expect(body).toEqual({ ...profile, email: "new@shop.example" });
    expect(stored()).toEqual([body]);
  });

  it("is stored once", async () => {
    await set(everything);
    await shopUsers.get(me, { context: changed });
    await shopUsers.get(me, { context: changed });

    expect(shopUsers.users.calls).toEqual(["put", "find", "changeEmail", "find"]);
  });

  it("stays the one that was verified while another is not", async () => {
    await set(everything);
    const context = signedIn("customer-1", { email: "new@shop.example", email_verified: "false" });

    expect((await shopUsers.get(me, { context })).body).toEqual(profile);
    expect(stored()).toEqual([profile]);
  });
});

describe("the longest profile", () => {
  const long = (length: number) => "😀".repeat(length);

  it("is taken, with every character escaped", async () => {
    const body = {
      name: long(200),
      address: {
        line1: long(200),
        line2: long(200),
        postalCode: long(20),
        city: long(200),
        country: "DE",
      },
    };
    const rawBody = JSON.stringify(body).replaceAll(
      /[^ -~]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16)}`,
    );
    const response = await shopUsers.post(me, { rawBody });

    expect(response.status).toBe(200);
    expect(response.body).toMatchObject(body);
  });
});

describe("an invalid profile", () => {
  const card = "4111 1111 1111 1111";
  const { address } = everything;

  it.each<[string, unknown, string]>([
    ["a field that is not known", { phone: "030 123456" }, "phone"],
    ["a password", { password: "secret" }, "password"],
    ["an e-mail of the caller's own", { email: "b@shop.example" }, "email"],
    ["another user's id", { userId: "customer-2" }, "userId"],
    ["a name that is a number", { name: 7 }, "name"],
    ["a name of null", { name: null }, "name"],
    ["a name that is a list", { name: ["Anna"] }, "name"],
    ["an empty name", { name: "" }, "name"],
    ["a name that is too long", { name: "a".repeat(201) }, "name"],
    ["a card number as name", { name: card }, "name"],
    ["a card number in other digits", { name: "４１１１１１１１１１１１１１１１" }, "name"],
    ["HTML as name", { name: "<script>alert(1)</script>" }, "name"],
    ["a closing tag", { name: "Anna</p>" }, "name"],
    ["a line break in a name", { name: "Anna\nArndt" }, "name"],
    ["a null character in a name", { name: "Anna\u0000" }, "name"],
    ["half a character in a name", { name: "Anna \ud83d" }, "name"],
    ["an address that is text", { address: "Lange Straße 1" }, "address"],
    ["an address that is a list", { address: [address] }, "address"],
    ["an address of null", { address: null }, "address"],
    ["a field of an address that is not known", { address: { ...address, x: 1 } }, "address.x"],
    ["no street", { address: { ...address, line1: undefined } }, "address.line1"],
    ["an empty street", { address: { ...address, line1: "" } }, "address.line1"],
    ["HTML as street", { address: { ...address, line1: "<img src=x>" } }, "address.line1"],
    ["a tab in a street", { address: { ...address, line1: "a\tb" } }, "address.line1"],
    ["a second line that is too long", { address: { ...address, line2: card } }, "address.line2"],
    ["a second line of null", { address: { ...address, line2: null } }, "address.line2"],
    ["no postal code", { address: { ...address, postalCode: undefined } }, "address.postalCode"],
    ["a postal code as number", { address: { ...address, postalCode: 1 } }, "address.postalCode"],
    ["a card as postal code", { address: { ...address, postalCode: card } }, "address.postalCode"],
    ["a long code", { address: { ...address, postalCode: "1".repeat(21) } }, "address.postalCode"],
    ["no city", { address: { ...address, city: undefined } }, "address.city"],
    ["an escape sequence as city", { address: { ...address, city: "\u001b[1m" } }, "address.city"],
    ["no country", { address: { ...address, country: undefined } }, "address.country"],
    ["a country's name", { address: { ...address, country: "Germany" } }, "address.country"],
    ["a country of three letters", { address: { ...address, country: "DEU" } }, "address.country"],
    ["a country in lower case", { address: { ...address, country: "de" } }, "address.country"],
    [
      "a country with a line break",
      { address: { ...address, country: "DE\n" } },
      "address.country",
    ],
    ["a list", [everything], "body"],
    ["a text", "Anna", "body"],
    ["null", null, "body"],
  ])("is not stored, and its text not sent back: %s", async (_, body, field) => {
    const response = await set(body);

    expect(problemOf(response)).toMatchObject({ status: 400, kind: "invalid-request" });
    expect(Object.keys(problemOf(response).fields)).toEqual([field]);
    expect(response.text).not.toMatch(/4111|Lange|Anna|<|secret/);
    expect(shopUsers.users.calls).toEqual([]);
  });

  it.each<[string, string, string]>([
    ["no JSON", "{name: 'Anna'}", "body"],
    ["a name twice", '{"name":"Anna","name":"Otto"}', "name"],
    ["a prototype", '{"__proto__":{"name":"Anna"}}', "__proto__"],
    ["deep", '{"address":'.repeat(11) + "1" + "}".repeat(11), "body"],
    ["oversized", JSON.stringify({ name: "a".repeat(maxBodyBytes) }), "body"],
    ["oversized by white space", `{"name":"Anna"}${" ".repeat(maxBodyBytes)}`, "body"],
  ])("is not stored where its text is %s", async (_, rawBody, field) => {
    const response = await shopUsers.post(me, { rawBody });

    expect(problemOf(response).status).toBe(400);
    expect(Object.keys(problemOf(response).fields)).toEqual([field]);
    expect(shopUsers.users.calls).toEqual([]);
  });

  it.each([
    { "Content-Type": "text/plain" },
    { "Content-Type": "application/x-www-form-urlencoded" },
    { "Content-Type": "application/json; charset=latin1" },
    { "Content-Encoding": "gzip" },
  ])("is not stored where its headers are %j", async (headers) => {
    const response = await set(everything, { headers });

    expect(problemOf(response)).toMatchObject({ status: 415, kind: "unsupported-media-type" });
    expect(shopUsers.users.calls).toEqual([]);
  });

  it("names all that is wrong at once", async () => {
    const response = await set({ name: "", address: { ...address, country: "de", x: 1 } });

    expect(problemOf(response).fields).toEqual({
      name: expect.any(String) as string,
      "address.country": "must be two capital letters (ISO 3166-1): DE",
      "address.x": "is not known",
    });
  });

  it("may not come with a query, nor be read with one", async () => {
    const query = { userId: ["customer-2"] };

    for (const response of [await set(everything, { query }), await shopUsers.get(me, { query })])
      expect(problemOf(response).fields).toEqual({ userId: "is not known" });
  });

  it.each(["/users/customer-2", "/users/me/", "/user/me", "/users/me/orders"])(
    "has no other path: %s",
    async (path) => {
      expect(problemOf(await shopUsers.get(path, { context: customer }))).toMatchObject({
        status: 404,
        kind: "route-not-found",
      });
    },
  );
});
