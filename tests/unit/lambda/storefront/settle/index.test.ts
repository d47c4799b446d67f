import "../../function-environment";
import "../function-environment";
import { handler } from "../../../../../lib/lambda/storefront/settle";
import { DynamoDbOrderStore } from "../../../../../lib/lambda/storefront/store/dynamodb-order-store";
import type { MemoryOrderStore } from "../memory-order-store";
import { Shop } from "../shop";

let mockStore: MemoryOrderStore;
jest.mock("../../../../../lib/lambda/storefront/store/dynamodb-order-store", () => ({
  DynamoDbOrderStore: jest.fn(() => ({
    find: (id: string) => mockStore.find(id),
    change: (change: Parameters<MemoryOrderStore["change"]>[0]) => mockStore.change(change),
  })),
}));
const constructed = jest.mocked(DynamoDbOrderStore).mock.calls;

const printed = () =>
  jest
    .mocked(console.log)
    .mock.calls.map(([line]) => String(line))
    .filter((line) => line.includes("CloudWatchMetrics"))
    .map((line) => JSON.parse(line) as unknown);

let shop: Shop;
let id: string;
beforeEach(async () => {
  jest.restoreAllMocks();
  for (const method of ["log", "info", "error", "warn"] as const)
    jest.spyOn(console, method).mockReturnValue();
  shop = new Shop();
  mockStore = shop.store;
  id = shop.place();
  await shop.pay(id);
  await shop.process(id, "authorize");
});

describe("the function that settles payments", () => {
  it("makes orders PAID by the tables that the deployment names", async () => {
    await shop.process(id, "capture");

    expect(await handler({ Records: shop.changes() })).toEqual({
      settled: 3,
      ignored: 0,
      differences: 0,
      malformed: 0,
    });
    expect(shop.order(id).status).toBe("PAID");
    expect(constructed).toMatchObject([
      [{}, { orders: "orders", products: "products", idempotency: "responses" }, Date.now],
    ]);
    expect(printed()).toEqual([]);
  });

  it("counts differences and malformed records, for the alarms", async () => {
    await shop.process(id, "capture", { amount: 1 });
    const malformed = { dynamodb: { Keys: { transactionId: { S: "pay_1" } } } };
    await handler({ Records: [...shop.changes(), malformed] });

    expect(printed()).toMatchObject([{ OrderDifferences: 1, MalformedRecords: 1 }]);
  });

  it("fails where the table does, so that the stream delivers the records again", async () => {
    shop.store.before = () => {
      throw new Error("throttled");
    };

    await expect(handler({ Records: shop.changes() })).rejects.toThrow("throttled");
  });

  it("fails for an event that is none of a stream", async () => {
    await expect(handler({})).rejects.toThrow("Records");
  });
});
