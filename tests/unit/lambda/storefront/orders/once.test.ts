import { setImmediate } from "node:timers/promises";
import type { Placement } from "../../../../../lib/lambda/storefront/store/order-store";
import { otherCustomer, problemOf } from "../harness";
import { MemoryOrderStore } from "../memory-order-store";
import { OrdersHarness, idOf, product } from "./order-harness";

let api: OrdersHarness;
beforeEach(() => {
  api = new OrdersHarness();
  api.offer(product(1));
});

const items = [{ productId: idOf(1), quantity: 2 }];

describe("an order under a key", () => {
  it("is placed once: the first response is replayed, byte for byte, whatever became of it", async () => {
    const first = await api.place(items, { key: "k" });
    api.edit(1, { price: 1, published: false, stock: 0 });
    const second = await api.place(items, { key: "k" });

    expect([second.status, second.text]).toEqual([201, first.text]);
    expect(second.headers["Idempotent-Replayed"]).toBe("true");
    expect(api.store.orders.size).toBe(1);
  });

  it("that was refused stays refused, byte for byte, whatever has changed since", async () => {
    api.offer(product(1, { stock: 1 }));
    const first = await api.place(items, { key: "k" });
    api.offer(product(1));
    const second = await api.place(items, { key: "k" });

    expect(problemOf(first).kind).toBe("out-of-stock");
    expect([second.status, second.text]).toEqual([409, first.text]);
    expect(second.headers["Idempotent-Replayed"]).toBe("true");
    expect(api.stockOf(1)).toBe(10);
    expect((await api.place(items, { key: "other" })).status).toBe(201);
  });

  it.each([
    ["other items", [{ productId: idOf(1), quantity: 1 }]],
    ["a price that was seen", [{ ...items[0], price: 1250 }]],
  ])("does not stand for %s", async (_, other) => {
    await api.place(items, { key: "k" });

    expect(problemOf(await api.place(other, { key: "k" }))).toMatchObject({
      status: 422,
      kind: "idempotency-mismatch",
    });
  });

  it("does not stand for another user's", async () => {
    await api.place(items, { key: "k" });

    expect((await api.place(items, { key: "k", context: otherCustomer })).status).toBe(201);
    expect(api.store.orders.size).toBe(2);
  });

  it("that was not valid may be sent again as it should be", async () => {
    await api.place([], { key: "k" });

    expect((await api.place(items, { key: "k" })).status).toBe(201);
  });

  it("is one order with equal responses, however many are sent at once", async () => {
    const responses = await Promise.all(
      Array.from({ length: 100 }, () => api.place(items, { key: "k" })),
    );

    expect(new Set(responses.map(({ text }) => text)).size).toBe(1);
    expect(responses.map(({ status }) => status)).toEqual(Array(100).fill(201));
    expect(responses.filter(({ headers }) => !("Idempotent-Replayed" in headers))).toHaveLength(1);
    expect([api.store.orders.size, api.stockOf(1)]).toEqual([1, 8]);
  });

  it("has the outcome that is stored first where an order and its refusal race", async () => {
    let second: Promise<unknown> | undefined;
    api.offer(product(1, { stock: 1 }));
    // the first request has seen too little; the second sees more
    api.store.before = async (call) => {
      if (call !== "refuse" || second !== undefined) return;
      api.offer(product(1));
      second = api.place(items, { key: "k" });
      await second;
    };
    const first = await api.place(items, { key: "k" });

    expect(first.status).toBe(201);
    expect(await second).toMatchObject({ text: first.text });
    expect(api.stockOf(1)).toBe(8);
  });
});

describe("a function that is terminated", () => {
  /** Fails one call to the store, before it has its effect or behind it. */
  function failOnce(at: number, when: "before" | "after"): void {
    let calls = 0;
    api.store[when] = () => {
      if (calls++ === at) throw new Error("the function died");
    };
  }

  it.each([
    ["before", 0],
    ["before", 1],
    ["after", 0],
  ] as const)(
    "%s call %i to the store leaves one order once the caller repeats it",
    async (when, at) => {
      failOnce(at, when);
      const first = await api.place(items, { key: "k" });
      const second = await api.place(items, { key: "k" });

      expect([first.status, second.status]).toEqual([500, 201]);
      expect([api.store.history.length, api.stockOf(1)]).toEqual([1, 8]);
    },
  );

  it.each([
    ["before", 0],
    ["before", 1],
    ["after", 0],
  ] as const)(
    "%s call %i to the store leaves one refusal once the caller repeats it",
    async (when, at) => {
      api.offer(product(1, { stock: 1 }));
      failOnce(at, when);
      const first = await api.place(items, { key: "k" });
      const second = await api.place(items, { key: "k" });

      expect(first.status).toBe(500);
      expect(problemOf(second).kind).toBe("out-of-stock");
      expect([api.store.responses.size, api.store.history.length, api.stockOf(1)]).toEqual([
        1, 0, 1,
      ]);
    },
  );
});

describe("50 orders at once for 10 units", () => {
  /** Transactions that meet at a product are canceled, as DynamoDB does it, and take a while. */
  class ConflictingStore extends MemoryOrderStore {
    conflicts = 0;
    private readonly atWork = new Set<string>();

    override async place(placement: Placement) {
      const ids = placement.order.items.map(({ productId }) => productId);
      if (ids.some((id) => this.atWork.has(id))) {
        this.conflicts++;
        return { result: "busy" } as const;
      }
      for (const id of ids) this.atWork.add(id);
      try {
        await setImmediate();
        return await super.place(placement);
      } finally {
        for (const id of ids) this.atWork.delete(id);
      }
    }
  }

  it.each([
    ["one after the other", new MemoryOrderStore()],
    ["in transactions that conflict", new ConflictingStore()],
  ])("are 10 orders and 40 refusals, and the stock is 0: %s", async (_, store) => {
    api = new OrdersHarness(store);
    api.offer(product(1));
    const responses = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        api.persist([{ productId: idOf(1), quantity: 1 }], { key: `k${String(n)}` }),
      ),
    );
    const refused = responses.filter(({ status }) => status !== 201).map(problemOf);

    expect(refused.map(({ kind }) => kind)).toEqual(Array(40).fill("out-of-stock"));
    expect(refused[0]?.products).toEqual([{ productId: idOf(1), requested: 1, available: 0 }]);
    expect([store.orders.size, api.stockOf(1)]).toEqual([10, 0]);
    expect("conflicts" in store ? Number(store.conflicts) : 1).toBeGreaterThan(0);
  });
});
