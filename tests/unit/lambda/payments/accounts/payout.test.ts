import { Harness, problemOf } from "../../harness";

const payoutId = `payout_${"0".repeat(32)}`;
/** The parameters of the query to the database, without the hashes of key and request. */
let asked: unknown[][];
/** Its response. */
let row: Record<string, unknown>;
let api: Harness;
beforeEach(() => {
  asked = [];
  row = {};
  api = new Harness();
  api.query = (text, values = []) => {
    expect(text).toBe("SELECT * FROM ledger.pay_out($1, $2, $3, $4, $5, $6, $7)");
    const [keyHash, requestHash, requestId, currency, amount, , reference] = values;
    expect([keyHash, requestHash, requestId]).toEqual([hash, hash, "request-1"]);
    asked.push(values.slice(3));
    return [
      {
        request_hash: requestHash,
        request_id: requestId,
        requested_at: new Date(1_700_000_000_123),
        currency,
        payout_id: payoutId,
        amount: String(amount),
        reference,
        replayed: false,
        ...row,
      },
    ];
  };
});

const hash: unknown = expect.stringMatching(/^[0-9a-f]{64}$/);
const payOut = (body: unknown) => api.post("/payout", { body });

describe("a payout", () => {
  it("is of an amount, and gets the database's payout as its response", async () => {
    const { status, headers, body } = await payOut({ currency: "EUR", amount: 1250 });

    expect(asked).toEqual([["EUR", 1250, false, null]]);
    expect(status).toBe(201);
    expect(body).toEqual({ payoutId, timestamp: 1_700_000_000_123, currency: "EUR", amount: 1250 });
    expect(headers).not.toHaveProperty("Idempotent-Replayed");
  });

  it("is of all that is owed, up to the largest, and carries the caller's reference", async () => {
    row = { amount: "70" };
    const { body } = await payOut({ currency: "JPY", all: true, reference: "Week 47" });

    expect(asked).toEqual([["JPY", 999_999_999_999_999, true, "Week 47"]]);
    expect(body).toMatchObject({ currency: "JPY", amount: 70, reference: "Week 47" });
  });

  it.each([
    ["neither amount nor all", {}, { amount: "must be there, or else all: true" }],
    ["both", { amount: 1, all: true }, { all: "must not be there beside amount" }],
    ["all that is not meant", { all: false }, { all: "must be true, or left out" }],
    ["nothing", { amount: 0 }, { amount: expect.anything() as unknown }],
    ["less than nothing", { amount: -1 }, { amount: expect.anything() as unknown }],
    ["too much", { amount: 1_000_000_000_000_000 }, { amount: expect.anything() as unknown }],
    ["a part of a cent", { amount: 1.5 }, { amount: expect.anything() as unknown }],
    ["text", { amount: "1250" }, { amount: expect.anything() as unknown }],
    [
      "an empty reference",
      { all: true, reference: "" },
      { reference: expect.anything() as unknown },
    ],
    [
      "a long one",
      { all: true, reference: "x".repeat(141) },
      { reference: expect.anything() as unknown },
    ],
    [
      "a card number",
      { all: true, reference: "4111111111111111" },
      { reference: expect.anything() as unknown },
    ],
    ["no money", { all: true, currency: "XXX" }, { currency: expect.anything() as unknown }],
    ["more", { all: true, payee: "m-1" }, { payee: "is not known" }],
  ])("is not made of %s", async (_, body, fields) => {
    const problem = problemOf(await payOut({ currency: "EUR", ...body }));

    expect(problem).toMatchObject({ status: 400, kind: "invalid-request", fields });
    expect(asked).toEqual([]);
  });

  it("needs a key", async () => {
    const response = await api.post("/payout", {
      body: { currency: "EUR", all: true },
      key: "",
    });

    expect(Object.keys(problemOf(response).fields)).toEqual(["Idempotency-Key"]);
  });

  it("above what is owed is refused", async () => {
    row = { payout_id: null, amount: null };
    const response = await payOut({ currency: "EUR", amount: 1250 });

    expect(problemOf(response)).toMatchObject({ status: 400, kind: "amount-exceeded" });
    expect(response.headers).not.toHaveProperty("Idempotent-Replayed");
  });
});

describe("a payout that is requested again", () => {
  it("gets the first response, marked as replayed", async () => {
    row = { replayed: true };
    const { status, headers, body } = await payOut({ currency: "EUR", amount: 1250 });

    expect([status, body["payoutId"]]).toEqual([201, payoutId]);
    expect(headers["Idempotent-Replayed"]).toBe("true");
  });

  it("is refused as at first, and marked", async () => {
    row = { payout_id: null, amount: null, replayed: true, request_id: "request-0" };
    const response = await payOut({ currency: "EUR", amount: 1250 });

    expect(response.status).toBe(400);
    expect(response.headers["Content-Type"]).toBe("application/problem+json");
    expect(response.body).toMatchObject({
      type: "urn:payments:problem:amount-exceeded",
      requestId: "request-0",
    });
    expect(response.headers["Idempotent-Replayed"]).toBe("true");
  });

  it("with another body is a mismatch", async () => {
    row = { request_hash: "another", replayed: true };

    expect(problemOf(await payOut({ currency: "EUR", amount: 1250 }))).toMatchObject({
      status: 422,
      kind: "idempotency-mismatch",
    });
  });
});
