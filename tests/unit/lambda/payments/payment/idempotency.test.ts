import * as fc from "fast-check";
import type { PaymentStore } from "../../../../../lib/lambda/payments/store/payment-store";
import { Harness, calledBy, newPayment, problemOf, shop } from "../../harness";

const day = 24 * 60 * 60 * 1000;

let api: Harness;
beforeEach(() => {
  api = new Harness();
});

/** Fails one call to the store, before it has its effect or behind it. */
function failOnce(api: Harness, at: number, when: "before" | "after"): void {
  let calls = 0;
  api.store[when] = () => {
    if (calls++ === at) throw new Error("the function died");
  };
}

describe("a request under a key", () => {
  it("has its effect once: the first response is replayed, byte for byte, and marked", async () => {
    const first = await api.post("/payment", { body: newPayment, key: "k" });
    api.time += 1000;
    const second = await api.post("/payment", { body: newPayment, key: "k" });

    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.text).toBe(first.text);
    expect(first.headers).not.toHaveProperty("Idempotent-Replayed");
    expect(second.headers["Idempotent-Replayed"]).toBe("true");
    expect(second.headers["Content-Type"]).toBe("application/json");
    expect(api.store.payments.size).toBe(1);
  });

  it("gets the payment as it was then, whatever has changed since", async () => {
    const id = await api.payment("authorize");
    const captured = await api.act(id, "capture", { key: "k" });
    await api.act(id, "refund");
    const again = await api.act(id, "capture", { key: "k" });

    expect(again.text).toBe(captured.text);
    expect(again.headers["Idempotent-Replayed"]).toBe("true");
  });

  it("is the same with its fields in another order", async () => {
    const { userId, ...rest } = newPayment;
    await api.post("/payment", { body: newPayment, key: "k" });
    const { headers } = await api.post("/payment", { body: { ...rest, userId }, key: "k" });

    expect(headers["Idempotent-Replayed"]).toBe("true");
  });

  it("does not stand for another body, another operation or another payment", async () => {
    const [one, other] = [await api.payment("authorize"), await api.payment("authorize")];
    await api.post("/payment", { body: newPayment, key: "k" });
    await api.act(one, "capture", { body: { amount: 1 }, key: "c" });
    const responses = [
      await api.post("/payment", { body: { ...newPayment, amount: 1 }, key: "k" }),
      await api.act(one, "cancel", { key: "k" }),
      await api.act(one, "capture", { body: { amount: 2 }, key: "c" }),
      await api.act(one, "refund", { body: { amount: 1 }, key: "c" }),
      await api.act(other, "capture", { body: { amount: 1 }, key: "c" }),
    ];

    expect(responses.map((response) => problemOf(response).kind)).toEqual(
      Array(5).fill("idempotency-mismatch"),
    );
    expect(responses.map(({ status }) => status)).toEqual(Array(5).fill(422));
    expect(api.store.payments.get(other)?.status).toBe("AUTHORIZED");
  });

  it.each([
    ["wrong-status", "PENDING", [], "capture", { all: true }, ["authorize"]],
    ["wrong-status", "CANCELED", ["cancel"], "authorize", { outcome: "APPROVED" }, []],
    ["amount-exceeded", "AUTHORIZED", ["authorize"], "capture", { amount: 1001 }, ["capture"]],
  ] as const)(
    "that was refused stays refused, byte for byte, whatever has changed since: %s of %s",
    async (kind, currentStatus, before, action, body, between) => {
      const id = await api.payment(...before);
      const first = await api.act(id, action, { body, key: "k" });
      for (const next of between) await api.act(id, next);
      const kept = api.store.payments.get(id);
      const again = await api.act(id, action, {
        body,
        key: "k",
        context: { requestId: "request-2", ...calledBy(shop) },
      });

      expect(problemOf(first)).toMatchObject({ kind, currentStatus });
      expect(first.headers).not.toHaveProperty("Idempotent-Replayed");
      expect([again.status, again.text]).toEqual([first.status, first.text]);
      expect(again.headers).toMatchObject({
        "Idempotent-Replayed": "true",
        "Content-Type": "application/problem+json",
        "X-Request-Id": "request-2",
      });
      expect(api.store.payments.get(id)).toBe(kept);
    },
  );

  it("that was refused is processed again after 24 hours, and under another key at once", async () => {
    const id = await api.payment();
    const early = await api.act(id, "capture", { key: "k" });
    await api.act(id, "authorize");
    api.time += day - 1000;
    const same = await api.act(id, "capture", { key: "k" });
    api.time += 1000;
    const late = await api.act(id, "capture", { key: "k" });
    const other = await api.payment("authorize");

    expect([early.status, same.status, late.status]).toEqual([409, 409, 200]);
    expect((await api.act(other, "capture", { key: "other" })).status).toBe(200);
  });

  it("that was refused does not stand for another request", async () => {
    const id = await api.payment();
    await api.act(id, "capture", { key: "k" });
    const response = await api.act(id, "capture", { key: "k", body: { amount: 1 } });

    expect(problemOf(response)).toMatchObject({ status: 422, kind: "idempotency-mismatch" });
  });

  it("that was not valid, found no payment or failed may be sent again", async () => {
    const id = await api.payment("authorize");
    const invalid = await api.act(id, "capture", { key: "k", body: {} });
    const unknown = await api.act(`pay_${"f".repeat(32)}`, "capture", { key: "k" });
    failOnce(api, 1, "before");
    const failed = await api.act(id, "capture", { key: "k" });
    const right = await api.act(id, "capture", { key: "k" });

    expect([invalid, unknown, failed, right].map(({ status }) => status)).toEqual([
      400, 404, 500, 200,
    ]);
  });

  it("is refused once where the function is terminated after storing that, and the caller retries", async () => {
    const id = await api.payment();
    failOnce(api, 0, "after");
    const first = await api.act(id, "capture", { key: "k" });
    await api.act(id, "authorize");
    const second = await api.act(id, "capture", { key: "k" });

    expect([first.status, second.status]).toEqual([500, 409]);
    expect(second.headers["Idempotent-Replayed"]).toBe("true");
  });

  it.each(["success", "refusal"] as const)(
    "has the outcome that is stored first where a success and a refusal race: %s",
    async (winner) => {
      const id = await api.payment();
      let second: Promise<unknown> | undefined;
      // the first request has read the payment as it was; the second reads what it becomes
      api.store.before = async (call) => {
        if (call !== "refuse" || second !== undefined) return;
        second = api.act(id, "authorize").then(() => api.act(id, "capture", { key: "k" }));
        if (winner === "success") await second;
      };
      const first = await api.act(id, "capture", { key: "k" });
      const other = await second;

      expect(other).toMatchObject({ text: first.text });
      expect(first.status).toBe(winner === "success" ? 200 : 409);
      expect(api.store.payments.get(id)?.status).toBe(
        winner === "success" ? "CAPTURED" : "AUTHORIZED",
      );
    },
  );

  it("gets the first one's response where that is written between its reads of the key and of the payment", async () => {
    const id = await api.payment("authorize");
    let first: Promise<unknown> | undefined;
    api.store.before = async (call) => {
      if (call !== "find" || first !== undefined) return;
      first = api.act(id, "capture", { key: "k" });
      await first;
    };
    const second = await api.act(id, "capture", { key: "k" });

    expect(second.status).toBe(200);
    expect(second.headers["Idempotent-Replayed"]).toBe("true");
    expect(api.store.payments.get(id)?.version).toBe(3);
  });

  it("is tried again with what the payment has become where another was faster", async () => {
    const id = await api.payment("authorize", "capture");
    let other: Promise<unknown> | undefined;
    api.store.before = async (call) => {
      if (call !== "update" || other !== undefined) return;
      other = api.act(id, "refund", { body: { amount: 1 } });
      await other;
    };
    const { status, body } = await api.act(id, "refund", { body: { amount: 2 } });

    expect(status).toBe(200);
    expect(body).toMatchObject({ refundedAmount: 3, version: 5 });
  });

  it.each(["changed", "busy"] as const)(
    "gets Retry-After where others are always faster: %s",
    async (result) => {
      const id = await api.payment();
      let tried = 0;
      const always: PaymentStore["update"] = () => {
        tried++;
        return Promise.resolve({ result });
      };
      api.store.update = always;
      const response = await api.act(id, "authorize");

      expect(problemOf(response)).toMatchObject({ status: 409, kind: "request-in-progress" });
      expect(response.headers["Retry-After"]).toBe("1");
      expect(tried).toBe(6);
    },
  );

  it.each([
    ["before", 0],
    ["before", 1],
    ["before", 2],
    ["after", 0],
  ] as const)(
    "has its effect once where the function is terminated %s call %i to the store and the caller retries",
    async (when, at) => {
      const id = await api.payment("authorize", "capture");
      failOnce(api, at, when);
      const body = { amount: 400 };
      const first = await api.act(id, "refund", { body, key: "k" });
      const second = await api.act(id, "refund", { body, key: "k" });

      expect([first.status, second.status]).toEqual([500, 200]);
      expect(api.store.payments.get(id)).toMatchObject({ refundedAmount: 400, version: 4 });
    },
  );

  it("makes one payment and gets equal responses, however many are sent at once", async () => {
    const responses = await Promise.all(
      Array.from({ length: 200 }, () => api.post("/payment", { body: newPayment, key: "k" })),
    );

    expect(new Set(responses.map(({ text }) => text)).size).toBe(1);
    expect(responses.filter(({ headers }) => !("Idempotent-Replayed" in headers))).toHaveLength(1);
    expect(api.store.history).toHaveLength(1);
  });
});

