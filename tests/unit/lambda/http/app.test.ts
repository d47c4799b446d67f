import { routes } from "../../../../lib/lambda/payments/api/routes";
import { Harness, event, newPayment, problemOf } from "../harness";

const id = `pay_${"0".repeat(31)}1`;

describe("the router", () => {
  it.each(Object.entries(routes))("leads to %s", async (_, { method, path }) => {
    const api = new Harness();
    await api.payment();
    const { status } = await api.send(
      event(method, path.replace("{id}", id).replace("{account}", "a"), { key: "k" }),
    );

    expect([404, 405, 500]).not.toContain(status);
  });

  it.each([
    "/",
    "/payments",
    "/payment/",
    `/payment/${id}/void`,
    "/payment//capture",
    "",
    "/toString",
  ])("knows no other path: %j", async (path) => {
    const response = await new Harness().get(path, undefined, { origin: "https://shop.example" });

    expect(problemOf(response)).toMatchObject({ status: 404, kind: "route-not-found" });
    expect(response.headers["Access-Control-Allow-Origin"]).toBe("https://shop.example");
  });

  it.each([
    ["PUT", "/payment", "POST, GET, OPTIONS"],
    ["DELETE", `/payment/${id}`, "GET, OPTIONS"],
    ["GET", `/payment/${id}/capture`, "POST, OPTIONS"],
    ["get", "/health", "GET, OPTIONS"],
  ])(
    "responds with the methods that a path has where it lacks one: %s %s",
    async (method, path, allow) => {
      const headers = { Origin: "https://shop.example" };
      const response = await new Harness().send(event(method, path, { headers }));

      expect(problemOf(response)).toMatchObject({ status: 405, kind: "method-not-allowed" });
      expect(response.headers["Allow"]).toBe(allow);
      expect(response.headers["Access-Control-Allow-Origin"]).toBe("https://shop.example");
    },
  );
});

describe("every response", () => {
  it("names the request, and is not cacheable", async () => {
    const { headers } = await new Harness().get("/health");

    expect(headers).toEqual({
      "Content-Type": "application/json",
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      "X-Request-Id": "request-1",
      Vary: "Origin",
    });
  });

  it.each([
    [
      "an allowed origin",
      ["https://a.example", "https://b.example"],
      "https://b.example",
      "https://b.example",
    ],
    ["any origin", ["*"], "https://c.example", "*"],
    ["another origin", ["https://a.example"], "https://a.example.evil", undefined],
    ["no origin", ["https://a.example"], undefined, undefined],
    ["a header within the origin", ["https://a.example"], "https://a.example\r\nX: 1", undefined],
  ])("lets a browser read it or not, for %s", async (_, allowed, origin, expected) => {
    const headers = origin === undefined ? {} : { ORIGIN: origin };
    const response = await new Harness(allowed).get("/health", undefined, headers);

    expect(response.headers["Access-Control-Allow-Origin"]).toBe(expected);
    expect(response.headers["Access-Control-Expose-Headers"]).toBe(
      expected && "Idempotent-Replayed, Retry-After, X-Request-Id",
    );
    expect(response.headers["Vary"]).toBe("Origin");
  });
});

