import type { StoredOrder } from "../../../../../lib/lambda/storefront/domain/order";
import type { Action } from "../../harness";
import { Shop, expiryMinutes } from "../shop";

/** Pauses take no time here. */
jest.mock("node:timers/promises", () => ({
  ...jest.requireActual<object>("node:timers/promises"),
  setTimeout: () => Promise.resolve(),
}));

const minute = 60_000;
const nothing = {
  checked: 0,
  healed: 0,
  failed: 0,
  differenceCount: 0,
  differences: [],
  complete: true,
};
/** A slice that has no order, as far as a test's are few. */
const elsewhere = { index: 999_999, of: 1_000_000 };

let shop: Shop;
beforeEach(() => {
  shop = new Shop();
});

/** An order that is paid, and its payment processed; the shop has heard of it. */
async function paid(...actions: readonly Action[]): Promise<string> {
  const id = await unheard(...actions);
  await shop.deliver();
  return id;
}

/** The same, of which the shop has not heard. */
async function unheard(...actions: readonly Action[]): Promise<string> {
  const id = shop.place();
  await shop.pay(id);
  for (const action of actions) await shop.process(id, action);
  return id;
}

/** Changes an order directly, as nobody should. */
function tamper(id: string, change: Partial<StoredOrder>): void {
  shop.store.orders.set(id, { ...shop.order(id), ...change });
}

/** Changes the payment of an order directly. */
function tamperPayment(id: string, change: object): void {
  for (const payment of shop.paymentsOf(id))
    shop.payments.store.payments.set(payment.transactionId, { ...payment, ...change });
}

/** What a run finds of one order, by its reason, and how it was logged. */
async function reasonOf(id: string): Promise<string | undefined> {
  const { differenceCount, differences, complete } = await shop.reconcile();
  const [difference] = differences;
  expect(complete).toBe(true);
  expect(differenceCount).toBe(differences.length);
  if (difference === undefined) return undefined;
  const { orderId, paymentId, reason } = difference;
  expect([differences.length, orderId, paymentId]).toEqual([1, id, shop.order(id).paymentId]);
  expect(shop.errors.at(-1)).toEqual({
    message: "An order and its payment differ",
    extra: difference,
  });
  return reason;
}

describe("orders and payments as the shop makes them", () => {
  it("agree, whatever became of them, and nothing changes", async () => {
    shop.place();
    await paid();
    await paid("authorize");
    await paid("authorize", "capture");
    await paid("authorize", "capture", "refund");
    await paid("cancel");
    await shop.cancel(shop.place());
    await shop.cancel(await unheard("authorize"));
    shop.place({ status: "PAYING" });
    const before = [...shop.store.history];

    expect(await shop.reconcile()).toEqual({ ...nothing, checked: 9 });
    expect(shop.store.history).toEqual(before);
    expect(shop.errors).toEqual([]);
  });

  it("agree when they have expired", async () => {
    shop.place();
    await unheard("authorize");
    shop.pass();
    await shop.expire();

    expect(await shop.reconcile()).toEqual({ ...nothing, checked: 2 });
  });

  it("are none in a shop without orders", async () => {
    expect(await shop.reconcile()).toEqual(nothing);
  });
});

describe("an order that has not heard of its payment", () => {
  it.each<[string, Action[]]>([
    ["PAID", ["authorize", "capture"]],
    ["REFUNDED", ["authorize", "capture", "refund"]],
    ["CANCELED", ["cancel"]],
  ])("becomes %s, once", async (status, actions) => {
    const id = await unheard(...actions);

    expect(await shop.reconcile()).toEqual({ ...nothing, checked: 1, healed: 1 });
    expect(shop.order(id).status).toBe(status);
    expect(await shop.reconcile()).toEqual({ ...nothing, checked: 1 });
    expect(shop.lost()).toBe(0);
    expect(shop.errors).toEqual([]);
  });

  it("shows what was refunded of it since it was PAID", async () => {
    const id = await paid("authorize", "capture");
    await shop.process(id, "refund", { amount: 300 });

    expect(await shop.reconcile()).toMatchObject({ healed: 1, differenceCount: 0 });
    expect(shop.order(id)).toMatchObject({ status: "PAID", refundedAmount: 300 });
  });

  it("is settled once where runs and the stream overlap", async () => {
    const ids = [await unheard("authorize", "capture"), await unheard("cancel")];
    const [one, , other] = await Promise.all([shop.reconcile(), shop.deliver(), shop.reconcile()]);

    expect(ids.map((id) => shop.order(id).status)).toEqual(["PAID", "CANCELED"]);
    expect(one.healed + other.healed).toBeLessThanOrEqual(2);
    expect([one.differences, other.differences]).toEqual([[], []]);
    expect(shop.lost()).toBe(0);
    expect(shop.errors).toEqual([]);
  });
});

