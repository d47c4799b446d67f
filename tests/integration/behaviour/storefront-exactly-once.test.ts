import { newKey } from "../deployed";
import type { ApiResponse } from "../deployed";
import {
  ShopUser,
  describeShopping,
  makeAdmin,
  makeProduct,
  movePayment,
  orderIn,
  orderThat,
  payOrder,
  placeOrder,
  stockOf,
} from "../shop";
import { numbers } from "./client";

jest.setTimeout(120_000);

const textOf = ({ status, body }: ApiResponse) => `${String(status)} ${JSON.stringify(body)}`;

/** How many responses there are of each kind: `201`, `409 out-of-stock`. */
function counted(responses: readonly ApiResponse[]): Record<string, number> {
  const count: Record<string, number> = {};
  for (const { status, body } of responses) {
    const type = body["type"];
    const kind = [status, ...(typeof type === "string" ? [type.split(":").at(-1)] : [])].join(" ");
    count[kind] = (count[kind] ?? 0) + 1;
  }
  return count;
}

describeShopping("whatever customers do at once", () => {
  let admin: ShopUser;
  let customers: ShopUser[];
  let customer: ShopUser;
  beforeAll(async () => {
    [admin, customer, customers] = await Promise.all([
      makeAdmin(),
      ShopUser.make(),
      Promise.all(numbers(4).map(() => ShopUser.make())),
    ]);
    customers.push(customer);
  });

  const listOf = async (user: ShopUser) =>
    (await user.get("/orders?limit=100")).body["data"] as { items: { productId: string }[] }[];

  it("50 orders for 10 units take them all, and no more", async () => {
    const productId = await makeProduct(admin, { stock: 10 });
    const responses = await Promise.all(
      numbers(50).map((i) =>
        (customers[i % customers.length] ?? customer).persist("/orders", {
          items: [{ productId, quantity: 1 }],
        }),
      ),
    );
    const lists = await Promise.all(customers.map(listOf));
    const placed = lists.flat().filter(({ items }) => items[0]?.productId === productId);

    expect(counted(responses)).toEqual({ "201": 10, "409 out-of-stock": 40 });
    expect(placed).toHaveLength(10);
    expect(await stockOf(admin, productId)).toBe(0);
  });

  it("orders for two products, named in either order, take both or none", async () => {
    const [first, second] = [
      await makeProduct(admin, { stock: 12 }),
      await makeProduct(admin, { stock: 7 }),
    ];
    const both = [
      { productId: first, quantity: 1 },
      { productId: second, quantity: 1 },
    ];
    const responses = await Promise.all(
      numbers(20).map((i) =>
        customer.persist("/orders", { items: i % 2 === 0 ? both : both.toReversed() }),
      ),
    );

    expect(counted(responses)).toEqual({ "201": 7, "409 out-of-stock": 13 });
    expect([await stockOf(admin, first), await stockOf(admin, second)]).toEqual([5, 0]);
  });

  it("100 requests under one key place one order, and get the same response", async () => {
    const productId = await makeProduct(admin, { stock: 100 });
    const key = newKey();
    const items = [{ productId, quantity: 1 }];
    const responses = await Promise.all(
      numbers(100).map(() => customer.persist("/orders", { items }, key)),
    );
    const placed = (await listOf(customer)).filter((one) => one.items[0]?.productId === productId);

    expect([...new Set(responses.map(textOf))]).toEqual([expect.stringMatching(/^201 /)]);
    expect(placed).toHaveLength(1);
    expect(await stockOf(admin, productId)).toBe(99);
  });

  it("30 requests to pay an order, under keys of their own or one, ask for one payment", async () => {
    const productId = await makeProduct(admin);
    const { orderId } = await placeOrder(customer, productId);
    const key = newKey();
    const responses = await Promise.all(
      numbers(30).map((i) =>
        customer.persist(`/orders/${orderId}/pay`, {}, i % 3 === 0 ? key : newKey()),
      ),
    );
    const orders = responses.map(orderIn);

    expect(new Set(orders.map(({ paymentId }) => paymentId)).size).toBe(1);
    expect(orders[0]?.paymentId).toMatch(/^pay_/);
    expect(new Set(responses.filter((_, i) => i % 3 === 0).map(textOf)).size).toBe(1);
  });

  it("an order that is paid for and canceled at once is one or the other, and its stock with it", async () => {
    const productId = await makeProduct(admin, { stock: 8 });
    const outcomes = await Promise.all(
      numbers(8).map(async () => {
        const { orderId } = await placeOrder(customer, productId);
        const { paymentId } = await payOrder(customer, orderId);
        await movePayment(paymentId, "authorize", { outcome: "APPROVED" });
        const [captured] = await Promise.all([
          movePayment(paymentId, "capture", { all: true }),
          customer.persist(`/orders/${orderId}/cancel`),
          customer.persist(`/orders/${orderId}/cancel`),
        ]);
        const { status } = await orderThat(customer, orderId, (one) => one.status !== "PAYING");
        return [captured.status, status].join(" ");
      }),
    );
    const paid = outcomes.filter((one) => one === "200 PAID").length;
    const canceled = outcomes.filter((one) => one === "409 CANCELED").length;

    expect([paid + canceled, outcomes]).toEqual([8, expect.anything()]);
    expect(await stockOf(admin, productId)).toBe(canceled);
  });

  it("the stock is changed by administrators and orders without a loss", async () => {
    const productId = await makeProduct(admin, { stock: 40 });
    const [orders, changes] = await Promise.all([
      Promise.all(numbers(15).map(() => placeOrder(customer, productId))),
      Promise.all(
        numbers(10).map((i) =>
          admin.persist(`/products/${productId}/stock`, { change: i % 2 === 0 ? 3 : -2 }),
        ),
      ),
    ]);

    expect(orders).toHaveLength(15);
    expect(counted(changes)).toEqual({ "200": 10 });
    expect(await stockOf(admin, productId)).toBe(30);
  });
});
