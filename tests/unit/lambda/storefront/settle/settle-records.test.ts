import { newPayment } from "../../harness";
import { streamRecord } from "../../payments/ledger/payments";
import { Shop } from "../shop";

/** Pauses take no time here. */
jest.mock("node:timers/promises", () => ({
  ...jest.requireActual<object>("node:timers/promises"),
  setTimeout: () => Promise.resolve(),
}));

const nothing = { settled: 0, ignored: 0, differences: 0, malformed: 0 };

let shop: Shop;
let id: string;
beforeEach(async () => {
  shop = new Shop();
  id = shop.place();
  await shop.pay(id);
});

describe("changes of payments", () => {
  it("make an order PAID when its payment is captured", async () => {
    await shop.process(id, "authorize");
    expect(await shop.deliver()).toEqual({ ...nothing, settled: 2 });
    expect(shop.order(id)).toMatchObject({ status: "PAYING", version: 3 });
    await shop.process(id, "capture");

    expect(await shop.deliver()).toEqual({ ...nothing, settled: 3 });
    expect(shop.order(id)).toMatchObject({ status: "PAID", version: 4, paymentVersion: 3 });
    expect(shop.lost()).toBe(0);
  });

  it("change nothing when they are delivered again, in whatever order", async () => {
    await shop.process(id, "authorize");
    await shop.process(id, "capture");
    await shop.process(id, "refund", { amount: 50 });
    const changes = shop.changes();
    await shop.deliver(changes);
    const settled = shop.order(id);
    await shop.deliver([...changes].reverse());
    await shop.deliver([...changes, ...changes]);

    expect(settled).toMatchObject({ status: "PAID", refundedAmount: 50 });
    expect(shop.order(id)).toBe(settled);
    expect(shop.errors).toEqual([]);
  });

  it("make an order what the newest makes of it, if that comes first", async () => {
    await shop.process(id, "authorize");
    await shop.process(id, "capture");
    await shop.deliver([...shop.changes()].reverse());

    expect(shop.order(id)).toMatchObject({ status: "PAID", version: 4 });
  });

  it("show what is refunded of it, and REFUNDED when that is all; the stock stays as it is", async () => {
    await shop.process(id, "authorize");
    await shop.process(id, "capture");
    await shop.process(id, "refund", { amount: 2000 });
    await shop.deliver();
    expect(shop.order(id)).toMatchObject({ status: "PAID", refundedAmount: 2000 });
    await shop.process(id, "refund");
    await shop.deliver();

    expect(shop.order(id)).toMatchObject({ status: "REFUNDED", refundedAmount: 2550 });
    expect(shop.lost()).toBe(0);
    expect([...shop.store.stock.values()].map(({ stock }) => stock)).toEqual([98, 99]);
  });

  it("return the stock of an order once whose payment was declined", async () => {
    await shop.process(id, "authorize", { outcome: "DECLINED" });
    await Promise.all([shop.deliver(), shop.deliver(), shop.deliver()]);
    await shop.deliver();

    expect(shop.order(id)).toMatchObject({ status: "CANCELED", version: 4 });
    expect([...shop.store.stock.values()].map(({ stock }) => stock)).toEqual([100, 100]);
  });

  it("link an order to its payment whose function died before it could", async () => {
    const other = shop.place({ status: "PAYING" });
    await shop.paymentsApi.create(shop.order(other));
    await shop.deliver();

    const paymentId = shop.paymentsOf(other)[0]?.transactionId;
    expect(shop.order(other)).toMatchObject({ status: "PAYING", paymentId, paymentVersion: 1 });
  });

  it("of payments that are no order's are passed over, and so is what is no payment's", async () => {
    await shop.payments.payment("authorize");
    const request = { ...newPayment, metadata: { orderId: "my own" } };
    await shop.payments.post("/payment", { body: request });
    const others = shop.changes().slice(1);
    const calls: string[] = [];
    shop.store.before = (call) => {
      calls.push(call);
    };

    expect(
      await shop.deliver([
        ...others,
        streamRecord(undefined, { transactionId: "idempotency#1" }),
        {},
      ]),
    ).toEqual({ ...nothing, ignored: 5 });
    expect(calls).toEqual([]);
  });

  it.each<[string, { metadata?: { orderId: string }; [field: string]: unknown }]>([
    ["unknown-order", { metadata: { orderId: `ord_${"f".repeat(32)}` } }],
    ["other-payment", {}],
    ["other-user", { userId: "customer-2" }],
    ["other-amount", { amount: 1 }],
    ["other-currency", { currency: "USD" }],
  ])(
    "of payments with forged metadata change no order and are reported: %s",
    async (reason, forged) => {
      // the order of "other-payment" knows its own, the others' do not yet
      const orderId = reason === "other-payment" ? id : shop.place({ status: "PAYING" });
      const { body } = await shop.payments.post("/payment", {
        body: {
          userId: "customer-1",
          amount: 2550,
          currency: "EUR",
          metadata: { orderId },
          ...forged,
        },
      });
      const transactionId = String(body["transactionId"]);
      await shop.payments.act(transactionId, "authorize");
      await shop.payments.act(transactionId, "capture");
      const before = shop.order(orderId);

      expect(await shop.deliver(shop.changes().slice(1))).toEqual({ ...nothing, differences: 3 });
      expect(shop.order(orderId)).toBe(before);
      expect(shop.errors).toEqual(
        Array(3).fill({
          message: "A payment does not agree with the order that it names",
          extra: {
            orderId: "metadata" in forged ? forged.metadata.orderId : orderId,
            transactionId,
            reason,
          },
        }),
      );
    },
  );

  it("of a payment that was captured in part leave the order PAYING and are reported", async () => {
    await shop.process(id, "authorize");
    await shop.process(id, "capture", { amount: 2549 });

    expect(await shop.deliver()).toEqual({ ...nothing, settled: 2, differences: 1 });
    expect(shop.order(id)).toMatchObject({ status: "PAYING", version: 3 });
    expect(shop.errors).toMatchObject([{ extra: { orderId: id, reason: "partly-captured" } }]);
  });

  it("that are malformed are reported, and the others are taken", async () => {
    await shop.process(id, "authorize");
    await shop.process(id, "capture");
    const [, , captured] = shop.changes();
    const [payment] = shop.paymentsOf(id);
    const records = [
      streamRecord(payment, undefined), // a payment that was deleted
      streamRecord(undefined, { ...payment, amount: "Anna" }),
      streamRecord(undefined, { ...payment, version: 1.5 }),
      { ...streamRecord(undefined, { ...payment, status: "Anna" }), eventID: undefined },
      captured,
    ];

    expect(await shop.deliver(records)).toEqual({ ...nothing, settled: 1, malformed: 4 });
    expect(shop.order(id).status).toBe("PAID");
    const eventID = "0123456789abcdef0123456789abcdef";
    expect(shop.errors.map(({ extra }) => extra)).toEqual([
      { eventID, fields: ["dynamodb.NewImage"] },
      { eventID, fields: ["amount.N"] },
      { eventID, fields: ["version"] },
      { eventID: undefined, fields: ["status"] },
    ]);
  });

  it("know the statuses of shards of the table's index", async () => {
    const [payment] = shop.paymentsOf(id);
    const failed = { ...payment, status: "FAILED#7", version: 2 };

    expect(await shop.deliver([streamRecord(undefined, failed)])).toEqual({
      ...nothing,
      settled: 1,
    });
    expect(shop.order(id).status).toBe("CANCELED");
  });

  it("are taken one after the other of one payment, and of different ones at the same time", async () => {
    const ids = [id, shop.place(), shop.place()];
    for (const one of ids.slice(1)) await shop.pay(one);
    for (const one of ids) await shop.process(one, "authorize");
    for (const one of ids) await shop.process(one, "capture");
    let atWork = 0;
    let most = 0;
    const { before } = shop.store;
    shop.store.before = async (call) => {
      most = Math.max(most, ++atWork);
      await before(call);
      atWork--;
    };

    expect(await shop.deliver()).toEqual({ ...nothing, settled: 9 });
    expect(most).toBe(3);
    expect(ids.map((one) => shop.order(one).status)).toEqual(["PAID", "PAID", "PAID"]);
  });

  it("fail where the table does, and are taken when they are delivered again, wherever it was", async () => {
    for (const when of ["before", "after"] as const)
      for (let dies = 1; ; dies++) {
        const shop = new Shop();
        const ids = [shop.place(), shop.place()];
        for (const one of ids) await shop.pay(one);
        for (const one of ids) await shop.process(one, "authorize", { outcome: "DECLINED" });
        let calls = 0;
        const call = (moment: typeof when) => {
          if (moment === when && ++calls === dies) throw new Error("the table failed");
        };
        shop.store.before = () => {
          call("before");
        };
        shop.store.after = () => {
          call("after");
        };
        const first = await Promise.allSettled([shop.deliver()]);
        if (calls < dies) break;
        expect(first).toMatchObject([{ status: "rejected" }]);
        await shop.deliver();

        expect(ids.map((one) => shop.order(one).status)).toEqual(["CANCELED", "CANCELED"]);
        expect(shop.lost()).toBe(0);
        expect(dies).toBeLessThan(10);
      }
  });

  it("fail where others keep changing the order, so that they are delivered again", async () => {
    await shop.process(id, "authorize");
    await shop.process(id, "capture");
    shop.store.before = (call) => {
      const order = shop.order(id);
      if (call === "change") shop.store.orders.set(id, { ...order, version: order.version + 1 });
    };

    await expect(shop.deliver()).rejects.toThrow("request-in-progress");
  });
});
