import * as fc from "fast-check";
import type { PaymentStore } from "../../../../lib/lambda/store/payment-store";
import { Harness, newPayment, problemOf } from "../harness";

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
  it("has its effect once: the first answer is given again, to the byte, and marked", async () => {
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

  it("is answered again with the payment as it was then, whatever became of it", async () => {
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
    const answers = [
      await api.post("/payment", { body: { ...newPayment, amount: 1 }, key: "k" }),
      await api.act(one, "cancel", { key: "k" }),
      await api.act(one, "capture", { body: { amount: 2 }, key: "c" }),
      await api.act(one, "refund", { body: { amount: 1 }, key: "c" }),
      await api.act(other, "capture", { body: { amount: 1 }, key: "c" }),
    ];

    expect(answers.map((answer) => problemOf(answer).kind)).toEqual(
      Array(5).fill("idempotency-mismatch"),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(422));
    expect(api.store.payments.get(other)?.status).toBe("AUTHORIZED");
  });

  it("that was refused is not remembered", async () => {
    const id = await api.payment();
    const early = await api.act(id, "capture", { key: "k" });
    await api.act(id, "authorize");
    const late = await api.act(id, "capture", { key: "k" });

    expect([early.status, late.status]).toEqual([409, 200]);
  });

  it("is answered by the first one's where that comes between its look at the key and at the payment", async () => {
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
    "is told to come again where others are always faster: %s",
    async (result) => {
      const id = await api.payment();
      let tried = 0;
      const always: PaymentStore["update"] = () => {
        tried++;
        return Promise.resolve({ result });
      };
      api.store.update = always;
      const answer = await api.act(id, "authorize");

      expect(problemOf(answer)).toMatchObject({ status: 409, kind: "request-in-progress" });
      expect(answer.headers["Retry-After"]).toBe("1");
      expect(tried).toBe(6);
    },
  );

  it.each([
    ["before", 0],
    ["before", 1],
    ["before", 2],
    ["after", 0],
  ] as const)(
    "has its effect once where the function dies %s call %i to the store and the caller repeats",
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

  it("gives one payment and equal answers, however many are sent at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => api.post("/payment", { body: newPayment, key: "k" })),
    );

    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(({ headers }) => !("Idempotent-Replayed" in headers))).toHaveLength(1);
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
          const answers = await all;

          const { history } = service.store;
          expect(history.map(({ version }) => version)).toEqual(history.map((_, i) => i + 1));
          for (const { capturedAmount = 0, refundedAmount = 0 } of history) {
            expect(refundedAmount).toBeLessThanOrEqual(capturedAmount);
            expect(capturedAmount).toBeLessThanOrEqual(1000);
          }
          const effects = answers.filter(
            ({ status, headers }) => status === 200 && !("Idempotent-Replayed" in headers),
          );
          expect(effects).toHaveLength(history.length - 1);
          expect(answers.map(({ status }) => status)).not.toContain(500);
        },
      ),
      { numRuns: 50 },
    );
  });
});
