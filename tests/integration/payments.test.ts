import { QueryCommand, paginateScan } from "@aws-sdk/client-dynamodb";
import { aws, call, describeWithPayments, newKey, post, text } from "./deployed";

const request = {
  userId: "user-1",
  amount: 1250,
  currency: "EUR",
  description: "Two coffees",
  metadata: { order: "1001" },
};

const create = async () => {
  const { status, body } = await post("/payment", request);
  expect(status).toBe(201);
  return String(body["transactionId"]);
};

describeWithPayments("a payment", () => {
  it("is made and read back", async () => {
    const made = await post("/payment", request);
    const id = String(made.body["transactionId"]);
    const read = await call("GET", `/payment/${id}`);

    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ ...request, status: "PENDING", version: 1 });
    expect(made.body["timestamp"]).toEqual(expect.any(Number));
    expect(read.status).toBe(200);
    expect(read.body).toEqual(made.body);
  });

  it("is stored in the table under its id and time", async () => {
    const id = await create();
    const { Items = [] } = await aws.dynamoDb.send(
      new QueryCommand({
        TableName: text("dynamoTableName"),
        KeyConditionExpression: "transactionId = :id",
        ExpressionAttributeValues: { ":id": { S: id } },
      }),
    );

    expect(Items).toHaveLength(1);
    expect(Items[0]).toMatchObject({ userId: { S: "user-1" }, amount: { N: "1250" } });
  });

  it("is authorized, captured in part and refunded in two steps", async () => {
    const id = await create();
    const steps = [
      await post(`/payment/${id}/authorize`, { outcome: "APPROVED" }),
      await post(`/payment/${id}/capture`, { amount: 1000 }),
      await post(`/payment/${id}/refund`, { amount: 400 }),
      await post(`/payment/${id}/refund`, { all: true }),
    ];

    expect(steps.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(steps.map(({ body }) => [body["status"], body["version"]])).toEqual([
      ["AUTHORIZED", 2],
      ["CAPTURED", 3],
      ["CAPTURED", 4],
      ["REFUNDED", 5],
    ]);
    expect(steps[3]?.body).toMatchObject({ capturedAmount: 1000, refundedAmount: 1000 });
  });

  it("cannot be captured before it is authorized, nor refunded beyond what was captured", async () => {
    const id = await create();
    const early = await post(`/payment/${id}/capture`, { all: true });
    await post(`/payment/${id}/authorize`, { outcome: "APPROVED" });
    await post(`/payment/${id}/capture`, { all: true });
    const beyond = await post(`/payment/${id}/refund`, { amount: 1251 });

    expect(early.status).toBe(409);
    expect(early.body).toMatchObject({ currentStatus: "PENDING" });
    expect(beyond.status).toBe(400);
  });

  it("is found by its user and by its status, page by page, newest first", async () => {
    const userId = newKey();
    for (let i = 0; i < 5; i++) await post("/payment", { ...request, userId });
    const pages: unknown[][] = [];
    let cursor: unknown = "";
    do {
      const query = cursor === "" ? "" : `&cursor=${encodeURIComponent(String(cursor))}`;
      const { body } = await call("GET", `/payment?userId=${userId}&limit=2${query}`);
      pages.push(body["data"] as unknown[]);
      cursor = body["nextCursor"];
    } while (cursor !== undefined);
    const times = pages.flat().map((payment) => (payment as { timestamp: number }).timestamp);

    expect(pages.flat()).toHaveLength(5);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect((await call("GET", "/payment?status=PENDING&limit=1")).body["data"]).toHaveLength(1);
  });
});