describe("a difference", () => {
  it("is a paid order whose payment is not captured", async () => {
    const id = await paid("authorize");
    tamper(id, { status: "PAID", paymentVersion: 2 });

    expect(await reasonOf(id)).toBe("not-captured");
    expect(shop.order(id).status).toBe("PAID");
  });

  it("is a paid order without a payment", async () => {
    const id = shop.place({ status: "PAID" });
    expect(await reasonOf(id)).toBe("no-payment");
    tamper(id, { status: "REFUNDED" });
    expect(await reasonOf(id)).toBe("no-payment");
  });

  it("is a payment that there is not", async () => {
    const id = await paid("authorize", "capture");
    shop.payments.store.payments.clear();

    expect(await reasonOf(id)).toBe("payment-not-found");
  });

  it("is a captured payment of an order that has ended", async () => {
    const id = await paid("cancel");
    tamperPayment(id, { status: "CAPTURED", capturedAmount: 2550, version: 9 });

    expect(await reasonOf(id)).toBe("order-ended");
    expect(shop.order(id).status).toBe("CANCELED");
  });

  it("is an amount that was captured in part", async () => {
    const id = await unheard("authorize");
    await shop.process(id, "capture", { amount: 1 });

    expect(await reasonOf(id)).toBe("partly-captured");
  });

  it("is an amount that is not the order's", async () => {
    const id = await paid("authorize", "capture");
    tamperPayment(id, { amount: 1 });

    expect(await reasonOf(id)).toBe("other-amount");
  });

  it("is a refund that is not the order's", async () => {
    const id = await paid("authorize", "capture", "refund");
    tamper(id, { refundedAmount: 1 });

    expect(await reasonOf(id)).toBe("other-refund");
  });

  it("is a payment that was set back behind what the order has heard", async () => {
    const id = await paid("authorize", "capture");
    tamperPayment(id, { version: 2 });

    expect(await reasonOf(id)).toBe("older-payment");
  });

  it("is a total that is not its items', even one that was captured", async () => {
    const id = await paid("authorize", "capture");
    tamper(id, { total: 1 });

    expect(await reasonOf(id)).toBe("wrong-total");
  });

  it.each(["PENDING", "PAYING"] as const)(
    "is a %s order an hour after its time, no earlier",
    async (status) => {
      const id = shop.place({ status });
      shop.time = shop.order(id).expiresAt + 60 * minute;
      expect(await reasonOf(id)).toBeUndefined();
      shop.time++;

      expect(await reasonOf(id)).toBe("overdue");
    },
  );

  it("is an order whose payment is known, and which waits for it too long", async () => {
    const id = await unheard("authorize");
    shop.time = shop.order(id).expiresAt + 60 * minute + 1;
    expect(await reasonOf(id)).toBe("overdue");
    await shop.process(id, "capture");

    expect(await reasonOf(id)).toBeUndefined();
    expect(shop.order(id).status).toBe("PAID");
  });

  it("is an item that is no order", async () => {
    const orderId = `ord_${"9".repeat(32)}`;
    shop.store.malformed.add(orderId);

    expect(await shop.reconcile()).toEqual({
      ...nothing,
      differenceCount: 1,
      differences: [{ orderId, reason: "malformed-order" }],
    });
  });

  it("is none that is over when it is looked at again", async () => {
    const [gone, mended] = [await paid("authorize", "capture"), await paid("authorize", "capture")];
    const before = shop.order(mended);
    for (const id of [gone, mended]) tamper(id, { refundedAmount: 1 });
    const { before: pause } = shop.store;
    shop.store.before = async (call) => {
      await pause(call);
      if (call !== "find") return;
      shop.store.orders.set(mended, before);
      shop.store.orders.delete(gone);
    };

    expect(await shop.reconcile()).toEqual({ ...nothing, checked: 2 });
  });

  it("is one that comes to be while the order is settled", async () => {
    const id = await unheard("authorize", "capture");
    const { before } = shop.store;
    shop.store.before = async (call) => {
      await before(call);
      if (call === "find") tamper(id, { userId: "customer-2" });
    };

    expect(await reasonOf(id)).toBe("other-user");
    expect(shop.order(id).status).toBe("PAYING");
  });

  it("is counted and logged once where both parts of a run find it, and listed up to 100", async () => {
    const ids = Array.from({ length: 101 }, () => shop.place({ status: "PAID" }));
    shop.time += (expiryMinutes + 60) * minute;
    const { checked, differenceCount, differences } = await shop.reconcile();

    expect([checked, differenceCount, differences.length]).toEqual([202, 101, 100]);
    expect(shop.errors.map(({ extra }) => extra)).toEqual(
      expect.arrayContaining(ids.map((orderId) => ({ orderId, reason: "no-payment" }))),
    );
    expect(shop.errors).toHaveLength(101);
  });
});

