import { Harness, problemOf } from "../../harness";

let api: Harness;
beforeEach(() => {
  api = new Harness();
});

describe("a payment", () => {
  it("is authorized, captured in part, refunded in two steps", async () => {
    const id = await api.payment();
    const responses = [
      await api.act(id, "authorize"),
      await api.act(id, "capture", { body: { amount: 800 } }),
      await api.act(id, "refund", { body: { amount: 300 } }),
      await api.act(id, "refund"),
    ];

    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(responses.map(({ body }) => [body["status"], body["version"]])).toEqual([
      ["AUTHORIZED", 2],
      ["CAPTURED", 3],
      ["CAPTURED", 4],
      ["REFUNDED", 5],
    ]);
    expect(responses[3]?.body).toEqual((await api.get(`/payment/${id}`)).body);
    expect(responses[3]?.body).toMatchObject({ capturedAmount: 800, refundedAmount: 800 });
  });

  it("fails where the caller reports a declined authorization", async () => {
    const id = await api.payment();
    const { status, body } = await api.act(id, "authorize", {
      body: { outcome: "DECLINED" },
    });

    expect(status).toBe(200);
    expect(body["status"]).toBe("FAILED");
  });

  it("is canceled", async () => {
    const id = await api.payment("authorize");

    expect((await api.act(id, "cancel")).body["status"]).toBe("CANCELED");
  });

  it.each([
    ["captured", "PENDING", [], "capture"],
    ["refunded", "AUTHORIZED", ["authorize"], "refund"],
    ["canceled", "CAPTURED", ["authorize", "capture"], "cancel"],
    ["captured twice", "CAPTURED", ["authorize", "capture"], "capture"],
    ["authorized", "CANCELED", ["cancel"], "authorize"],
    ["refunded", "REFUNDED", ["authorize", "capture", "refund"], "refund"],
  ] as const)("is not %s while it is %s", async (_, currentStatus, before, action) => {
    const id = await api.payment(...before);
    const kept = api.store.payments.get(id);
    const response = await api.act(id, action);

    expect(problemOf(response)).toMatchObject({ status: 409, kind: "wrong-status", currentStatus });
    expect(problemOf(response).detail).toContain(currentStatus);
    expect(api.store.payments.get(id)).toBe(kept);
  });

  it.each([
    ["captured beyond its amount", ["authorize"], "capture", 1001, 1000],
    ["refunded beyond what was captured", ["authorize", "capture"], "refund", 1001, 1000],
  ] as const)("is not %s", async (_, before, action, amount, limit) => {
    const id = await api.payment(...before);
    const response = await api.act(id, action, { body: { amount } });

    expect(problemOf(response)).toMatchObject({
      status: 400,
      kind: "amount-exceeded",
      fields: { amount: `must be at most ${String(limit)}` },
    });
  });

  it.each([
    ["capture", { amount: 0 }, ["amount"]],
    ["refund", { amount: 1.5 }, ["amount"]],
    ["capture", { amount: "all" }, ["amount"]],
    ["capture", { amount: null, all: false }, ["amount", "all"]],
    ["refund", { all: "true" }, ["all"]],
    ["refund", { all: true, part: 1 }, ["part"]],
    ["authorize", { outcome: "MAYBE" }, ["outcome"]],
    ["cancel", { amount: 1 }, ["amount"]],
    ["cancel", { all: true }, ["all"]],
  ] as const)("is not moved by a wrong field: %s %j", async (action, body, expected) => {
    const id = await api.payment();
    const { status, fields } = problemOf(await api.act(id, action, { body }));

    expect(status).toBe(400);
    expect(Object.keys(fields)).toEqual(expected);
  });

  it.each([
    ["capture", {}, { amount: "must be there, or else all: true" }],
    ["refund", {}, { amount: "must be there, or else all: true" }],
    ["refund", undefined, { amount: "must be there, or else all: true" }],
    ["capture", { amount: 1, all: true }, { all: "must not be there beside amount" }],
    ["refund", { all: false }, { all: "must be true, or left out" }],
    ["capture", { all: false, amount: 1 }, { all: "must be true, or left out" }],
    ["authorize", {}, { outcome: expect.any(String) as unknown }],
    ["authorize", undefined, { outcome: expect.any(String) as unknown }],
  ] as const)("is moved only by what says how far: not by %s %j", async (action, body, fields) => {
    const id = await api.payment(
      "authorize",
      ...(action === "refund" ? (["capture"] as const) : []),
    );
    const kept = api.store.payments.get(id);
    const response = await api.act(id, action, { body });

    expect(problemOf(response)).toMatchObject({ status: 400, kind: "invalid-request", fields });
    expect(Object.keys(problemOf(response).fields)).toEqual(Object.keys(fields));
    expect(api.store.payments.get(id)).toBe(kept);
  });

  it.each(["authorize", "capture", "cancel", "refund"] as const)(
    "that does not exist is not changed: %s",
    async (action) => {
      const unknown = await api.act(`pay_${"0".repeat(32)}`, action);
      const none = await api.act("1", action);

      expect(problemOf(unknown)).toMatchObject({ status: 404, kind: "payment-not-found" });
      expect(Object.keys(problemOf(none).fields)).toEqual(["id"]);
    },
  );
});
