import { randomUUID } from "node:crypto";
import { DeleteItemCommand, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod";
import type { StoredOrder } from "../../lib/lambda/storefront/domain/order";
import { DynamoDbOrderStore } from "../../lib/lambda/storefront/store/dynamodb-order-store";
import { aws, describeWithPayments, eventually, isLocal, newKey, post, text } from "./deployed";
import { alarmState, command, resetAlarm } from "./operations";

jest.setTimeout(180_000);

/** On AWS a metric takes minutes to reach its alarm. */
const locally = isLocal ? it : it.skip;

const minute = 60_000;
/** Old enough to be compared by the next run: orders expire after 30 minutes here, and may be an hour late. */
const decidedAge = 100 * minute;

const reportSchema = z.object({
  checked: z.int(),
  healed: z.int(),
  failed: z.literal(0),
  differenceCount: z.int(),
  differences: z.array(
    z.object({ orderId: z.string(), paymentId: z.string().optional(), reason: z.string() }),
  ),
  slice: z.object({ index: z.int(), of: z.int() }),
  complete: z.literal(true),
});

/** A comparison of orders with their payments; others may have differences, too. */
async function reconcile(...more: readonly string[]) {
  const { code, stdout } = await command("reconcile", ["--orders", "--json", ...more]);
  const report = reportSchema.parse(JSON.parse(stdout));
  expect(code).toBe(report.differenceCount === 0 ? 0 : 1);
  return {
    ...report,
    of: (id: string) => report.differences.filter(({ orderId }) => orderId === id),
  };
}

const TableName = text("OrdersTableName");
const hex = () => randomUUID().replaceAll("-", "");
const made: string[] = [];

/** Writes an order of 2000 EUR cents directly, not by the shop. */
async function putOrder(order: Partial<StoredOrder> = {}): Promise<string> {
  const all: StoredOrder = {
    orderId: `ord_${hex()}`,
    userId: "customer-1",
    createdAt: Date.now() - decidedAge,
    // so that nobody ends it meanwhile
    expiresAt: Date.now() + 24 * 60 * minute,
    status: "PAYING",
    version: 2,
    items: [{ productId: `item_${hex()}`, name: "Beans", quantity: 2, price: 1000 }],
    currency: "EUR",
    total: 2000,
    ...order,
  };
  made.push(all.orderId);
  await aws.dynamoDb.send(
    new PutItemCommand({ TableName, Item: marshall(all, { removeUndefinedValues: true }) }),
  );
  return all.orderId;
}

async function orderOf(orderId: string): Promise<Record<string, unknown>> {
  const { Item = {} } = await aws.dynamoDb.send(
    new GetItemCommand({ TableName, Key: marshall({ orderId }), ConsistentRead: true }),
  );
  return unmarshall(Item);
}

const deleteOrder = (orderId: string) =>
  aws.dynamoDb.send(new DeleteItemCommand({ TableName, Key: marshall({ orderId }) }));

afterEach(async () => {
  for (const orderId of made.splice(0)) await deleteOrder(orderId);
});

const bodies = { authorize: { outcome: "APPROVED" }, capture: { all: true }, cancel: {} };
type Actions = readonly (keyof typeof bodies)[];

/** A payment of 2000 EUR cents for an order, brought to a status by actions. */
async function payment(orderId: string, ...actions: Actions): Promise<string> {
  const body = { userId: "customer-1", amount: 2000, currency: "EUR", metadata: { orderId } };
  const id = String((await post("/payment", body)).body["transactionId"]);
  for (const action of actions) await post(`/payment/${id}/${action}`, bodies[action], newKey());
  return id;
}

/** Waits until the stream has settled an order, and sets it back to before. */
async function unheard(order: Partial<StoredOrder>, ...actions: Actions): Promise<string> {
  const orderId = await putOrder(order);
  const paymentId = await payment(orderId, ...actions);
  const settled = await eventually(
    () => orderOf(orderId),
    ({ status }) => status !== "PAYING",
    60_000,
  );
  expect(settled).toMatchObject({ paymentId, version: 4 });
  return putOrder({ ...order, orderId, paymentId, paymentVersion: 1 });
}

/** The slice of all orders that an order is in. */
async function sliceOf(orderId: string, of: number): Promise<number> {
  const tables = { orders: TableName, products: "", idempotency: "" };
  const store = new DynamoDbOrderStore(aws.dynamoDb, tables, Date.now);
  const slices = await Promise.all(
    Array.from({ length: of }, (_, index) => store.slice({ index, of }, undefined)),
  );
  return slices.findIndex(({ orders }) => orders.some((one) => one.orderId === orderId));
}

describeWithPayments("the reconciliation of orders", () => {
  it("settles an order that has not heard of its payment, and finds nothing wrong then", async () => {
    const orderId = await unheard({}, "authorize", "capture");
    const first = await reconcile();
    const second = await reconcile();

    expect(first.healed).toBeGreaterThan(0);
    expect([...first.of(orderId), ...second.of(orderId)]).toEqual([]);
    expect(await orderOf(orderId)).toMatchObject({ status: "PAID", version: 3, paymentVersion: 3 });
  });

  it("returns the stock of an order that has not heard that its payment was canceled", async () => {
    const product = { productId: `item_${hex()}`, name: "Beans", price: 1000 };
    const products = { TableName: text("ProductsTableName") };
    await aws.dynamoDb.send(
      new PutItemCommand({ ...products, Item: marshall({ ...product, stock: 5, version: 1 }) }),
    );
    // by the stream
    const orderId = await unheard({ items: [{ ...product, quantity: 2 }] }, "cancel");
    await reconcile();
    await reconcile();
    const Key = marshall({ productId: product.productId });
    const { Item = {} } = await aws.dynamoDb.send(new GetItemCommand({ ...products, Key }));
    await aws.dynamoDb.send(new DeleteItemCommand({ ...products, Key }));

    expect(await orderOf(orderId)).toMatchObject({ status: "CANCELED", version: 3 });
    expect(unmarshall(Item)).toMatchObject({ stock: 5 + 2 + 2, version: 1 });
  });

  it("reports a paid order whose payment is not captured, by its id, until it is gone", async () => {
    const orderId = `ord_${hex()}`;
    const paymentId = await payment(orderId, "authorize");
    await putOrder({ orderId, paymentId, paymentVersion: 2, status: "PAID" });
    const wrong = await reconcile();
    const { code, stdout } = await command("reconcile", ["--orders"]);
    await deleteOrder(orderId);

    expect(wrong.of(orderId)).toEqual([{ orderId, paymentId, reason: "not-captured" }]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/\d+ orders compared, .* 0 could not be compared, [1-9]\d* differences/);
    expect(stdout).toMatch(new RegExp(`${orderId} .* ${paymentId} .* not-captured`));
    expect((await reconcile()).of(orderId)).toEqual([]);
  });

  locally("reports an order of last year when its slice has its turn, and not before", async () => {
    const createdAt = Date.now() - 365 * 24 * 60 * minute;
    const orderId = await putOrder({ createdAt, expiresAt: createdAt, status: "REFUNDED" });
    const { slice } = await reconcile();
    const index = await sliceOf(orderId, slice.of);
    const its = await reconcile("--slice", String(index));
    const others = await reconcile("--slice", String((index + 1) % slice.of));

    expect(its.slice).toEqual({ index, of: slice.of });
    expect(its.of(orderId)).toEqual([{ orderId, reason: "no-payment" }]);
    expect(others.of(orderId)).toEqual([]);
  });

  locally("raises the alarm", async () => {
    const orderId = await putOrder({ status: "PAID" });
    await resetAlarm("order-reconciliation-differences");
    await reconcile();
    const state = await alarmState("order-reconciliation-differences");
    await deleteOrder(orderId);

    expect(state).toBe("ALARM");
  });

  it("refuses a slice that there is not", async () => {
    const { code, stderr } = await command("reconcile", ["--slice", "35039"]);

    expect(code).toBe(2);
    expect(stderr).toContain("slice");
  });
});
