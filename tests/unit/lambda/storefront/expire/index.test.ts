import "../../function-environment";
import "../function-environment";
import { handler } from "../../../../../lib/lambda/storefront/expire";
import type { MemoryOrderStore } from "../memory-order-store";
import { Shop, expiryMinutes } from "../shop";

let mockStore: MemoryOrderStore;
jest.mock("../../../../../lib/lambda/storefront/store/dynamodb-order-store", () => ({
  DynamoDbOrderStore: jest.fn(() => ({
    find: (id: string) => mockStore.find(id),
    change: (change: Parameters<MemoryOrderStore["change"]>[0]) => mockStore.change(change),
    placedUntil: (...list: Parameters<MemoryOrderStore["placedUntil"]>) =>
      mockStore.placedUntil(...list),
  })),
}));

const printed = () =>
  jest
    .mocked(console.log)
    .mock.calls.map(([line]) => String(line))
    .filter((line) => line.includes("CloudWatchMetrics"))
    .map((line) => JSON.parse(line) as unknown);

/** With as much time as the function has. */
const run = (seconds = 300) => handler({}, { getRemainingTimeInMillis: () => seconds * 1000 });

let shop: Shop;
beforeEach(() => {
  jest.restoreAllMocks();
  for (const method of ["log", "info", "error", "warn"] as const)
    jest.spyOn(console, method).mockReturnValue();
  shop = new Shop();
  shop.time = Date.now() - expiryMinutes * 60_000 - 1000;
  mockStore = shop.store;
});

describe("the function that expires orders", () => {
  it("ends those that are too old, and counts them", async () => {
    const id = shop.place();

    expect(await run()).toEqual({ expired: 1, kept: 0, differences: 0, failed: 0, complete: true });
    expect(shop.order(id).status).toBe("EXPIRED");
    expect(printed()).toMatchObject([{ OrdersExpired: 1 }]);
  });

  it("cancels their payments by signed requests to the payments' API", async () => {
    const id = shop.place();
    await shop.pay(id);
    const fetched: Request[] = [];
    jest.spyOn(globalThis, "fetch").mockImplementation(async (request) => {
      if (!(request instanceof Request)) throw new Error("signed requests are whole ones");
      fetched.push(request);
      const canceled = await shop.paymentsApi.cancel(
        shop.order(id),
        shop.order(id).paymentId ?? "",
      );
      return new Response(JSON.stringify({ ...Object(canceled), metadata: { orderId: id } }));
    });

    expect(await run()).toMatchObject({ expired: 1 });
    expect(fetched.map(({ url }) => url)).toEqual([
      `https://api.example/dev/payment/${shop.order(id).paymentId ?? ""}/cancel`,
    ]);
    expect(fetched[0]?.headers.get("authorization")).toContain("/execute-api/aws4_request");
  });

  it("counts orders that do not agree with their payments, for the alarm", async () => {
    const id = shop.place({ status: "PAYING", ending: "EXPIRED", total: 1 });
    const { transactionId } = await shop.paymentsApi.create(shop.order(id));
    shop.store.orders.set(id, { ...shop.order(id), paymentId: transactionId, total: 2 });
    jest.spyOn(globalThis, "fetch").mockImplementation(async () => {
      const payment = await shop.paymentsApi.read(transactionId);
      return new Response(JSON.stringify({ ...payment, metadata: { orderId: id } }));
    });

    expect(await run()).toMatchObject({ differences: 1 });
    expect(printed()).toMatchObject([{ OrdersExpired: 0, OrderDifferences: 1 }]);
  });

  it("begins no order in the last 30 seconds of its time", async () => {
    const id = shop.place();

    expect(await run(30)).toMatchObject({ expired: 0, complete: false });
    expect(shop.order(id).status).toBe("PENDING");
  });

  it("fails where an order could not be ended, after all others", async () => {
    const ids = [shop.place(), shop.place()];
    const { before } = shop.store;
    let changes = 0;
    shop.store.before = (call) => {
      if (call === "change" && ++changes === 1) throw new Error("throttled");
      return before(call);
    };

    await expect(run()).rejects.toThrow("1 orders could not be ended");
    expect(ids.map((id) => shop.order(id).status).sort()).toEqual(["EXPIRED", "PENDING"]);
    expect(printed()).toMatchObject([{ OrdersExpired: 1 }]);
  });
});
