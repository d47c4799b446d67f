import { InvokeCommand } from "@aws-sdk/client-lambda";
import { aws, call, eventually, newKey, persistently, post, text } from "../deployed";
import { itemOf } from "../operations";
import {
  ShopUser,
  describeShopping,
  makeAdmin,
  makeDue,
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

/** Invokes a function as its trigger does: again where it fails. */
async function invoke(functionName: string, event: unknown = {}): Promise<Record<string, unknown>> {
  const { Payload, FunctionError } = await eventually(
    () =>
      aws.lambda.send(
        new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(event) }),
      ),
    (response) => response.FunctionError === undefined,
    60_000,
  );
  const result = new TextDecoder().decode(Payload);
  if (FunctionError !== undefined) throw new Error(result);
  return JSON.parse(result) as Record<string, unknown>;
}

/** The records by which the stream tells of a payment as it is now. */
async function recordsOf(paymentId: string, changes: object = {}) {
  const NewImage = { ...(await itemOf(paymentId)), ...changes };
  const Keys = { transactionId: NewImage["transactionId"], timestamp: NewImage["timestamp"] };
  return [{ eventName: "MODIFY", eventID: newKey(), dynamodb: { Keys, NewImage } }];
}

const settle = (Records: unknown[]) => invoke(text("SettleOrdersLambdaName"), { Records });

const expire = () => invoke(text("ExpireOrdersLambdaName"));

let admin: ShopUser;
let customer: ShopUser;
let productId: string;

/** An order for two of 10, whose payment is authorized. */
async function authorizedOrder() {
  const { orderId } = await placeOrder(customer, productId, 2);
  const { paymentId } = await payOrder(customer, orderId);
  await movePayment(paymentId, "authorize", { outcome: "APPROVED" });
  return { orderId, paymentId };
}

const read = async (orderId: string) => orderIn(await customer.get(`/orders/${orderId}`));
const paymentOf = async (paymentId: string) =>
  (await persistently(() => call("GET", `/payment/${paymentId}`))).body;

function prepare(): void {
  beforeAll(async () => {
    [admin, customer] = await Promise.all([makeAdmin(), ShopUser.make()]);
  });
  beforeEach(async () => {
    productId = await makeProduct(admin, { stock: 10 });
  });
}

describeShopping("however often the stream tells of a payment", () => {
  prepare();

  it("its order is paid once, and an older change alters it no more", async () => {
    const { orderId, paymentId } = await authorizedOrder();
    const before = await recordsOf(paymentId);
    await movePayment(paymentId, "capture", { all: true });
    const paid = await orderThat(customer, orderId, ({ status }) => status === "PAID");
    const records = await recordsOf(paymentId);
    const summaries = [
      await settle(records),
      await settle([...records, ...records, ...before]),
      ...(await Promise.all(numbers(8).map(() => settle(records)))),
    ];

    for (const summary of summaries)
      expect(summary).toMatchObject({ ignored: 0, differences: 0, malformed: 0 });
    expect(await read(orderId)).toEqual(paid);
    expect(await stockOf(admin, productId)).toBe(8);
  });

  it("its order's stock returns once when it was declined", async () => {
    const { orderId } = await placeOrder(customer, productId, 2);
    const { paymentId } = await payOrder(customer, orderId);
    await movePayment(paymentId, "authorize", { outcome: "DECLINED" });
    const records = await recordsOf(paymentId);
    // beside the stream itself
    await Promise.all(numbers(8).map(() => settle(records)));
    const { status } = await orderThat(customer, orderId, (one) => one.status !== "PAYING");
    await settle(records);

    expect(status).toBe("CANCELED");
    expect(await stockOf(admin, productId)).toBe(10);
  });

  it("a refund that comes before the capture shows both", async () => {
    const { orderId, paymentId } = await authorizedOrder();
    await movePayment(paymentId, "capture", { all: true });
    const captured = await recordsOf(paymentId);
    await movePayment(paymentId, "refund", { amount: 100 });
    const refunded = await recordsOf(paymentId);
    await settle(refunded);
    await settle(captured);

    expect(await read(orderId)).toMatchObject({ status: "PAID", refundedAmount: 100 });
  });
});