describeWithPayments("an idempotency key", () => {
  it("gives one payment, however often and at once it is sent", async () => {
    const key = newKey();
    const userId = newKey();
    const responses = await Promise.all(
      Array.from({ length: 8 }, () => post("/payment", { ...request, userId }, key)),
    );
    const settled = responses.filter(({ status }) => status === 201);
    const { body } = await call("GET", `/payment?userId=${userId}`);

    expect(settled.length).toBeGreaterThan(0);
    expect(new Set(settled.map((response) => JSON.stringify(response.body))).size).toBe(1);
    expect(new Set(responses.map(({ status }) => status))).not.toContain(500);
    expect(body["data"]).toHaveLength(1);
  });

  it("replays the first response, and marks it", async () => {
    const key = newKey();
    const first = await post("/payment", request, key);
    const second = await post("/payment", request, key);

    expect(first.headers.get("idempotent-replayed")).toBeNull();
    expect(second.headers.get("idempotent-replayed")).toBe("true");
    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
  });

  it("refuses another body", async () => {
    const key = newKey();
    await post("/payment", request, key);
    const other = await post("/payment", { ...request, amount: 1 }, key);

    expect(other.status).toBe(422);
    expect(other.headers.get("content-type")).toContain("application/problem+json");
  });

  it("is demanded of every POST", async () => {
    const { status, body } = await call("POST", "/payment", { body: request });

    expect(status).toBe(400);
    expect(JSON.stringify(body)).toMatch(/idempotency-key/i);
  });

  it("is stored for 24 hours, in a table of its own, and discloses neither caller nor key", async () => {
    const key = newKey();
    const { body } = await post("/payment", request, key);
    const pages = paginateScan(
      { client: aws.dynamoDb },
      {
        TableName: text("idempotencyTableName"),
        FilterExpression: "contains(body, :id)",
        ExpressionAttributeValues: { ":id": { S: String(body["transactionId"]) } },
      },
    );
    const records = [];
    for await (const { Items = [] } of pages) records.push(...Items);
    const [record = {}] = records;
    const hours = (Number(record["expirationTime"]?.N) - Date.now() / 1000) / 3600;

    expect(records).toHaveLength(1);
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);
    expect(record["keyHash"]?.S).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(record)).not.toMatch(/arn:|test-/);
  });

  it("replays a refusal, whatever has changed since; another key does not", async () => {
    const id = await create();
    const key = newKey();
    const first = await post(`/payment/${id}/capture`, { all: true }, key);
    await post(`/payment/${id}/authorize`, { outcome: "APPROVED" });
    const late = await post(`/payment/${id}/capture`, { all: true }, key);
    const other = await post(`/payment/${id}/capture`, { all: true });

    expect([first.status, late.status, other.status]).toEqual([409, 409, 200]);
    expect(late.body).toEqual(first.body);
    expect(late.headers.get("idempotent-replayed")).toBe("true");
    expect(late.headers.get("content-type")).toContain("application/problem+json");
  });
});

describeWithPayments("a bad request", () => {
  it.each([
    ["no JSON", "{", 400],
    ["an unknown field", JSON.stringify({ ...request, colour: "red" }), 400],
    ["an amount of nothing", JSON.stringify({ ...request, amount: 0 }), 400],
    ["an unknown currency", JSON.stringify({ ...request, currency: "ABC" }), 400],
    ["a card number", JSON.stringify({ ...request, description: "4111 1111 1111 1111" }), 400],
    ["too much", JSON.stringify({ ...request, description: "x".repeat(150_000) }), 400],
  ])("with %s gets a problem that names it", async (_, rawBody, expected) => {
    const { status, body, headers } = await call("POST", "/payment", {
      rawBody,
      headers: { "idempotency-key": newKey() },
    });

    expect(status).toBe(expected);
    expect(headers.get("content-type")).toContain("application/problem+json");
    expect(body).toMatchObject({
      status: expected,
      type: expect.stringMatching(/^urn:/) as unknown,
    });
    expect(JSON.stringify(body)).not.toContain("4111");
  });

  it("names every field that is wrong", async () => {
    const { body } = await post("/payment", { userId: "", amount: -1, currency: "EURO" });
    const fields = (body["errors"] as { field: string }[]).map(({ field }) => field);

    expect(fields.sort()).toEqual(["amount", "currency", "userId"]);
  });

  it("for what does not exist gets 404, for an id that is none 400", async () => {
    const id = await create();
    const unknown = id.slice(0, -1) + (id.endsWith("0") ? "1" : "0");

    expect((await call("GET", `/payment/${unknown}`)).status).toBe(404);
    expect((await call("GET", "/payment/not-an-id")).status).toBe(400);
  });

  it("that is not signed is refused, and browsers may read why", async () => {
    const response = await fetch(`${text("apiEndpoint")}/payment`, { method: "GET" });

    expect(response.status).toBe(403);
    expect(response.headers.get("access-control-allow-origin")).toBeTruthy();
    await response.text();
  });
});

describe("a browser", () => {
  it("gets from a preflight what it may send", async () => {
    const response = await fetch(`${text("apiEndpoint")}/payment`, {
      method: "OPTIONS",
      headers: { origin: "http://localhost:3000", "access-control-request-method": "POST" },
    });

    expect(response.status).toBeLessThan(300);
    expect(response.headers.get("access-control-allow-methods")).toContain("POST");
    expect(response.headers.get("access-control-allow-headers")).toMatch(/idempotency-key/i);
    await response.text();
  });
});
