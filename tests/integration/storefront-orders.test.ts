import { newKey } from "./deployed";
import {
  ShopUser,
  callShop,
  describeShopping,
  makeAdmin,
  makeProduct,
  movePayment,
  orderIn,
  orderThat,
  payOrder,
  placeOrder,
  stockOf,
} from "./shop";

jest.setTimeout(120_000);

const problem = (kind: string) => `urn:storefront:problem:${kind}`;

describeShopping("orders", () => {
  let admin: ShopUser;
  let customer: ShopUser;
  beforeAll(async () => {
    [admin, customer] = await Promise.all([makeAdmin(), ShopUser.make()]);
  });

  /** An order of one whose payment is captured, and seen. */
  async function paidOrder(productId: string) {
    const { orderId } = await placeOrder(customer, productId);
    const { paymentId } = await payOrder(customer, orderId);
    await movePayment(paymentId, "authorize", { outcome: "APPROVED" });
    await movePayment(paymentId, "capture", { all: true });
    await orderThat(customer, orderId, ({ status }) => status === "PAID");
    return { orderId, paymentId };
  }

  it("are browsed for without a sign-in, placed, paid, seen paid, and seen refunded", async () => {
    const category = `test-${newKey().slice(5, 13)}`;
    const productId = await makeProduct(admin, { name: "Yirgacheffe", category, stock: 3 });
    await makeProduct(admin, { name: "Yunnan", category, published: false });

    const browsed = await callShop("GET", `/products?category=${category}`);
    expect(browsed.body["data"]).toEqual([
      expect.objectContaining({ productId, name: "Yirgacheffe", price: 250, currency: "EUR" }),
    ]);

    const items = [{ productId, quantity: 2, price: 250 }];
    const placed = await customer.post("/orders", { items });
    expect(placed.status).toBe(201);
    expect(placed.body).toMatchObject({
      userId: customer.id,
      status: "PENDING",
      version: 1,
      items: [{ productId, name: "Yirgacheffe", quantity: 2, price: 250 }],
      currency: "EUR",
      total: 500,
    });
    expect(await stockOf(admin, productId)).toBe(1);

    const { orderId } = orderIn(placed);
    const { paymentId, ...paying } = await payOrder(customer, orderId);
    expect(paying).toMatchObject({ status: "PAYING" });

    await movePayment(paymentId, "authorize", { outcome: "APPROVED" });
    const captured = await movePayment(paymentId, "capture", { all: true });
    expect(captured.body).toMatchObject({
      userId: customer.id,
      amount: 500,
      currency: "EUR",
      metadata: { orderId },
    });
    const paid = await orderThat(customer, orderId, ({ status }) => status === "PAID");
    expect(paid).toMatchObject({ status: "PAID", paymentId });
    expect(paid).not.toHaveProperty("refundedAmount");

    await movePayment(paymentId, "refund", { amount: 200 });
    const refunded = await orderThat(customer, orderId, (order) => order.refundedAmount === 200);
    expect(refunded).toMatchObject({ status: "PAID", refundedAmount: 200 });
    expect((await customer.get("/orders?limit=1")).body["data"]).toEqual([refunded]);
    // whether the goods came back is the shop's to say
    expect(await stockOf(admin, productId)).toBe(1);
  });

  it("are refunded once all of their payment is", async () => {
    const { orderId, paymentId } = await paidOrder(await makeProduct(admin));
    await movePayment(paymentId, "refund", { all: true });

    expect(await orderThat(customer, orderId, ({ status }) => status === "REFUNDED")).toMatchObject(
      { status: "REFUNDED", refundedAmount: 250 },
    );
  });

  it("are canceled, with their stock back once, when their payment is declined", async () => {
    const productId = await makeProduct(admin, { stock: 5 });
    const { orderId } = await placeOrder(customer, productId, 2);
    const { paymentId } = await payOrder(customer, orderId);
    await movePayment(paymentId, "authorize", { outcome: "DECLINED" });

    expect(await orderThat(customer, orderId, ({ status }) => status === "CANCELED")).toMatchObject(
      { status: "CANCELED" },
    );
    expect(await stockOf(admin, productId)).toBe(5);
  });

  it("cost what their products cost now, whatever the caller adds up", async () => {
    const [first, second] = [
      await makeProduct(admin, { price: 333 }),
      await makeProduct(admin, { price: 1 }),
    ];
    const items = [
      { productId: first, quantity: 2 },
      { productId: second, quantity: 3 },
      { productId: first, quantity: 1 },
    ];
    const placed = orderIn(await customer.post("/orders", { items }));

    expect(placed).toMatchObject({
      total: 1002,
      items: [
        { productId: first, quantity: 3 },
        { productId: second, quantity: 3 },
      ],
    });
    expect([await stockOf(admin, first), await stockOf(admin, second)]).toEqual([7, 7]);
  });

  it("are placed, paid and canceled once a key, and the first response is replayed", async () => {
    const productId = await makeProduct(admin);
    const place = newKey();
    const body = { items: [{ productId, quantity: 1 }] };
    const placed = [await customer.post("/orders", body, place)];
    placed.push(await customer.post("/orders", body, place));
    const { orderId } = orderIn(placed[0] ?? { status: 0, headers: new Headers(), body: {} });
    const pay = newKey();
    const paid = [await customer.post(`/orders/${orderId}/pay`, {}, pay)];
    const cancel = newKey();
    const canceled = [await customer.post(`/orders/${orderId}/cancel`, {}, cancel)];
    canceled.push(await customer.post(`/orders/${orderId}/cancel`, {}, cancel));
    paid.push(await customer.post(`/orders/${orderId}/pay`, {}, pay));
    const another = await customer.post("/orders", { items: [{ productId, quantity: 2 }] }, place);

    for (const [first, second] of [placed, paid, canceled]) {
      expect(second?.body).toEqual(first?.body);
      expect(second?.status).toBe(first?.status);
      expect(first?.headers.get("idempotent-replayed")).toBeNull();
      expect(second?.headers.get("idempotent-replayed")).toBe("true");
    }
    expect(another).toMatchObject({ status: 422, body: { type: problem("idempotency-mismatch") } });
    expect(await stockOf(admin, productId)).toBe(10);
  });

  describe("are refused", () => {
    it("beyond the stock, with what there is, and again under the same key once there is more", async () => {
      const productId = await makeProduct(admin, { stock: 2 });
      const key = newKey();
      const body = { items: [{ productId, quantity: 3 }] };
      const refused = await customer.post("/orders", body, key);
      await admin.post(`/products/${productId}/stock`, { change: 1 });
      const replayed = await customer.post("/orders", body, key);

      expect(refused).toMatchObject({
        status: 409,
        body: {
          type: problem("out-of-stock"),
          products: [{ productId, requested: 3, available: 2 }],
        },
      });
      expect(replayed.body).toEqual(refused.body);
      expect(replayed.headers.get("idempotent-replayed")).toBe("true");
      expect(await stockOf(admin, productId)).toBe(3);
    });

    it("at another price than the caller saw, with that of now", async () => {
      const productId = await makeProduct(admin);
      const changed = await admin.post(`/products/${productId}`, { version: 1, price: 300 });
      const items = [{ productId, quantity: 1, price: 250 }];

      expect(changed.status).toBe(200);
      expect(await customer.post("/orders", { items })).toMatchObject({
        status: 409,
        body: {
          type: problem("price-changed"),
          products: [{ productId, seenPrice: 250, price: 300, currency: "EUR" }],
        },
      });
    });

    it.each([
      ["of a product that is not for sale", { published: false }, "product-unavailable"],
      ["in two currencies", { currency: "USD" }, "mixed-currencies"],
      ["of more than a payment may be", { price: 999_999_999_999 }, "total-exceeded"],
    ])("%s", async (_, more, kind) => {
      const ids = [await makeProduct(admin), await makeProduct(admin, more)];
      const items = ids.map((productId) => ({ productId, quantity: 1 }));

      expect(await customer.post("/orders", { items })).toMatchObject({
        status: 409,
        body: { type: problem(kind) },
      });
      for (const id of ids) expect(await stockOf(admin, id)).toBe(10);
    });

    it("of a product that there is not", async () => {
      const productId = `item_${"0".repeat(32)}`;

      expect(await customer.post("/orders", { items: [{ productId, quantity: 1 }] })).toMatchObject(
        { status: 409, body: { type: problem("product-unavailable") } },
      );
    });
  });

  it("of somebody else are not found, neither to be read, paid nor canceled, nor listed", async () => {
    const { orderId } = await placeOrder(customer, await makeProduct(admin));
    const stranger = await ShopUser.make();
    const responses = [
      await stranger.get(`/orders/${orderId}`),
      await stranger.post(`/orders/${orderId}/pay`),
      await stranger.post(`/orders/${orderId}/cancel`),
      // an administrator of products is none of orders
      await admin.get(`/orders/${orderId}`),
    ];

    for (const response of responses)
      expect(response).toMatchObject({ status: 404, body: { type: problem("order-not-found") } });
    expect((await stranger.get("/orders")).body["data"]).toEqual([]);
    expect((await customer.get(`/orders/${orderId}`)).body).toMatchObject({ status: "PENDING" });
  });

  it("that are paid are neither paid again nor canceled", async () => {
    const { orderId, paymentId } = await paidOrder(await makeProduct(admin));

    for (const action of ["pay", "cancel"])
      expect(await customer.post(`/orders/${orderId}/${action}`)).toMatchObject({
        status: 409,
        body: { type: problem("wrong-status"), currentStatus: "PAID" },
      });
    expect((await customer.get(`/orders/${orderId}`)).body).toMatchObject({ paymentId });
  });

  it("that are asked for twice have one payment", async () => {
    const { orderId } = await placeOrder(customer, await makeProduct(admin));
    const first = await payOrder(customer, orderId);

    expect(await payOrder(customer, orderId)).toEqual(first);
  });

  it("that are canceled are not paid, and a canceled payment ends them", async () => {
    const productId = await makeProduct(admin);
    const { orderId } = await placeOrder(customer, productId);
    const { paymentId } = await payOrder(customer, orderId);
    const canceled = orderIn(await customer.persist(`/orders/${orderId}/cancel`));
    const late = await movePayment(paymentId, "authorize", { outcome: "APPROVED" });

    expect(canceled).toMatchObject({ status: "CANCELED", paymentId });
    expect(late).toMatchObject({ status: 409, body: { currentStatus: "CANCELED" } });
    expect(await customer.post(`/orders/${orderId}/pay`)).toMatchObject({
      status: 409,
      body: { type: problem("wrong-status"), currentStatus: "CANCELED" },
    });
    expect(await stockOf(admin, productId)).toBe(10);
  });
});
