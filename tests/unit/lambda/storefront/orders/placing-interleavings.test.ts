import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { totalOf } from "../../../../../lib/lambda/storefront/domain/order";
import { OrdersHarness, idOf, product } from "./order-harness";

/** Pauses take no time here: the scheduler alone says who is next. */
jest.mock("node:timers/promises", () => ({ setTimeout: () => Promise.resolve() }));

const numbers = [1, 2, 3];
const number = fc.constantFrom(...numbers);
const entry = fc.record(
  {
    productId: number.map((n) => idOf(n)),
    quantity: fc.integer({ min: 1, max: 3 }),
    price: fc.constantFrom(100, 100, 100, 101),
  },
  { requiredKeys: ["productId", "quantity"] },
);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("place" as const),
      items: fc.array(entry, { minLength: 1, maxLength: 3 }),
      key: fc.nat(2),
      dies: fc.constantFrom("", "before", "after"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("edit" as const),
      n: number,
      change: fc.constantFrom(
        { price: 100 },
        { price: 101 },
        { published: false },
        { published: true },
        { currency: "USD" },
        { currency: "EUR" },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("cancel" as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A key that always means the same items. */
const keyOf = (items: unknown, n: number) =>
  `${String(n)} ${createHash("sha256").update(JSON.stringify(items)).digest("hex")}`;

describe("customers who order, a shop that edits and orders that end, whoever is next and whatever dies", () => {
  it("leave stock + ordered = initial, totals that equal their items', and one response a key", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { maxLength: 5 }), { minLength: 2, maxLength: 4 }),
        fc.array(fc.nat(20), { minLength: numbers.length, maxLength: numbers.length }),
        fc.scheduler(),
        async (clients, initial, scheduler) => {
          const api = new OrdersHarness();
          const { store } = api;
          numbers.forEach((n, i) => {
            api.offer(product(n, { price: 100, stock: initial[i] ?? 0 }));
          });
          const dying = clients
            .flat()
            .flatMap((one) => (one.kind === "place" && one.dies !== "" ? [one.dies] : []));
          const die = (when: string) => {
            if (dying[0] !== when) return;
            dying.shift();
            throw new Error("the function died");
          };
          store.before = async (call) => {
            await scheduler.schedule(Promise.resolve(), call);
            if (call !== "change") die("before");
          };
          store.after = () => {
            if (store.history.at(-1)?.status === "PENDING") die("after");
          };

          const settled = new Map<string, Set<string>>();
          const act = async (one: Step): Promise<void> => {
            if (one.kind === "edit") {
              await scheduler.schedule(Promise.resolve(), "edit");
              api.edit(one.n, one.change);
            } else if (one.kind === "cancel") {
              const order = [...store.orders.values()].find(({ status }) => status === "PENDING");
              if (order === undefined) return;
              const { version, items } = order;
              const canceled = { ...order, status: "CANCELED", version: version + 1 } as const;
              await store.change({ order: canceled, returned: items });
            } else {
              const key = keyOf(one.items, one.key);
              const { status, text } = await api.persist(one.items, { key });
              expect([201, 409]).toContain(status);
              settled.set(key, (settled.get(key) ?? new Set()).add(text));
            }
          };
          await scheduler.waitFor(
            Promise.all(
              clients.map(async (steps) => {
                for (const one of steps) await act(one);
              }),
            ),
          );

          const orders = [...store.orders.values()];
          for (const [i, n] of numbers.entries()) {
            const ordered = orders
              .filter(({ status }) => status === "PENDING")
              .flatMap(({ items }) => items)
              .filter(({ productId }) => productId === idOf(n))
              .reduce((sum, { quantity }) => sum + quantity, 0);
            const stock = api.stockOf(n) ?? NaN;
            expect(stock).toBeGreaterThanOrEqual(0);
            expect(stock + ordered).toBe(initial[i]);
          }
          for (const { items, total } of orders) {
            expect(total).toBe(totalOf(items));
            expect(new Set(items.map(({ productId }) => productId)).size).toBe(items.length);
          }
          for (const texts of settled.values()) expect(texts.size).toBe(1);
          expect(store.responses.size).toBe(settled.size);
          const successes = [...store.responses.values()].filter(
            ({ statusCode }) => statusCode === 201,
          );
          expect(successes).toHaveLength(orders.length);
        },
      ),
      { numRuns: 200 },
    );
  });
});
