import * as fc from "fast-check";
import { everyInterleaving, turn } from "../interleave";
import { Shop } from "../shop";

/** Pauses take no time here: the scheduler alone says who is next. */
jest.mock("node:timers/promises", () => ({
  ...jest.requireActual<object>("node:timers/promises"),
  setTimeout: () => Promise.resolve(),
}));

/** A shop whose every step waits for its turn. */
function shopInTurns(): Shop {
  const shop = new Shop();
  shop.store.before = turn;
  shop.beforeSending = turn;
  shop.payments.store.before = () => undefined;
  return shop;
}

/** Captures an order's payment, if it can, and lets the shop hear what it is then. */
async function capture(shop: Shop, id: string): Promise<void> {
  await turn();
  await shop.process(id, "capture");
  await shop.deliver(shop.changes().slice(-1));
}

/** That an order is paid or over, never both, and so is its payment. */
function expectPaidOrOver(shop: Shop, id: string, end: "EXPIRED" | "CANCELED"): string {
  const { status } = shop.order(id);
  expect([status, shop.paymentsOf(id).map((payment) => payment.status)]).toEqual(
    status === "PAID" ? ["PAID", ["CAPTURED"]] : [end, ["CANCELED"]],
  );
  expect(shop.lost()).toBe(0);
  expect(shop.errors).toEqual([]);
  return status;
}

describe("in every order of the steps", () => {
  it.each([true, false])(
    "an order expires or is PAID, while its payment is captured (its link known: %s)",
    async (isLinked) => {
      const ends = new Set<string>();
      const orders = await everyInterleaving(async (together) => {
        const shop = shopInTurns();
        const id = isLinked ? shop.place() : shop.place({ status: "PAYING" });
        if (isLinked) await shop.pay(id);
        else await shop.paymentsApi.create(shop.order(id));
        await shop.process(id, "authorize");
        shop.pass();
        await together(
          () => shop.expire(),
          () => capture(shop, id),
        );
        await shop.deliver();
        ends.add(expectPaidOrOver(shop, id, "EXPIRED"));
      });

      expect(orders).toBeGreaterThan(100);
      expect(ends).toEqual(new Set(["EXPIRED", "PAID"]));
    },
  );

  it("an order is canceled or PAID, while its payment is captured", async () => {
    const ends = new Set<string>();
    await everyInterleaving(async (together) => {
      const shop = shopInTurns();
      const id = shop.place();
      await shop.pay(id);
      await shop.process(id, "authorize");
      await together(
        () => shop.cancel(id),
        () => capture(shop, id),
      );
      await shop.deliver();
      ends.add(expectPaidOrOver(shop, id, "CANCELED"));
    });

    expect(ends).toEqual(new Set(["CANCELED", "PAID"]));
  });

  it.each(["PENDING", "PAYING"] as const)(
    "an order that is %s has a payment only while it is PAYING, while it is paid and canceled",
    async (status) => {
      const ends = new Set<string>();
      await everyInterleaving(async (together) => {
        const shop = shopInTurns();
        const id = shop.place({ status });
        const responses: unknown[] = [];
        await together(
          async () => responses.push((await shop.pay(id)).status),
          async () => responses.push((await shop.cancel(id)).status),
        );
        expect(shop.order(id).status).toBe("CANCELED");
        expect(shop.paymentsOf(id).filter((payment) => payment.status !== "CANCELED")).toEqual([]);
        expect(shop.paymentsOf(id).length).toBeLessThanOrEqual(1);
        expect(shop.lost()).toBe(0);
        ends.add(responses.map(String).sort().join());
      });

      expect(ends).toEqual(new Set(["200,200", "200,409"]));
    },
  );

  it("an order that expires while it is begun to be paid has no payment that can be captured", async () => {
    await everyInterleaving(async (together) => {
      const shop = shopInTurns();
      const id = shop.place();
      shop.time = shop.order(id).expiresAt - 1;
      await together(
        () => shop.pay(id),
        async () => {
          await turn();
          shop.time++;
          await shop.expire();
        },
      );
      expect(shop.order(id).status).toBe("EXPIRED");
      expect(shop.paymentsOf(id).filter(({ status }) => status !== "CANCELED")).toEqual([]);
      expect(shop.lost()).toBe(0);
    });
  });
});

