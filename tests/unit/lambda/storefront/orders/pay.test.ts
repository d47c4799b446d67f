import { order as orderSchema } from "../../../../../lib/lambda/storefront/api/schemas";
import { otherCustomer, problemOf } from "../harness";
import { Shop } from "../shop";

/** Pauses take no time here. */
jest.mock("node:timers/promises", () => ({
  ...jest.requireActual<object>("node:timers/promises"),
  setTimeout: () => Promise.resolve(),
}));

let shop: Shop;
let id: string;
beforeEach(() => {
  shop = new Shop();
  id = shop.place();
});

describe("paying an order", () => {
  it("asks for a payment of its total, of its user and in its name, and links the order to it", async () => {
    const { status, body } = await shop.pay(id);

    expect(status).toBe(200);
    const [payment, ...others] = shop.paymentsOf(id);
    expect(others).toEqual([]);
    expect(payment).toMatchObject({
      userId: "customer-1",
      amount: 2550,
      currency: "EUR",
      description: `Order ${id}`,
      metadata: { orderId: id },
      status: "PENDING",
    });
    const paymentId = payment?.transactionId;
    expect(orderSchema.parse(body)).toEqual(body);
    expect(body).toMatchObject({ orderId: id, status: "PAYING", version: 3, paymentId });
    expect(body).not.toHaveProperty("paymentVersion");
    expect(shop.order(id)).toMatchObject({ status: "PAYING", paymentId, paymentVersion: 1 });
    expect(shop.sent.map(({ url, headers }) => [url, headers?.["Idempotency-Key"]])).toEqual([
      ["https://api.example/dev/payment", `order-${id}`],
    ]);
  });

  it("is PAYING before the payments hear of it, so that who ends it knows that a payment may exist", async () => {
    const seen: string[] = [];
    shop.beforeSending = () => {
      seen.push(shop.order(id).status);
    };
    await shop.pay(id);

    expect(seen).toEqual(["PAYING"]);
  });

  it("has the same response under the same key, and asks for no second payment", async () => {
    const first = await shop.pay(id, { key: "k" });
    const again = await shop.pay(id, { key: "k" });

    expect(again.text).toBe(first.text);
    expect(again.headers).toMatchObject({ "Idempotent-Replayed": "true" });
    expect(shop.sent).toHaveLength(1);
  });

  it("refuses the key of another request", async () => {
    await shop.pay(id, { key: "k" });

    expect(problemOf(await shop.cancel(id, { key: "k" })).kind).toBe("idempotency-mismatch");
    expect(problemOf(await shop.pay(shop.place(), { key: "k" })).kind).toBe("idempotency-mismatch");
  });

  it("under another key finds it paid for, as it is by now, and keeps that response", async () => {
    const first = await shop.pay(id);
    const other = await shop.pay(id, { key: "other" });

    expect([other.status, other.body]).toEqual([200, first.body]);
    expect((await shop.pay(id, { key: "other" })).headers).toMatchObject({
      "Idempotent-Replayed": "true",
    });
    expect(shop.paymentsOf(id)).toHaveLength(1);
  });

  it("happens once for 100 requests at the same time, each with its own key", async () => {
    const responses = await Promise.all(Array.from({ length: 100 }, () => shop.pay(id)));

    expect(new Set(responses.map(({ status, text }) => `${String(status)} ${text}`)).size).toBe(1);
    expect(responses[0]?.status).toBe(200);
    expect(shop.payments.store.payments.size).toBe(1);
    expect(shop.order(id).version).toBe(3);
  });

  it("is not for another user, for whom there is no such order", async () => {
    const options = { context: otherCustomer };
    const problem = problemOf(await shop.pay(id, options));
    const unknown = problemOf(await shop.pay(`ord_${"f".repeat(32)}`));

    expect([problem.status, problem.kind]).toEqual([404, "order-not-found"]);
    expect([unknown.status, unknown.kind]).toEqual([404, "order-not-found"]);
    expect(shop.order(id)).toMatchObject({ status: "PENDING", version: 1 });
    expect(shop.store.responses.size).toBe(0);
  });

  it.each(["PAID", "REFUNDED", "CANCELED", "EXPIRED"] as const)(
    "is refused where it is %s, with the same refusal again",
    async (status) => {
      const ended = shop.place({ status });
      const first = await shop.pay(ended, { key: "k" });
      const problem = problemOf(first);

      expect([problem.status, problem.kind, problem.currentStatus]).toEqual([
        409,
        "wrong-status",
        status,
      ]);
      expect((await shop.pay(ended, { key: "k" })).text).toBe(first.text);
      expect(shop.sent).toEqual([]);
    },
  );

  it("is refused from the moment on that it expires at, ended or not", async () => {
    shop.time = shop.order(id).expiresAt;
    const problem = problemOf(await shop.pay(id));

    expect([problem.status, problem.currentStatus]).toEqual([409, "EXPIRED"]);
    expect(shop.sent).toEqual([]);
  });

  it("is allowed until then", async () => {
    shop.time = shop.order(id).expiresAt - 1;

    expect((await shop.pay(id)).status).toBe(200);
  });

  it("is refused where it is about to end", async () => {
    const ending = shop.place({ status: "PAYING", ending: "EXPIRED" });
    const problem = problemOf(await shop.pay(ending));

    expect([problem.status, problem.currentStatus]).toEqual([409, "PAYING"]);
    expect(shop.sent).toEqual([]);
  });

  it("fails while the payments do not answer, and goes on with the same request later", async () => {
    shop.beforeSending = () => {
      throw new TypeError("fetch failed");
    };
    const problem = problemOf(await shop.pay(id, { key: "k" }));
    expect([problem.status, problem.kind]).toEqual([503, "unavailable"]);
    expect(shop.order(id)).toMatchObject({ status: "PAYING", version: 2 });
    shop.beforeSending = () => undefined;

    expect((await shop.pay(id, { key: "k" })).status).toBe(200);
    expect(shop.paymentsOf(id)).toHaveLength(1);
  });

  it("goes on past its time where a payment may exist already", async () => {
    const paying = shop.place({ status: "PAYING" });
    shop.pass();

    expect((await shop.pay(paying)).status).toBe(200);
  });

  it("asks for one payment wherever the function dies, with the same key again or another", async () => {
    for (const key of ["first", "other"])
      for (const when of ["before", "after"] as const)
        for (let dies = 1; ; dies++) {
          const shop = new Shop();
          const id = shop.place();
          let calls = 0;
          const call = (moment: typeof when) => {
            if (moment === when && ++calls === dies) throw new Error("the function died");
          };
          shop.store.before = () => {
            call("before");
          };
          shop.store.after = () => {
            call("after");
          };
          shop.beforeSending = shop.store.before.bind(undefined, "find");
          shop.afterSending = shop.store.after;
          const first = await shop.pay(id, { key: "first" });
          if (calls < dies) break;
          expect(first.status).toBeGreaterThanOrEqual(500);
          const again = await shop.pay(id, { key });

          expect(again).toMatchObject({ status: 200, body: { status: "PAYING", version: 3 } });
          expect(shop.paymentsOf(id)).toHaveLength(1);
          expect(shop.order(id).paymentId).toBe(shop.paymentsOf(id)[0]?.transactionId);
          expect(dies).toBeLessThan(10);
        }
  });
});
