import { encodeOrderCursor } from "../../../../../lib/lambda/storefront/store/order-cursor";
import { otherCustomer, problemOf } from "../harness";
import { UsersHarness, everything, orderOf } from "./harness";

let shopUsers: UsersHarness;
beforeEach(async () => {
  shopUsers = new UsersHarness();
  await shopUsers.post("/users/me", { body: everything });
});

const profile = { userId: "customer-1", email: "anna@shop.example", ...everything };
const stored = (count: number, userId = "customer-1") => {
  const orders = Array.from({ length: count }, (_, i) => orderOf(userId, i + 1));
  for (const order of orders) shopUsers.orders.orders.set(order.orderId, order);
  return orders.reverse();
};
const exported = (query: Record<string, string[]> = {}) =>
  shopUsers.get("/users/me/export", { query });

describe("an export", () => {
  it("has the profile and, page by page, all orders, newest first", async () => {
    const [newest, middle, oldest] = stored(3);
    const first = await exported({ limit: ["2"] });
    const cursor = String(first.body["nextCursor"]);
    const second = await exported({ limit: ["2"], cursor: [cursor] });

    expect(first.status).toBe(200);
    expect(first.body).toEqual({ profile, orders: [newest, middle], nextCursor: cursor });
    expect(second.body).toEqual({ profile, orders: [oldest] });
  });

  it("has 20 orders at once where no limit is given", async () => {
    stored(21);

    expect((await exported()).body["orders"]).toHaveLength(20);
  });

  it("of a user who has stored nothing is who it is", async () => {
    const { body } = await shopUsers.get("/users/me/export", { context: otherCustomer });

    expect(body).toEqual({ profile: { userId: "customer-2" }, orders: [] });
  });

  it("has nothing of other users", async () => {
    stored(2, "customer-2");

    expect((await exported()).body).toEqual({ profile, orders: [] });
  });

  it("has of an order what its user sees", async () => {
    const [order] = stored(1);
    if (order === undefined) throw new Error("There is no order");
    shopUsers.orders.orders.set(order.orderId, { ...order, ending: "CANCELED", paymentVersion: 4 });

    expect((await exported()).body["orders"]).toEqual([order]);
  });

  const position = { orderId: `ord_${"0".repeat(32)}`, createdAt: 1 };
  it.each<[string, Record<string, string[]>, string]>([
    ["no orders at once", { limit: ["0"] }, "limit"],
    ["too many at once", { limit: ["101"] }, "limit"],
    ["a limit that is no number", { limit: ["1e1"] }, "limit"],
    ["a cursor that is none", { cursor: ["{}"] }, "cursor"],
    ["a cursor that was changed", { cursor: ["MSBvcmRfMA.0000000000000000"] }, "cursor"],
    ["another user's cursor", { cursor: [encodeOrderCursor(position, "customer-2")] }, "cursor"],
    ["another user", { userId: ["customer-2"] }, "userId"],
    ["a parameter twice", { limit: ["1", "2"] }, "limit"],
  ])("is not made with %s", async (_, query, field) => {
    const response = await exported(query);

    expect(problemOf(response)).toMatchObject({ status: 400, kind: "invalid-request" });
    expect(Object.keys(problemOf(response).fields)).toEqual([field]);
    expect(shopUsers.users.calls).toEqual(["put"]);
  });
});