describe("an unexpected failure", () => {
  it.each([
    ["an error", new Error("table gone"), { errorName: "Error", errorMessage: "table gone" }],
    ["anything else", "text", { errorName: "string" }],
  ])("gets a response without its cause, and is logged with it: %s", async (_, thrown, logged) => {
    const api = new Harness();
    api.store.before = jest.fn().mockRejectedValue(thrown);
    const response = await api.get(`/payment/${id}`);

    expect(problemOf(response)).toMatchObject({ status: 500, kind: "internal-error" });
    expect(response.text).not.toMatch(/gone|text"/);
    expect(api.log).toMatchObject([
      { level: "error", extra: { requestId: "request-1", transactionId: id, ...logged } },
      { level: "info", extra: { statusCode: 500 } },
    ]);
  });

  it("is logged without what its class adds, which may be a whole payment", async () => {
    const api = new Harness();
    const error = Object.assign(new Error("canceled"), { CancellationReasons: [newPayment] });
    api.store.before = () => {
      throw error;
    };
    await api.post("/payment", { body: newPayment });

    expect(JSON.stringify(api.log)).not.toContain(newPayment.description);
  });
});

describe("an event that is none of the gateway's", () => {
  it.each([
    ["null", null],
    ["nothing", undefined],
    ["a text", "event"],
    ["a list", []],
    ["an empty object", {}],
    ["one without a context", { ...event("GET", "/health"), requestContext: undefined }],
    ["one whose context is null", { ...event("GET", "/health"), requestContext: null }],
    ["one without a method", { ...event("GET", "/health"), httpMethod: undefined }],
    ["one whose headers are a text", { ...event("GET", "/health"), headers: "headers" }],
    ["one whose body is an object", { ...event("POST", "/payment"), body: {} }],
  ])("gets a response, and is logged under its id: %s", async (_, received) => {
    const api = new Harness();
    const { status, body, headers } = await api.send(received);

    expect([status, body["type"]]).toEqual([500, "urn:payments:problem:internal-error"]);
    expect(body["requestId"]).toEqual(headers["X-Request-Id"]);
    expect(api.log).toMatchObject(
      ["error", "info"].map((level) => ({ level, extra: { requestId: body["requestId"] } })),
    );
  });

  it("may be one with nothing in it but what a call needs", async () => {
    const bare = {
      headers: null,
      multiValueQueryStringParameters: null,
      body: null,
      requestContext: { requestId: "request-1" },
    };
    const responses = [
      await new Harness().send({ ...bare, httpMethod: "GET", path: "/health" }),
      await new Harness().send({ ...bare, httpMethod: "POST", path: "/payment" }),
      await new Harness().send({
        httpMethod: "GET",
        path: "/health",
        requestContext: bare.requestContext,
      }),
    ];

    expect(responses.map(({ status }) => status)).toEqual([200, 400, 200]);
  });
});

describe("the log", () => {
  it("has one line a request: operation, payment, status and duration", async () => {
    const api = new Harness();
    const made = await api.payment("authorize");
    await api.act(made, "authorize");
    await api.get("/nowhere");

    const answers = api.log.filter(({ level }) => level === "info");
    expect(answers.map(({ message }) => message)).toEqual(Array(4).fill("Answered"));
    const common = { requestId: "request-1", durationMs: expect.any(Number) as unknown };
    expect(answers.map(({ extra }) => extra)).toEqual([
      { ...common, method: "POST", route: "/payment", transactionId: made, statusCode: 201 },
      ...[200, 409].map((statusCode) => ({
        ...common,
        method: "POST",
        route: "/payment/{id}/authorize",
        transactionId: made,
        statusCode,
      })),
      { ...common, method: "GET", statusCode: 404 },
    ]);
  });

  it("has for those who look closer the kind of problem of each that was refused", async () => {
    const api = new Harness();
    await api.get(`/payment/${id}`);
    await api.get("/nowhere");

    const refused = { level: "debug", message: "Refused" };
    const common = { requestId: "request-1", method: "GET" };
    const ofPayment = { route: "/payment/{id}", transactionId: id };
    expect(api.log.filter(({ level }) => level === "debug")).toEqual([
      { ...refused, extra: { ...common, ...ofPayment, problem: "payment-not-found" } },
      { ...refused, extra: { ...common, problem: "route-not-found" } },
    ]);
  });

  it("holds nothing of a person, a key or a card, whatever is sent and wherever", async () => {
    const api = new Harness();
    const card = "4111111111111111";
    const secrets = [
      "person-7",
      "Geheim",
      "meta-name",
      "meta-value",
      "key-of-caller",
      card,
      "agent-x",
    ];
    const body = {
      userId: "person-7",
      amount: 1,
      currency: "EUR",
      description: "Geheim",
      metadata: { "meta-name": "meta-value" },
    };
    const headers = { Origin: "agent-x", Authorization: "agent-x", "User-Agent": "agent-x" };
    const key = "key-of-caller";
    await api.post("/payment", { body, key, headers });
    await api.post("/payment", { body, key, headers });
    await api.post("/payment", { body: { ...body, amount: 2 }, key });
    await api.post("/payment", { body: { ...body, description: card, [card]: card } });
    await api.post("/payment", { body, key: card });
    await api.get(`/payment/${card}`);
    await api.get(`/${card}`);
    await api.get("/payment", { userId: ["person-7"], [card]: [card] });
    await api.get("/payment", { userId: ["person-7"] });
    await api.get("/balance/person-7");
    api.query = () => {
      throw new Error("no connection");
    };
    await api.get("/balance/person-7");

    const log = JSON.stringify(api.log);
    expect(api.log.filter(({ level }) => level !== "debug")).toHaveLength(12);
    expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
  });
});