describe("any number of requests at once", () => {
  const request = fc.record({
    action: fc.constantFrom("authorize", "capture", "cancel", "refund"),
    part: fc.oneof(
      fc.record({ amount: fc.integer({ min: 1, max: 1200 }) }),
      fc.record({ all: fc.constant(true) }),
    ),
    key: fc.constantFrom("a", "b", "c", "d", "e", "f"),
  });

  it("leave each payment's history legal, and each key with one effect", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(request, { minLength: 1, maxLength: 12 }),
        fc.scheduler(),
        async (requests, scheduler) => {
          const service = new Harness();
          const id = await service.payment();
          service.store.before = (call) => scheduler.schedule(Promise.resolve(), call);
          const send = ({ action, part, key }: (typeof requests)[number]) =>
            service.act(id, action, {
              key,
              ...((action === "capture" || action === "refund") && { body: part }),
            });
          const all = Promise.all(requests.map(send));
          await scheduler.waitFor(all);
          const responses = await all;

          const { history } = service.store;
          expect(history.map(({ version }) => version)).toEqual(history.map((_, i) => i + 1));
          for (const { capturedAmount = 0, refundedAmount = 0 } of history) {
            expect(refundedAmount).toBeLessThanOrEqual(capturedAmount);
            expect(capturedAmount).toBeLessThanOrEqual(1000);
          }
          const outcomes = new Map<string, Set<string>>();
          responses.forEach(({ status, text }, i) => {
            const name = JSON.stringify(requests[i]);
            if (status !== 422) outcomes.set(name, (outcomes.get(name) ?? new Set()).add(text));
          });
          expect([...outcomes.values()].filter(({ size }) => size !== 1)).toEqual([]);
          const effects = responses.filter(
            ({ status, headers }) => status === 200 && !("Idempotent-Replayed" in headers),
          );
          expect(effects).toHaveLength(history.length - 1);
          expect(responses.map(({ status }) => status)).not.toContain(500);
        },
      ),
      { numRuns: 50 },
    );
  });
});