const kinds = [
  "pay",
  "cancel",
  "authorize",
  "decline",
  "capture",
  "refund",
  "deliver",
  "expire",
] as const;
const step = fc.record({
  kind: fc.constantFrom(...kinds),
  order: fc.nat(2),
  key: fc.nat(3),
  /** How much to refund, how long to wait before expiry in minutes, where in the stream to begin. */
  amount: fc.integer({ min: 1, max: 30 }),
  dies: fc.constantFrom("", "", "before", "after"),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Takes a step; an action whose request failed is requested again, by the same client. */
async function take(shop: Shop, ids: readonly string[], one: Step): Promise<void> {
  const id = ids[one.order] ?? "";
  switch (one.kind) {
    case "pay":
    case "cancel":
      for (;;) {
        const { status, body } = await shop[one.kind](id, { key: `k${String(one.key)}` });
        const inProgress = body["type"] === "urn:storefront:problem:request-in-progress";
        if (status < 500 && !inProgress) return;
      }
    case "authorize":
    case "capture":
      await shop.process(id, one.kind);
      return;
    case "decline":
      await shop.process(id, "authorize", { outcome: "DECLINED" });
      return;
    case "refund":
      await shop.process(id, "refund", { amount: one.amount * 100 });
      return;
    case "deliver":
      await shop.deliver(shop.changes().slice(-one.amount));
      return;
    case "expire":
      shop.time += one.amount * 60_000;
      await shop.expire();
  }
}

describe("customers, the processor, the stream and the schedule, whoever is next and whatever dies", () => {
  it("leave no stock lost or made, and orders that are paid exactly where their payments are", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { maxLength: 6 }), { minLength: 2, maxLength: 4 }),
        fc.scheduler(),
        async (actors, scheduler) => {
          const shop = new Shop();
          shop.payments.store.before = () => undefined;
          const ids = [shop.place(), shop.place(), shop.place()];
          const dying = actors.flat().flatMap(({ dies }) => (dies === "" ? [] : [dies]));
          const die = (when: string) => {
            if (dying[0] !== when) return;
            dying.shift();
            throw new Error("the function died");
          };
          shop.store.before = async (call) => {
            await scheduler.schedule(Promise.resolve(), call);
            expect(shop.lost()).toBe(0);
            die("before");
          };
          shop.store.after = () => {
            die("after");
          };
          shop.beforeSending = async () => {
            await scheduler.schedule(Promise.resolve(), "payments");
            die("before");
          };
          shop.afterSending = shop.store.after;
          const work = async (steps: readonly Step[]) => {
            // what fails is tried again: the schedule's runs and the stream's batches by what follows
            for (const one of steps) await take(shop, ids, one).catch(() => undefined);
          };
          await scheduler.waitFor(Promise.all(actors.map(work)));

          shop.store.before = () => undefined;
          shop.store.after = () => undefined;
          shop.beforeSending = () => undefined;
          shop.afterSending = () => undefined;
          shop.errors.length = 0;
          await shop.deliver();
          expect(shop.lost()).toBe(0);
          const paid = { CAPTURED: "PAID", REFUNDED: "REFUNDED" } as const;
          for (const id of ids) {
            const { status, version, refundedAmount, paymentId } = shop.order(id);
            const [payment, ...others] = shop.paymentsOf(id);
            expect(others).toEqual([]);
            if (payment?.status === "CAPTURED" || payment?.status === "REFUNDED")
              expect({ status, refundedAmount }).toEqual({
                status: paid[payment.status],
                refundedAmount: payment.refundedAmount,
              });
            else expect(["PENDING", "PAYING", "CANCELED", "EXPIRED"]).toContain(status);
            if (payment !== undefined) expect(paymentId).toBe(payment.transactionId);
            const versions = shop.store.history.filter(({ orderId }) => orderId === id);
            expect(versions.map((one) => one.version)).toEqual(versions.map((_, i) => i + 1));
            expect(versions).toHaveLength(version);
          }
          shop.pass();
          expect(await shop.expire()).toMatchObject({ differences: 0, failed: 0, complete: true });
          expect(shop.lost()).toBe(0);
          expect(shop.errors).toEqual([]);
          for (const id of ids) {
            const { status } = shop.order(id);
            expect(status).toMatch(/^(PAID|REFUNDED|CANCELED|EXPIRED)$/);
            if (status === "CANCELED" || status === "EXPIRED")
              for (const payment of shop.paymentsOf(id))
                expect(["CANCELED", "FAILED"]).toContain(payment.status);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
