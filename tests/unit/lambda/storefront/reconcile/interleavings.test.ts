import { everyInterleaving, turn } from "../interleave";
import { Shop } from "../shop";

/** Pauses take no time here: the scheduler alone says who is next. */
jest.mock("node:timers/promises", () => ({
  ...jest.requireActual<object>("node:timers/promises"),
  setTimeout: () => Promise.resolve(),
}));

/** A shop whose every step on orders and payments waits for its turn; lists of orders do not. */
function shopInTurns(): Shop {
  const shop = new Shop();
  shop.store.before = (call) => (call === "find" || call === "change" ? turn() : undefined);
  shop.beforeSending = turn;
  shop.payments.store.before = () => undefined;
  return shop;
}

/** An order whose payment is authorized. */
async function authorized(shop: Shop): Promise<string> {
  const id = shop.place();
  await shop.pay(id);
  await shop.process(id, "authorize");
  return id;
}

describe("in every order of the steps", () => {
  it("two runs and the stream settle an order once, and find no difference", async () => {
    const healed = new Set<number>();
    const orders = await everyInterleaving(async (together) => {
      const shop = shopInTurns();
      const id = await authorized(shop);
      await shop.process(id, "capture");
      let sum = 0;
      const reconcile = async () => {
        const report = await shop.reconcile();
        expect(report).toMatchObject({ differenceCount: 0, failed: 0, complete: true });
        sum += report.healed;
      };
      await together(reconcile, reconcile, () => shop.deliver(shop.changes().slice(-1)));
      healed.add(sum);

      expect(shop.order(id).status).toBe("PAID");
      expect(shop.store.history.filter(({ status }) => status === "PAID")).toHaveLength(1);
      expect(shop.errors).toEqual([]);
    });

    expect(orders).toBeGreaterThan(100);
    expect(healed).toEqual(new Set([0, 1]));
  });

  it("a run finds no difference while an order expires or its payment is captured", async () => {
    const ends = new Set<string>();
    await everyInterleaving(async (together) => {
      const shop = shopInTurns();
      const id = await authorized(shop);
      shop.pass();
      await together(
        async () => {
          expect(await shop.reconcile()).toMatchObject({ differenceCount: 0, failed: 0 });
        },
        () => shop.expire(),
        async () => {
          await turn();
          await shop.process(id, "capture");
        },
      );
      await shop.deliver();
      ends.add(shop.order(id).status);

      expect(shop.lost()).toBe(0);
      expect(shop.errors).toEqual([]);
    });

    expect(ends).toEqual(new Set(["PAID", "EXPIRED"]));
  });

  it("a run finds no difference while a captured payment is refunded, step by step", async () => {
    await everyInterleaving(async (together) => {
      const shop = shopInTurns();
      const id = await authorized(shop);
      await shop.process(id, "capture");
      await shop.deliver();
      await together(
        async () => {
          expect(await shop.reconcile()).toMatchObject({ differenceCount: 0, failed: 0 });
        },
        async () => {
          for (let n = 0; n < 2; n++) {
            await turn();
            await shop.process(id, "refund", { amount: 1275 });
            await shop.deliver(shop.changes().slice(-1));
          }
        },
      );
      await shop.reconcile();

      expect(shop.order(id)).toMatchObject({ status: "REFUNDED", refundedAmount: 2550 });
      expect(shop.errors).toEqual([]);
    });
  });
});