describeShopping("a payment that only says that it is an order's", () => {
  prepare();

  it.each([
    ["of another amount", { amount: 1 }],
    ["in another currency", { currency: "USD" }],
    ["of another user", { userId: "somebody-else" }],
    ["of the same, beside its own", {}],
  ])("%s changes nothing of it", async (_, changes) => {
    const { orderId, paymentId } = await authorizedOrder();
    const before = await read(orderId);
    const forged = await post("/payment", {
      userId: customer.id,
      amount: before.total,
      currency: "EUR",
      metadata: { orderId },
      ...changes,
    });
    const id = String(forged.body["transactionId"]);
    await movePayment(id, "authorize", { outcome: "APPROVED" });
    await movePayment(id, "capture", { all: true });

    expect(await settle(await recordsOf(id))).toMatchObject({ settled: 0, differences: 1 });
    expect(await read(orderId)).toEqual(before);
    expect(before).toMatchObject({ status: "PAYING", paymentId });
  });

  it("does not pay an order that nobody has begun to pay, nor one that does not exist", async () => {
    const order = await placeOrder(customer, productId);
    for (const orderId of [order.orderId, `ord_${"0".repeat(32)}`]) {
      const forged = await post("/payment", {
        userId: customer.id,
        amount: order.total,
        currency: "EUR",
        metadata: { orderId },
      });
      const id = String(forged.body["transactionId"]);
      await movePayment(id, "authorize", { outcome: "APPROVED" });
      await movePayment(id, "capture", { all: true });

      expect(await settle(await recordsOf(id))).toMatchObject({ settled: 0, differences: 1 });
    }
    expect(await read(order.orderId)).toEqual(order);
  });

  it("does not pay it in part", async () => {
    const { orderId, paymentId } = await authorizedOrder();
    await movePayment(paymentId, "capture", { amount: 499 });

    expect(await settle(await recordsOf(paymentId))).toMatchObject({ settled: 0, differences: 1 });
    expect(await read(orderId)).toMatchObject({ status: "PAYING" });
  });

  it("keeps no others: a record that cannot be read is left out", async () => {
    const { orderId, paymentId } = await authorizedOrder();
    await movePayment(paymentId, "capture", { all: true });
    const malformed = await recordsOf(paymentId, { amount: { S: "much" } });
    const summary = await settle([...malformed, ...(await recordsOf(paymentId))]);

    expect(summary).toMatchObject({ settled: 1, malformed: 1 });
    expect(await read(orderId)).toMatchObject({ status: "PAID" });
  });
});

describeShopping("an order that nobody pays in time", () => {
  prepare();

  it("expires, its payment is canceled where there is one, and its stock returns once", async () => {
    const pending = await placeOrder(customer, productId, 3);
    const { orderId, paymentId } = await authorizedOrder();
    await Promise.all([pending.orderId, orderId].map(makeDue));
    await Promise.all(numbers(3).map(expire));
    await expire();

    expect(await read(pending.orderId)).toMatchObject({ status: "EXPIRED" });
    expect(await read(orderId)).toMatchObject({ status: "EXPIRED", paymentId });
    expect(await paymentOf(paymentId)).toMatchObject({ status: "CANCELED" });
    expect(await stockOf(admin, productId)).toBe(10);
    for (const id of [pending.orderId, orderId])
      expect(await customer.post(`/orders/${id}/pay`)).toMatchObject({
        status: 409,
        body: { currentStatus: "EXPIRED" },
      });
  });

  it("is not to be paid any more, before it was expired either", async () => {
    const { orderId } = await placeOrder(customer, productId);
    await makeDue(orderId);

    expect(await customer.post(`/orders/${orderId}/pay`)).toMatchObject({
      status: 409,
      body: { type: "urn:storefront:problem:wrong-status", currentStatus: "EXPIRED" },
    });
  });

  it("and whose payment is captured at that moment is paid, or expired with its payment canceled; never both", async () => {
    const orders = await Promise.all(numbers(10).map(authorizedOrderOfOwn));
    await Promise.all(orders.map(({ orderId }) => makeDue(orderId)));
    const captures = orders.map(async ({ paymentId }, i) => {
      await new Promise((resolve) => setTimeout(resolve, i * 30));
      return movePayment(paymentId, "capture", { all: true });
    });
    await Promise.all([expire(), ...captures, expire()]);
    await expire();
    const outcomes = await Promise.all(
      orders.map(async ({ orderId, paymentId }, i) => {
        const order = await orderThat(customer, orderId, ({ status }) => status !== "PAYING");
        const payment = await paymentOf(paymentId);
        return [(await captures[i])?.status, payment["status"], order.status].join(" ");
      }),
    );

    expect(new Set([...outcomes, ...possible])).toEqual(new Set(possible));
    for (const [i, { product }] of orders.entries())
      expect(await stockOf(admin, product)).toBe(outcomes[i] === possible[0] ? 8 : 10);
  });

  const possible = ["200 CAPTURED PAID", "409 CANCELED EXPIRED"];

  /** With a product of its own, whose stock tells how it ended. */
  async function authorizedOrderOfOwn() {
    const product = await makeProduct(admin, { stock: 10 });
    const { orderId } = await placeOrder(customer, product, 2);
    const { paymentId } = await payOrder(customer, orderId);
    await movePayment(paymentId, "authorize", { outcome: "APPROVED" });
    return { orderId, paymentId, product };
  }

  it("and is paid for, canceled and expired at once ends in one way", async () => {
    const { orderId } = await placeOrder(customer, productId, 2);
    await makeDue(orderId);
    const [paid] = await Promise.all([
      persistently(() => customer.post(`/orders/${orderId}/pay`)),
      expire(),
      persistently(() => customer.post(`/orders/${orderId}/cancel`)),
    ]);
    const { status } = await read(orderId);

    expect(paid.status).toBe(409);
    expect(["CANCELED", "EXPIRED"]).toContain(status);
    expect(await stockOf(admin, productId)).toBe(10);
  });
});
