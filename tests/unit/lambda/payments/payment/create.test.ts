import { gzipSync } from "node:zlib";
import { Harness, calledBy, event, newPayment, problemOf, shop } from "../../harness";
import type { Options } from "../../harness";
import { maxBodyBytes } from "../../../../../lib/lambda/payments/api/schemas";
import { toItem } from "../../../../../lib/lambda/payments/store/payment-item";

let api: Harness;
beforeEach(() => {
  api = new Harness();
});

const create = (body: unknown, options: Options = {}) => api.post("/payment", { body, ...options });

describe("a new payment", () => {
  it("gets the stored payment as its response: pending, in its first version", async () => {
    const { status, body } = await create(newPayment);

    expect(status).toBe(201);
    expect(body).toEqual({
      ...newPayment,
      transactionId: "pay_00000000000000000000000000000001",
      timestamp: 1_700_000_000_000,
      status: "PENDING",
      version: 1,
    });
    expect([...api.store.payments.values()]).toEqual([body]);
  });

  it("needs no description and no metadata", async () => {
    const { status, body } = await create({ userId: "user-1", amount: 1, currency: "JPY" });

    expect(status).toBe(201);
    expect(body).not.toHaveProperty("description");
    expect(body).not.toHaveProperty("metadata");
  });

  it.each([1, 999_999_999_999])("may be of %i minor units", async (amount) => {
    expect((await create({ ...newPayment, amount })).status).toBe(201);
  });

  it.each(["JPY", "KWD", "USD"])("may be in %s, whatever its decimals", async (currency) => {
    expect((await create({ ...newPayment, currency })).status).toBe(201);
  });

  it("may be described in any script, and hold 20 entries of the longest", async () => {
    const metadata = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [String(i).padEnd(40, "k"), "v".repeat(500)]),
    );
    const description = "Zwei Kaffee ☕️ 咖啡 قهوة".padEnd(500, ".");
    const { status, body } = await create({ ...newPayment, description, metadata });

    expect(status).toBe(201);
    expect(body).toMatchObject({ description, metadata });
  });

  it("may come in base64, with a charset, or with white space and a mark at its start", async () => {
    const rawBody = `\ufeff ${JSON.stringify({ ...newPayment, description: "Grüße" })}\n`;
    const headers = { "Content-Type": 'Application/JSON; charset="UTF-8"' };
    const { status, body } = await api.post("/payment", { rawBody, base64: true, headers });

    expect(status).toBe(201);
    expect(body["description"]).toBe("Grüße");
  });
});

describe("the largest payment", () => {
  const longest = (character: string) => ({
    userId: "u".repeat(128),
    amount: 999_999_999_999,
    currency: "EUR",
    description: character.repeat(500),
    metadata: Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [
        String.fromCodePoint(0x1f600 + i).repeat(40),
        character.repeat(500),
      ]),
    ),
  });
  /** All that is in the texts as escapes; how long JSON with nothing between its tokens gets. */
  const escaped = (body: unknown) =>
    JSON.stringify(body).replaceAll(
      /[^"{}:,\d[\]\\]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );

  it("fits the body's limit, with every character escaped", async () => {
    const rawBody = escaped(longest("😀"));
    const { status, body } = await api.post("/payment", { rawBody });

    expect(status).toBe(201);
    expect(body).toMatchObject(longest("😀"));
    expect(rawBody.length).toBeGreaterThan(130_000);
    expect(rawBody.length).toBeLessThan(maxBodyBytes);
  });

  it.each(["😀", '"', "\\"])(
    "fits an item of the table, the record of its response, and a list of 100: of %s",
    async (character) => {
      const { text } = await api.post("/payment", { body: longest(character), key: "k" });
      const [payment] = api.store.payments.values();
      const size = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

      // an index has the whole item once more, under the same limit; JSON is longer than what DynamoDB counts
      expect(size(payment && toItem(payment, 199))).toBeLessThan(400 * 1024);
      expect(Buffer.byteLength(text)).toBeLessThan(400 * 1024 - 1024);
      expect(size(text) * 100).toBeLessThan(6 * 1024 * 1024);
    },
  );

  it("has characters that JSON Schema counts, not JavaScript", async () => {
    const { status } = await create({ ...newPayment, description: "😀".repeat(500) });
    const beyond = await create({ ...newPayment, description: "😀".repeat(501) });

    expect(status).toBe(201);
    expect(problemOf(beyond).fields).toEqual({ description: "must have at most 500 characters" });
  });

  it("may come as it is, and say so", async () => {
    const headers = { "Content-Encoding": "Identity" };

    expect((await create(newPayment, { headers })).status).toBe(201);
  });
});

