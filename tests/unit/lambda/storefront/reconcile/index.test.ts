import "../../function-environment";
import "../function-environment";
import { handler } from "../../../../../lib/lambda/storefront/reconcile";
import type { MemoryOrderStore } from "../memory-order-store";
import { Shop } from "../shop";

let mockStore: MemoryOrderStore;
jest.mock("../../../../../lib/lambda/storefront/store/dynamodb-order-store", () => ({
  DynamoDbOrderStore: jest.fn(() => ({
    find: (id: string) => mockStore.find(id),
    change: (change: Parameters<MemoryOrderStore["change"]>[0]) => mockStore.change(change),
    placedUntil: (...list: Parameters<MemoryOrderStore["placedUntil"]>) =>
      mockStore.placedUntil(...list),
    slice: (...page: Parameters<MemoryOrderStore["slice"]>) => mockStore.slice(...page),
  })),
}));

const logged = () => jest.mocked(console.log).mock.calls.map(([line]) => String(line));

/** Everything that was printed as metrics. */
const metrics = () =>
  logged()
    .filter((line) => line.includes("CloudWatchMetrics"))
    .map((line) => JSON.parse(line) as unknown);

/** With as much time as the function has. */
const run = (event: unknown = {}, seconds = 900) =>
  handler(event, { getRemainingTimeInMillis: () => seconds * 1000 });

/** Answers requests with the shop's own payments, and returns them. */
function answering(): Request[] {
  const fetched: Request[] = [];
  jest.spyOn(globalThis, "fetch").mockImplementation(async (request) => {
    if (!(request instanceof Request)) throw new Error("signed requests are whole ones");
    fetched.push(request);
    const payment = await shop.paymentsApi.find(request.url.split("/payment/")[1] ?? "");
    return new Response(JSON.stringify({ ...payment, metadata: { orderId: payment?.orderId } }));
  });
  return fetched;
}

let shop: Shop;
beforeEach(() => {
  jest.restoreAllMocks();
  for (const method of ["log", "info", "error", "warn"] as const)
    jest.spyOn(console, method).mockReturnValue();
  shop = new Shop();
  shop.time = Date.now();
  mockStore = shop.store;
});

/** The slice of an order's id in the store in memory, of the 720 of a month's hours. */
const sliceOf = (id: string) => Number.parseInt(id.slice(-8), 16) % 720;

describe("the function that reconciles orders", () => {
  it("settles an order with its payment by a signed request to the payments' API", async () => {
    const id = shop.place();
    await shop.pay(id);
    await shop.process(id, "authorize");
    await shop.process(id, "capture");
    const fetched = answering();

    expect(await run({ slice: sliceOf(id) })).toEqual({
      checked: 1,
      healed: 1,
      failed: 0,
      differenceCount: 0,
      differences: [],
      slice: { index: sliceOf(id), of: 720 },
      complete: true,
    });
    expect(shop.order(id).status).toBe("PAID");
    expect(fetched.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET https://api.example/dev/payment/${shop.order(id).paymentId ?? ""}`,
    ]);
    expect(fetched[0]?.headers.get("authorization")).toContain("/execute-api/aws4_request");
    expect(metrics()).toMatchObject([
      {
        ReconciledOrders: 1,
        OrderReconciliationDifferences: 0,
        OrderReconciliationComplete: 1,
      },
    ]);
  });

  it("reports a difference by the ids of order and payment alone", async () => {
    const id = shop.place();
    await shop.pay(id);
    const { paymentId } = shop.order(id);
    shop.store.orders.set(id, { ...shop.order(id), status: "PAID" });
    answering();
    const error = jest.mocked(console.error).mockReturnValue();
    const { differences } = await run({ slice: sliceOf(id) });

    expect(differences).toEqual([{ orderId: id, paymentId, reason: "not-captured" }]);
    expect(metrics()).toMatchObject([{ OrderReconciliationDifferences: 1 }]);
    const entries = error.mock.calls.map(([line]) => JSON.parse(String(line)) as object);
    expect(entries).toMatchObject([
      { message: "An order and its payment differ", orderId: id, reason: "not-captured" },
    ]);
    expect(JSON.stringify(entries)).not.toContain("customer-1");
  });

  it("takes the slice of the time for which it was scheduled, one after the other", async () => {
    const slices: number[] = [];
    for (const time of ["2026-03-01T10:59:59Z", "2026-03-01T11:00:00Z", "2026-03-01T11:59:59Z"])
      slices.push((await run({ time, source: "aws.events" })).slice.index);
    const [before = 0] = slices;

    expect(slices).toEqual([before, (before + 1) % 720, (before + 1) % 720]);
  });

  it("takes that of the present where it is not scheduled", async () => {
    jest.spyOn(Date, "now").mockReturnValue(Date.parse("2026-03-01T10:30:00Z"));

    expect(await run(null)).toEqual(await run({ time: "2026-03-01T10:00:00Z" }));
  });

  it.each([-1, 720, 1.5])("refuses slice %d of 720", async (slice) => {
    await expect(run({ slice })).rejects.toThrow();
  });

  it("begins no order in the last 30 seconds of its time, and is not complete", async () => {
    shop.place({ status: "PAID" });

    expect(await run({}, 30)).toMatchObject({ checked: 0, complete: false });
    expect(metrics()).toMatchObject([{ ReconciledOrders: 0, OrderReconciliationComplete: 0 }]);
  });

  it("reports what it has found where it fails, but not that it has ended", async () => {
    shop.time -= 24 * 60 * 60_000;
    shop.place();
    shop.store.before = (call) => {
      if (call === "slice") throw new Error("throttled");
    };

    await expect(run()).rejects.toThrow("throttled");
    expect(metrics()).toMatchObject([{ ReconciledOrders: 1, OrderReconciliationDifferences: 1 }]);
    expect(JSON.stringify(metrics())).not.toContain("OrderReconciliationComplete");
  });
});
