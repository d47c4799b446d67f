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

describe("canceling an order", () => {
  it("that nobody has begun to pay returns its stock, without a word to the payments", async () => {
    const { status, body } = await shop.cancel(id);

    expect([status, body["status"], body["version"]]).toEqual([200, "CANCELED", 2]);
    expect([...shop.store.stock.values()].map(({ stock }) => stock)).toEqual([100, 100]);
    expect(shop.sent).toEqual([]);
  });

  it.each([[[]], [["authorize"]]] as const)(
    "whose payment is not captured cancels that, then returns its stock, after %j",
    async (actions) => {
      await shop.pay(id);
      for (const action of actions) await shop.process(id, action);
      const { status, body } = await shop.cancel(id);

      expect([status, body["status"]]).toEqual([200, "CANCELED"]);
      expect(body).not.toHaveProperty("ending");
      expect(shop.order(id).ending).toBeUndefined();
      expect(shop.paymentsOf(id)).toMatchObject([{ status: "CANCELED" }]);
      expect([...shop.store.stock.values()].map(({ stock }) => stock)).toEqual([100, 100]);
      expect(shop.sent.at(-1)?.headers).toEqual({ "Idempotency-Key": `order-${id}-cancel` });
    },
  );

  it("finds the payment of one whose link to it was lost", async () => {
    shop.store.before = (call) => {
      if (call === "change" && shop.sent.length > 0) throw new Error("the function died");
    };
    await shop.pay(id);
    shop.store.before = () => undefined;
    expect(shop.order(id)).toMatchObject({ status: "PAYING", version: 2 });
    const { body } = await shop.cancel(id);

    const paymentId = shop.paymentsOf(id)[0]?.transactionId;
    expect(body).toMatchObject({ status: "CANCELED", paymentId });
    expect(shop.paymentsOf(id)).toMatchObject([{ status: "CANCELED" }]);
  });

  it("whose payment was captured makes it PAID, whatever the shop had heard before, and is refused", async () => {
    await shop.pay(id);
    await shop.process(id, "authorize");
    await shop.process(id, "capture");
    const first = await shop.cancel(id, { key: "k" });
    const problem = problemOf(first);

    expect([problem.status, problem.kind, problem.currentStatus]).toEqual([
      409,
      "wrong-status",
      "PAID",
    ]);
    expect(shop.order(id)).toMatchObject({ status: "PAID", paymentVersion: 3 });
    expect(shop.order(id).ending).toBeUndefined();
    expect((await shop.cancel(id, { key: "k" })).text).toBe(first.text);
    expect(shop.lost()).toBe(0);
  });

  it("whose payment has failed already ends it too", async () => {
    await shop.pay(id);
    await shop.process(id, "authorize", { outcome: "DECLINED" });

    expect((await shop.cancel(id)).body["status"]).toBe("CANCELED");
    expect(shop.lost()).toBe(0);
  });

  it("whose payment was captured in part is refused, and changes neither", async () => {
    await shop.pay(id);
    await shop.process(id, "authorize");
    await shop.process(id, "capture", { amount: 1 });
    const problem = problemOf(await shop.cancel(id));

    expect([problem.status, problem.currentStatus]).toEqual([409, "PAYING"]);
    expect(shop.order(id)).toMatchObject({ status: "PAYING", ending: "CANCELED" });
    expect(shop.lost()).toBe(0);
  });

  it.each(["PAID", "REFUNDED", "EXPIRED"] as const)("is refused where it is %s", async (status) => {
    const problem = problemOf(await shop.cancel(shop.place({ status })));

    expect([problem.status, problem.kind, problem.currentStatus]).toEqual([
      409,
      "wrong-status",
      status,
    ]);
  });

  it("that is to expire already makes it EXPIRED, and is refused", async () => {
    const expiring = shop.place({ status: "PAYING", ending: "EXPIRED" });

    expect(problemOf(await shop.cancel(expiring)).currentStatus).toBe("EXPIRED");
    expect(shop.order(expiring).status).toBe("EXPIRED");
  });

  it("that is canceled already changes nothing, under the same key or another", async () => {
    const first = await shop.cancel(id, { key: "k" });
    const [again, other] = [await shop.cancel(id, { key: "k" }), await shop.cancel(id)];

    expect([again.text, other.text]).toEqual([first.text, first.text]);
    expect(again.headers).toMatchObject({ "Idempotent-Replayed": "true" });
    expect(shop.order(id).version).toBe(2);
    expect(shop.lost()).toBe(0);
  });

  it("is not for another user, for whom there is no such order", async () => {
    expect(problemOf(await shop.cancel(id, { context: otherCustomer })).status).toBe(404);
    expect(shop.order(id).status).toBe("PENDING");
  });

  it("fails while the payments do not answer, and goes on with the same request later", async () => {
    await shop.pay(id);
    shop.afterSending = () => {
      throw new DOMException("aborted", "TimeoutError");
    };
    expect(problemOf(await shop.cancel(id, { key: "k" })).status).toBe(503);
    expect(shop.order(id)).toMatchObject({ status: "PAYING", ending: "CANCELED" });
    expect(problemOf(await shop.pay(id, { key: "p" })).kind).toBe("wrong-status");
    shop.afterSending = () => undefined;

    expect((await shop.cancel(id, { key: "k" })).status).toBe(200);
    expect(shop.lost()).toBe(0);
  });

  it("returns the stock once for 20 requests at the same time, whatever is paid meanwhile", async () => {
    const requests = Array.from({ length: 20 }, (_, i) =>
      i % 4 === 0 ? shop.pay(id) : shop.cancel(id),
    );
    await Promise.all(requests);
    await shop.cancel(id);

    expect(shop.order(id).status).toBe("CANCELED");
    expect(shop.paymentsOf(id).filter(({ status }) => status !== "CANCELED")).toEqual([]);
    expect(shop.lost()).toBe(0);
  });

  it("happens once wherever the function dies, with the same key again or another", async () => {
    for (const key of ["first", "other"])
      for (const isLinked of [true, false])
        for (const when of ["before", "after"] as const)
          for (let dies = 1; ; dies++) {
            const shop = new Shop();
            const id = isLinked ? shop.place() : shop.place({ status: "PAYING" });
            if (isLinked) await shop.pay(id);
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
            await shop.cancel(id, { key: "first" });
            if (calls < dies) break;
            const again = await shop.cancel(id, { key });

            expect(again).toMatchObject({ status: 200, body: { status: "CANCELED" } });
            expect(shop.paymentsOf(id)).toMatchObject([{ status: "CANCELED" }]);
            expect(shop.lost()).toBe(0);
            expect(dies).toBeLessThan(12);
          }
  });
});