describe("an invalid payment", () => {
  const card = "4111 1111 1111 1111";
  const wordy = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`k${String(i)}`, ""]));

  it.each<[string, Record<string, unknown>, string]>([
    ["no amount", { amount: undefined }, "amount"],
    ["an amount of nothing", { amount: 0 }, "amount"],
    ["a negative amount", { amount: -1 }, "amount"],
    ["a fraction", { amount: 1.5 }, "amount"],
    ["an amount beyond the largest", { amount: 1_000_000_000_000 }, "amount"],
    ["an amount beyond exact numbers", { amount: 2 ** 53 }, "amount"],
    ["an amount as text", { amount: "1000" }, "amount"],
    ["an amount as text with a sign", { amount: "+1000" }, "amount"],
    ["an amount as text with spaces", { amount: " 1000 " }, "amount"],
    ["an amount as text with leading zeros", { amount: "001000" }, "amount"],
    ["an amount as text with an exponent", { amount: "1e3" }, "amount"],
    ["an amount of null", { amount: null }, "amount"],
    ["an unknown currency", { currency: "ABC" }, "currency"],
    ["a currency in lower case", { currency: "eur" }, "currency"],
    ["a metal", { currency: "XAU" }, "currency"],
    ["a property of every object as currency", { currency: "constructor" }, "currency"],
    ["an empty user", { userId: "" }, "userId"],
    ["an e-mail address as user", { userId: "a@b.example" }, "userId"],
    ["a user with a line break", { userId: "user\r\nX-Header: 1" }, "userId"],
    ["a user that is too long", { userId: "u".repeat(129) }, "userId"],
    ["a card number as user", { userId: "4111111111111111" }, "userId"],
    ["a description that is too long", { description: "x".repeat(501) }, "description"],
    ["a control character", { description: "a\u0000b" }, "description"],
    ["a line break", { description: "a\nb" }, "description"],
    ["half a character", { description: "\ud800" }, "description"],
    ["a card number in the description", { description: `Paid by ${card}` }, "description"],
    ["metadata as a list", { metadata: [] }, "metadata"],
    ["21 entries", { metadata: wordy }, "metadata"],
    ["a value that is no text", { metadata: { a: 1 } }, "metadata.a"],
    ["an object as a value", { metadata: { a: {} } }, "metadata.a"],
    ["a value that is too long", { metadata: { a: "x".repeat(501) } }, "metadata.a"],
    ["a card number as a value", { metadata: { a: card } }, "metadata.a"],
    ["an empty name", { metadata: { "": "x" } }, "metadata."],
    [
      "a name that is too long",
      { metadata: { ["k".repeat(41)]: "x" } },
      `metadata.${"k".repeat(41)}`,
    ],
    [
      "a card number as a name",
      { metadata: { [card]: "x" } },
      "(a name that looks like a card number)",
    ],
    ["an unknown field", { colour: "red" }, "colour"],
    ["a card number as an unknown field", { [card]: 1 }, "(a name that looks like a card number)"],
    ["a status of its own", { status: "CAPTURED" }, "status"],
  ])("with %s is refused by that field's name", async (_, change, field) => {
    const response = await create({ ...newPayment, ...change });

    expect(problemOf(response)).toMatchObject({ status: 400, kind: "invalid-request" });
    expect(Object.keys(problemOf(response).fields)).toEqual([field]);
    expect(response.text).not.toContain("4111");
    expect(api.store.payments.size).toBe(0);
  });

  it("is refused with how an amount is written", async () => {
    const response = await create({ ...newPayment, amount: "1000" });

    expect(problemOf(response).fields).toEqual({
      amount: "must be a whole number in plain digits, without quotes",
    });
  });

  it.each(["1250.0000000000000001", "1250.0", "1.25e3", "1e3", "-0", "-0.0"])(
    "is refused where its amount is written as %s",
    async (amount) => {
      const rawBody = `{"userId":"user-1","amount":${amount},"currency":"EUR"}`;
      const response = await api.post("/payment", { rawBody });

      expect(problemOf(response).fields).toEqual({
        amount: "must be a whole number in plain digits, without point or exponent",
      });
    },
  );

  it("is refused with everything that is wrong with it at once", async () => {
    const response = await api.post("/payment", {
      body: { amount: "x", metadata: { a: 1, b: "\u0007" }, extra: 1 },
      key: "",
      query: { verbose: ["1"] },
    });

    expect(problemOf(response).fields).toEqual({
      "Idempotency-Key": "must be 1 to 255 printable ASCII characters",
      verbose: "is not known",
      userId: expect.any(String) as unknown,
      amount: expect.any(String) as unknown,
      currency: expect.any(String) as unknown,
      "metadata.a": expect.any(String) as unknown,
      "metadata.b": "must not hold control characters",
      extra: "is not known",
    });
  });

  it.each([
    ["nothing", null, "userId"],
    ["null", "null", "body"],
    ["a list", "[]", "body"],
    ["a number", "1", "body"],
    ["no JSON", "{", "body"],
    ["a name twice", '{"userId":"a","userId":"b"}', "userId"],
    ["a prototype", '{"__proto__":{"userId":"a"}}', "__proto__"],
    ["too much", JSON.stringify({ description: "x".repeat(maxBodyBytes) }), "body"],
    [
      "too many bytes in fewer characters",
      JSON.stringify({ description: "€".repeat(maxBodyBytes / 3) }),
      "body",
    ],
    ["lists within lists", "[".repeat(8_000) + "]".repeat(8_000), "body"],
  ])("is refused where its body is %s", async (_, rawBody, field) => {
    const { status, fields } = problemOf(await api.post("/payment", { rawBody }));

    expect(status).toBe(400);
    expect(Object.keys(fields)).toContain(field);
  });

  it("is refused where its bytes are no UTF-8", async () => {
    const response = await api.send({
      httpMethod: "POST",
      path: "/payment",
      headers: { "content-type": "application/json", "idempotency-key": "k" },
      multiValueQueryStringParameters: null,
      body: Buffer.from([0x7b, 0xff, 0x7d]).toString("base64"),
      isBase64Encoded: true,
      requestContext: { requestId: "request-1", ...calledBy(shop) },
    });

    expect(problemOf(response).fields).toEqual({ body: "must be UTF-8" });
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/json; charset=latin1",
    "",
  ])("is refused where its type is %j", async (type) => {
    const response = await create(newPayment, { headers: { "Content-Type": type } });

    expect(problemOf(response)).toMatchObject({ status: 415, kind: "unsupported-media-type" });
  });

  it.each([
    ["gzip", JSON.stringify(newPayment), false],
    ["gzip", gzipSync(JSON.stringify(newPayment)).toString("base64"), true],
    ["br", JSON.stringify(newPayment), false],
    ["identity, gzip", JSON.stringify(newPayment), false],
    ["", JSON.stringify(newPayment), false],
  ])(
    "is refused where its body is encoded, or claims to be: %j",
    async (encoding, body, base64) => {
      const response = await api.send({
        ...event("POST", "/payment"),
        headers: {
          "content-type": "application/json",
          "content-encoding": encoding,
          "idempotency-key": "k",
        },
        body,
        isBase64Encoded: base64,
      });

      expect(problemOf(response)).toMatchObject({
        status: 415,
        kind: "unsupported-media-type",
        detail: "Send the body as it is: without Content-Encoding, or with identity",
      });
      expect(api.store.payments.size).toBe(0);
    },
  );

  it("is refused where its body has no type", async () => {
    const response = await api.send({
      httpMethod: "POST",
      path: "/payment",
      headers: { "idempotency-key": "k" },
      multiValueQueryStringParameters: null,
      body: "{}",
      isBase64Encoded: false,
      requestContext: { requestId: "request-1", ...calledBy(shop) },
    });

    expect(response.status).toBe(415);
  });

  it.each([
    ["is missing", undefined],
    ["is empty", ""],
    ["is too long", "k".repeat(256)],
    ["is not ASCII", "schlüssel"],
    ["has a line break", "a\r\nb"],
    ["is a card number", "4111111111111111"],
  ])("is refused where its key %s", async (_, key) => {
    const headers = key === undefined ? {} : { "idempotency-key": key };
    const response = await api.send({
      httpMethod: "POST",
      path: "/payment",
      headers: { "content-type": "application/json", ...headers },
      multiValueQueryStringParameters: null,
      body: JSON.stringify(newPayment),
      isBase64Encoded: false,
      requestContext: { requestId: "request-1", ...calledBy(shop) },
    });

    expect(Object.keys(problemOf(response).fields)).toEqual(["Idempotency-Key"]);
    expect(api.store.responses.size).toBe(0);
  });

  it("may be put right under the same key", async () => {
    const wrong = await create({ ...newPayment, amount: 0 }, { key: "k" });
    const right = await create(newPayment, { key: "k" });

    expect([wrong.status, right.status]).toEqual([400, 201]);
  });
});
