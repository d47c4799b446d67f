import { Shop, expiryMinutes } from "../shop";

/** Pauses take no time here. */
jest.mock("node:timers/promises", () => ({
  ...jest.requireActual<object>("node:timers/promises"),
  setTimeout: () => Promise.resolve(),
}));

const nothing = { expired: 0, kept: 0, differences: 0, failed: 0, complete: true };

let shop: Shop;
beforeEach(() => {
  shop = new Shop();
});

/** Places some orders, a millisecond apart. */
const placeSome = (count: number) =>
  Array.from({ length: count }, () => {
    shop.time++;
    return shop.place();
  });

describe("orders that nobody has paid in time", () => {
  it("expire, page by page, and their stock is returned; younger ones stay", async () => {
    const ids = placeSome(7);
    shop.pass();
    const young = shop.place();

    expect(await shop.expire()).toEqual({ ...nothing, expired: 7 });
    expect(ids.map((id) => shop.order(id).status)).toEqual(Array(7).fill("EXPIRED"));
    expect(shop.order(young)).toMatchObject({ status: "PENDING", version: 1 });
    expect(shop.lost()).toBe(0);
    expect(shop.sent).toEqual([]);
    expect(await shop.expire()).toEqual(nothing);
  });

  it("expire at the millisecond that their user was told, no earlier", async () => {
    const id = shop.place();
    shop.time = shop.order(id).expiresAt - 1;
    expect(await shop.expire()).toEqual(nothing);
    shop.time++;

    expect(await shop.expire()).toEqual({ ...nothing, expired: 1 });
  });

  it("stay until then where the setting has become shorter since", async () => {
    const later = shop.time + 2 * expiryMinutes * 60_000;
    const id = shop.place({ expiresAt: later });
    shop.pass();
    expect(await shop.expire()).toEqual({ ...nothing, kept: 1 });
    shop.time = later;

    expect(await shop.expire()).toEqual({ ...nothing, expired: 1 });
    expect(shop.order(id).status).toBe("EXPIRED");
  });

  it("expire with their payment canceled, also where its id is not known", async () => {
    const [linked, unknown, never] = [
      shop.place(),
      shop.place({ status: "PAYING" }),
      shop.place({ status: "PAYING" }),
    ];
    await shop.pay(linked);
    await shop.process(linked, "authorize");
    await shop.paymentsApi.create(shop.order(unknown));
    shop.pass();

    expect(await shop.expire()).toEqual({ ...nothing, expired: 3 });
    for (const id of [linked, unknown, never]) {
      expect(shop.order(id).status).toBe("EXPIRED");
      expect(shop.paymentsOf(id)).toMatchObject([{ status: "CANCELED" }]);
    }
    expect(shop.lost()).toBe(0);
  });

  it("are PAID where the payment was captured at the last moment", async () => {
    const id = shop.place();
    await shop.pay(id);
    await shop.process(id, "authorize");
    await shop.process(id, "capture");
    shop.pass();

    expect(await shop.expire()).toEqual({ ...nothing, kept: 1 });
    expect(shop.order(id)).toMatchObject({ status: "PAID", paymentVersion: 3 });
    expect(await shop.deliver()).toMatchObject({ settled: 3, differences: 0 });
  });

  it("are EXPIRED when the shop hears that their payment was canceled for that, as it would have told itself", async () => {
    const id = shop.place();
    await shop.pay(id);
    shop.pass();
    shop.afterSending = () => {
      throw new TypeError("fetch failed");
    };
    expect(await shop.expire()).toEqual({ ...nothing, failed: 1 });
    await shop.deliver();

    expect(shop.order(id).status).toBe("EXPIRED");
    expect(shop.lost()).toBe(0);
  });

  it("that a user has begun to cancel end CANCELED", async () => {
    const id = shop.place({ status: "PAYING", ending: "CANCELED" });
    shop.pass();

    expect(await shop.expire()).toEqual({ ...nothing, kept: 1 });
    expect(shop.order(id).status).toBe("CANCELED");
  });

  it("whose payment was captured in part are reported every time", async () => {
    const id = shop.place();
    await shop.pay(id);
    await shop.process(id, "authorize");
    await shop.process(id, "capture", { amount: 1 });
    shop.pass();

    expect(await shop.expire()).toEqual({ ...nothing, differences: 1 });
    expect(await shop.expire()).toEqual({ ...nothing, differences: 1 });
    expect(shop.errors[0]).toEqual({
      message: "An order does not agree with its payment",
      extra: { orderId: id, reason: "partly-captured" },
    });
    expect(shop.order(id).status).toBe("PAYING");
  });

  it("expire although others cannot, which are tried again by the next run", async () => {
    const ids = placeSome(5);
    shop.pass();
    const { before } = shop.store;
    let finds = 0;
    shop.store.before = (call) => {
      if (call === "find" && ++finds % 2 === 1) throw new Error("throttled");
      return before(call);
    };
    expect(await shop.expire()).toEqual({ ...nothing, expired: 2, failed: 3 });
    expect(shop.errors).toHaveLength(3);
    expect(shop.errors[0]).toEqual({
      message: "An order could not be ended",
      extra: { orderId: ids[0], reason: "Error: throttled" },
    });
    shop.store.before = before;

    expect(await shop.expire()).toEqual({ ...nothing, expired: 3 });
    expect(shop.lost()).toBe(0);
  });

  it("expire without the payments, but for those that are PAYING", async () => {
    const [pending, paying] = [shop.place(), shop.place({ status: "PAYING" })];
    shop.pass();
    shop.beforeSending = () => {
      throw new TypeError("fetch failed");
    };

    expect(await shop.expire()).toEqual({ ...nothing, expired: 1, failed: 1 });
    expect([shop.order(pending).status, shop.order(paying).status]).toEqual(["EXPIRED", "PAYING"]);
  });

  it("expire oldest first until the time is over, and the rest in the next run", async () => {
    const ids = placeSome(6);
    shop.pass();
    const { before } = shop.store;
    let changes = 0;
    shop.store.before = (call) => {
      if (call === "change" && ++changes === 3) shop.time += 10;
      return before(call);
    };
    const summary = await shop.expire(shop.time + 10);

    expect(summary).toEqual({ ...nothing, expired: 4, complete: false });
    expect(ids.map((id) => shop.order(id).status === "EXPIRED")).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(await shop.expire()).toEqual({ ...nothing, expired: 2 });
  });

  it("are not begun where the time is over already", async () => {
    placeSome(1);
    shop.pass();
    expect(await shop.expire(shop.time)).toEqual({ ...nothing, complete: false });
    const { before } = shop.store;
    shop.store.before = async (call) => {
      await before(call);
      if (call === "placedUntil") shop.time += 10;
    };

    expect(await shop.expire(shop.time + 10)).toEqual({ ...nothing, complete: false });
  });

  it("expire once where runs overlap, whatever their users do", async () => {
    const ids = placeSome(5);
    for (const id of ids.slice(3)) await shop.pay(id);
    shop.pass();
    const [first = "", ...others] = ids;
    await Promise.all([
      shop.expire(),
      shop.cancel(first),
      shop.expire(),
      shop.pay(first),
      shop.expire(),
    ]);

    expect(others.map((id) => shop.order(id).status)).toEqual(Array(4).fill("EXPIRED"));
    expect(["EXPIRED", "CANCELED"]).toContain(shop.order(first).status);
    expect(shop.lost()).toBe(0);
  });

  it("that are gone or have ended since the index was written are passed over", async () => {
    const [gone = "", ended = ""] = placeSome(2);
    shop.pass();
    const { before } = shop.store;
    shop.store.before = async (call) => {
      await before(call);
      if (call !== "find") return;
      shop.store.orders.delete(gone);
      shop.store.orders.set(ended, { ...shop.order(ended), status: "EXPIRED" });
    };

    expect(await shop.expire()).toEqual({ ...nothing, kept: 2 });
  });

  it("end as they should wherever a run dies", async () => {
    for (const isLinked of [true, false])
      for (const when of ["before", "after"] as const)
        for (let dies = 1; ; dies++) {
          const shop = new Shop();
          const [pending, paying] = [
            shop.place(),
            isLinked ? shop.place() : shop.place({ status: "PAYING" }),
          ];
          if (isLinked) await shop.pay(paying);
          shop.pass();
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
          await Promise.allSettled([shop.expire()]);
          if (calls < dies) break;
          await shop.expire();

          expect([pending, paying].map((id) => shop.order(id).status)).toEqual([
            "EXPIRED",
            "EXPIRED",
          ]);
          expect(shop.paymentsOf(paying)).toMatchObject([{ status: "CANCELED" }]);
          expect(shop.lost()).toBe(0);
          expect(dies).toBeLessThan(20);
        }
  });
});