describe("a run", () => {
  it("compares orders once they are decided, in two hours one after the other", async () => {
    shop.place({ status: "PAID" });
    const found: number[] = [];
    for (let quarter = 0; quarter <= 5 * 4; quarter++) {
      const { differenceCount } = await shop.reconcile({ slice: elsewhere });
      if (differenceCount > 0) found.push(quarter);
      shop.time += 15 * minute;
    }

    expect(found).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14]); // 90 to 210 minutes
  });

  it("compares what should be paid or ended and is not, however old", async () => {
    const ids = [shop.place(), shop.place({ status: "PAYING" })];
    shop.time += 365 * 24 * 60 * minute;
    const { differences } = await shop.reconcile({ slice: elsewhere });

    expect(differences).toEqual(ids.map((orderId) => ({ orderId, reason: "overdue" })));
  });

  it("compares everything, slice by slice", async () => {
    const ids = Array.from({ length: 20 }, () => shop.place({ status: "PAID" }));
    shop.time += 365 * 24 * 60 * minute;
    const found: string[] = [];
    for (let index = 0; index < 7; index++) {
      const { differences } = await shop.reconcile({ slice: { index, of: 7 } });
      expect(differences.length).toBeLessThan(4);
      found.push(...differences.map(({ orderId }) => orderId));
    }

    expect(found.sort()).toEqual(ids);
  });

  it("asks for the payment of each order once, unless they differ", async () => {
    for (let n = 0; n < 3; n++) await paid("authorize", "capture");
    const before = shop.sent.length;
    await shop.reconcile();

    expect(shop.sent.slice(before).map(({ method }) => method)).toEqual(["GET", "GET", "GET"]);
  });

  it("passes over orders that are gone since the index was written", async () => {
    const id = shop.place();
    shop.time += 365 * 24 * 60 * minute;
    const { before } = shop.store;
    shop.store.before = async (call) => {
      await before(call);
      if (call === "find") shop.store.orders.delete(id);
    };

    expect(await shop.reconcile({ slice: elsewhere })).toEqual(nothing);
  });

  it("compares the others where one cannot be, and is not complete", async () => {
    const ids = [await unheard("authorize", "capture"), await unheard("authorize", "capture")];
    let requests = 0;
    shop.beforeSending = () => {
      if (++requests === 1) throw new TypeError("fetch failed");
    };

    expect(await shop.reconcile()).toEqual({
      ...nothing,
      checked: 2,
      healed: 1,
      failed: 1,
      complete: false,
    });
    expect(shop.errors.at(-1)).toMatchObject({
      message: "An order could not be compared",
      extra: { orderId: ids[0] },
    });
    expect(await shop.reconcile()).toEqual({ ...nothing, checked: 2, healed: 1 });
  });

  it("ends soon where the payments do not answer, with what it has found", async () => {
    for (let n = 0; n < 60; n++) await paid();
    const id = shop.place({ status: "PAID" });
    shop.time += (expiryMinutes + 60) * minute;
    shop.store.pageSize = 100;
    shop.beforeSending = () => {
      throw new TypeError("fetch failed");
    };
    const { failed, complete } = await shop.reconcile();
    expect(complete).toBe(false);
    expect(failed).toBeGreaterThanOrEqual(25);
    expect(failed).toBeLessThan(25 + 10);
    shop.store.pageSize = 1;
    expect((await shop.reconcile()).failed).toBe(25);
    shop.beforeSending = () => undefined;

    expect((await shop.reconcile()).differences).toEqual([{ orderId: id, reason: "no-payment" }]);
  });

  it("goes on where failures are not in a row", async () => {
    for (let n = 0; n < 60; n++) await paid();
    let requests = 0;
    shop.beforeSending = () => {
      if (++requests % 2 === 0) throw new TypeError("fetch failed");
    };

    expect(await shop.reconcile()).toMatchObject({ checked: 60, failed: 30, complete: false });
  });

  it("is not complete where its time was over, at whatever step", async () => {
    for (let n = 0; n < 5; n++) shop.place({ status: "PAID" });
    shop.time += (expiryMinutes + 60) * minute;
    const start = shop.time;
    for (let steps = 0; ; steps++) {
      let calls = 0;
      shop.time = start;
      shop.store.before = () => {
        shop.time = start + ++calls;
      };
      const { checked, complete, failed } = await shop.reconcile({ endBy: start + steps });
      expect(failed).toBe(0);
      if (complete) {
        expect(checked).toBe(10);
        break;
      }
      expect(calls).toBeLessThan(steps + 10);
      expect(steps).toBeLessThan(100);
    }
  });

  it("fails where the table cannot be read", async () => {
    shop.store.before = (call) => {
      if (call === "slice") throw new Error("throttled");
    };

    await expect(shop.reconcile()).rejects.toThrow("throttled");
  });
});
