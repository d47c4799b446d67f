import type { StoredOrder } from "../../../../../lib/lambda/storefront/domain/order";
import { admin, otherCustomer, problemOf } from "../harness";
import { OrdersHarness, idOf, product } from "./order-harness";

let api: OrdersHarness;
beforeEach(() => {
  api = new OrdersHarness();
  api.offer(product(1, { stock: 100 }));
});

const items = [{ productId: idOf(1), quantity: 1 }];

describe("an order", () => {
  it("is what its user placed", async () => {
    const placed = await api.place(items);
    const { status, text } = await api.get(`/orders/${String(placed.body["orderId"])}`);

    expect([status, text]).toEqual([200, placed.text]);
  });

  it("shows what became of its payment, and nothing of how the shop works on it", async () => {
    const { body } = await api.place(items);
    const [placed] = api.store.orders.values();
    const shown = {
      status: "PAID",
      version: 5,
      paymentId: `pay_${"0".repeat(32)}`,
      refundedAmount: 50,
    };
    const stored = { ...placed, ...shown, ending: "EXPIRED", paymentVersion: 3 } as StoredOrder;
    api.store.orders.set(idOf(1, "ord"), stored);

    expect((await api.get(`/orders/${idOf(1, "ord")}`)).body).toEqual({ ...body, ...shown });
    expect((await api.get("/orders")).body).toEqual({ data: [{ ...body, ...shown }] });
  });

  it.each([
    ["another customer", otherCustomer],
    ["an administrator", admin],
  ])("is not there for %s, and neither is one that nobody has placed", async (_, context) => {
    await api.place(items);
    const others = problemOf(await api.get(`/orders/${idOf(1, "ord")}`, { context }));
    const unknown = problemOf(await api.get(`/orders/${idOf(9, "ord")}`, { context }));

    expect(others).toMatchObject({ status: 404, kind: "order-not-found" });
    expect({ ...others, detail: "" }).toEqual({ ...unknown, detail: "" });
  });

  it("has an id: what is none is refused", async () => {
    expect(problemOf(await api.get("/orders/1"))).toMatchObject({
      kind: "invalid-request",
      fields: { id: expect.any(String) as string },
    });
  });
});

describe("a user's orders", () => {
  const idsOf = ({ body }: Awaited<ReturnType<OrdersHarness["get"]>>) =>
    (body["data"] as { orderId: string }[]).map(({ orderId }) => orderId);

  it("are all that the user has placed and nobody else's, newest first, page by page", async () => {
    for (let n = 0; n < 5; n++) await api.place(items);
    await api.place(items, { context: otherCustomer });
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: ["2"], ...(cursor !== undefined && { cursor: [cursor] }) };
      const page = await api.get("/orders", { query });
      pages.push(idsOf(page));
      cursor = page.body["nextCursor"] as string | undefined;
    } while (cursor !== undefined);

    expect(pages).toEqual([
      [idOf(5, "ord"), idOf(4, "ord")],
      [idOf(3, "ord"), idOf(2, "ord")],
      [idOf(1, "ord")],
    ]);
    expect(idsOf(await api.get("/orders", { context: otherCustomer }))).toEqual([idOf(6, "ord")]);
  });

  it("are 20 at once by default", async () => {
    for (let n = 0; n < 21; n++) await api.place(items);

    expect(idsOf(await api.get("/orders"))).toHaveLength(20);
  });

  it("are none of a user who has placed none", async () => {
    expect((await api.get("/orders")).text).toBe('{"data":[]}');
  });

  it("have cursors that are of no use to another user", async () => {
    for (let n = 0; n < 2; n++) await api.place(items);
    const { body } = await api.get("/orders", { query: { limit: ["1"] } });
    const query = { cursor: [String(body["nextCursor"])] };

    expect(idsOf(await api.get("/orders", { query }))).toEqual([idOf(1, "ord")]);
    expect(problemOf(await api.get("/orders", { query, context: otherCustomer }))).toMatchObject({
      status: 400,
      fields: { cursor: "must be the nextCursor of an answer to the same query" },
    });
  });

  it.each([
    [{ limit: ["0"] }, "limit"],
    [{ limit: ["101"] }, "limit"],
    [{ cursor: ["x"] }, "cursor"],
    [{ cursor: [""] }, "cursor"],
    [{ userId: ["customer-2"] }, "userId"],
    [{ limit: ["1", "2"] }, "limit"],
  ])("are not listed by %j", async (query, field) => {
    const { kind, fields } = problemOf(await api.get("/orders", { query }));

    expect([kind, Object.keys(fields)]).toEqual(["invalid-request", [field]]);
  });
});
