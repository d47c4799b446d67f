import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { Logger } from "@aws-lambda-powertools/logger";
import { mockClient } from "aws-sdk-client-mock";
import { assumedOf } from "../../../../lib/cost/usage";
import type { Given } from "../../../../lib/cost/assumption";
import type { Payment } from "../../../../lib/lambda/storefront/domain/payment";
import type { Product } from "../../../../lib/lambda/storefront/domain/product";
import type { UserProfile } from "../../../../lib/lambda/storefront/domain/user";
import { orderEndpoints } from "../../../../lib/lambda/storefront/orders/endpoints";
import { DynamoDbOrderStore } from "../../../../lib/lambda/storefront/store/dynamodb-order-store";
import { toProductItem } from "../../../../lib/lambda/storefront/store/product-item";
import { paymentsUsage } from "../../../../lib/modules/payments/usage";
import { paymentAssumptions } from "../../../../lib/modules/payments/usage-assumptions";
import { ordersTable } from "../../../../lib/modules/storefront/tables";
import { storefrontUsage } from "../../../../lib/modules/storefront/usage";
import { storefrontAssumptions } from "../../../../lib/modules/storefront/usage-assumptions";
import { StorefrontHarness, signedIn } from "../../lambda/storefront/harness";
import { itemBytes } from "../item-bytes";

type Item = Record<string, AttributeValue>;

const now = 1_760_000_000_000;
const user = "f8c1a2b3-0c1d-4e2f-8a3b-0123456789ab";
const orderId = `ord_${"a".repeat(32)}`;
const products: readonly Product[] = [1, 2, 3, 4, 5].map((n) => ({
  productId: `item_${String(n).repeat(32)}`,
  name: "Espresso beans, 1 kg",
  description: "d".repeat(200),
  category: "coffee",
  price: 12_99,
  currency: "EUR",
  stock: 1000,
  published: true,
  version: 3,
  createdAt: now,
  updatedAt: now,
}));
const profile: UserProfile = {
  userId: user,
  email: "anna.arndt@shop.example",
  name: "Anna Arndt",
  address: {
    line1: "Lange Strasse 12",
    line2: "Hinterhaus",
    postalCode: "10115",
    city: "Berlin",
    country: "DE",
  },
};

const dynamoDb = mockClient(DynamoDBClient);
const payment: Payment = {
  transactionId: `pay_${"b".repeat(32)}`,
  userId: user,
  amount: 5 * 12_99,
  currency: "EUR",
  status: "PENDING",
  version: 1,
};
const nothing = () => Promise.reject(new Error("nothing is canceled or read here"));
const shop = new StorefrontHarness(
  orderEndpoints({
    store: new DynamoDbOrderStore(
      new DynamoDBClient({}),
      { orders: "orders", products: "products", idempotency: "idempotency" },
      () => now,
    ),
    payments: {
      create: () => Promise.resolve(payment),
      cancel: nothing,
      read: nothing,
      find: nothing,
    },
    authorization: "COGNITO_USER_POOLS",
    now: () => now,
    newId: () => orderId,
    expiryMinutes: 30,
  }),
);
const context = signedIn(user);

/** The operations of the transactions, in turn. */
const operations = () =>
  dynamoDb
    .commandCalls(TransactWriteItemsCommand)
    .flatMap(({ args }) => args[0].input.TransactItems ?? []);
const writtenTo = (table: string): Item[] =>
  operations().flatMap(({ Put }) => (Put?.TableName === table ? [{ ...Put.Item }] : []));
/** Consistent reads of single items, by table. */
const readFrom = (table: string) =>
  dynamoDb
    .commandCalls(GetItemCommand)
    .filter(({ args }) => args[0].input.TableName === table && args[0].input.ConsistentRead);

/** Places an order of five products; resolves to its item. */
async function placed(): Promise<Item> {
  dynamoDb.reset();
  dynamoDb
    .on(BatchGetItemCommand)
    .resolves({ Responses: { products: products.map(toProductItem) } });
  dynamoDb.on(TransactWriteItemsCommand).resolves({});
  const items = products.map(({ productId }) => ({ productId, quantity: 1 }));
  const { status } = await shop.post("/orders", { context, body: { items } });
  expect(status).toBe(201);
  return writtenTo("orders")[0] ?? {};
}

/** Places an order, and asks for its payment. */
async function paid(): Promise<void> {
  const order = await placed();
  dynamoDb.reset();
  dynamoDb.on(GetItemCommand, { TableName: "idempotency" }).resolves({});
  dynamoDb.on(GetItemCommand, { TableName: "orders" }).resolves({ Item: order });
  dynamoDb.on(TransactWriteItemsCommand).resolves({});
  const { status } = await shop.post(`/orders/${orderId}/pay`, { context });
  expect(status).toBe(200);
}

/** An assumption of bytes that is not below what was measured, and little above it. */
function expectAbout(assumed: { readonly value: number }, bytes: number): void {
  expect(assumed.value).toBeGreaterThanOrEqual(bytes);
  expect(assumed.value).toBeLessThan(bytes * 1.5);
}

describe("what is assumed of the storefront", () => {
  it("takes an order's item for no smaller and little larger than it is, and its keys", async () => {
    const item = await placed();
    const { StatusIndex } = ordersTable.indexes;
    const keys = [ordersTable.key.hash, StatusIndex.hash, StatusIndex.range];
    const ofKeys: Item = Object.fromEntries(
      keys.map(({ name }) => [name, item[name] ?? { NULL: true }] as const),
    );

    const linked = {
      ...item,
      ...marshall({ paymentId: payment.transactionId, paymentVersion: 3 }),
    };
    expectAbout(storefrontAssumptions.orderItemBytes, itemBytes(linked));
    expectAbout(storefrontAssumptions.orderKeyBytes, itemBytes(ofKeys));
  });

  it("takes products and users for no smaller and little larger than they are", () => {
    expectAbout(
      storefrontAssumptions.productItemBytes,
      Math.max(...products.map((product) => itemBytes(toProductItem(product)))),
    );
    expectAbout(storefrontAssumptions.userItemBytes, itemBytes(marshall(profile)));
  });

  it.each([
    ["placing", placed],
    ["paying", paid],
  ])(
    "takes the record of %s an order for no smaller than it is, and for less than 2 KB: four units",
    async (_, work) => {
      await work();
      const records = writtenTo("idempotency");
      expect(records).toHaveLength(1);
      const bytes = itemBytes(records[0] ?? {});
      expectAbout(storefrontAssumptions.shopRecordBytes, bytes);
      const units = 2 * Math.ceil(bytes / 1024);
      expect(storefrontAssumptions.shopRecordWriteUnits.value).toBe(units);
    },
  );

  it("has one read of a record, of up to 4 KB, for each request to pay, and none to place", async () => {
    await placed();
    expect(readFrom("idempotency")).toHaveLength(0);
    await paid();
    expect(readFrom("idempotency")).toHaveLength(storefrontAssumptions.shopRecordReadUnits.value);
  });

  it("takes what an invocation logs for no more than the payments' does, with Lambda's lines", async () => {
    const written = jest.spyOn(process.stdout, "write").mockReturnValue(true);
    try {
      await paid();
      const logger = new Logger({ serviceName: "payments-dev-orders" });
      for (const { message, extra } of shop.log.slice(-1))
        logger.info(String(message), { ...(typeof extra === "object" ? extra : {}) });
      const own = String(written.mock.calls.at(-1)?.[0]);
      expect(own).toContain('"route":"/orders/{id}/pay"');

      const requestId = "11111111-2222-3333-4444-555555555555";
      const time = "2026-01-01T00:00:00.000Z";
      const trace = `Root=1-${"a".repeat(8)}-${"b".repeat(24)};Parent=${"c".repeat(16)};Sampled=1`;
      const start = { time, type: "platform.start", record: { requestId, version: "$LATEST" } };
      const report = {
        ...{ time, type: "platform.report" },
        record: {
          requestId,
          metrics: {
            ...{ durationMs: 20.123, billedDurationMs: 21, initDurationMs: 150.123 },
            ...{ memorySizeMB: 512, maxMemoryUsedMB: 100 },
          },
          tracing: { spanId: "d".repeat(16), type: "X-Amzn-Trace-Id", value: trace },
          status: "success",
        },
      };
      // of each line CloudWatch Logs takes 26 bytes more
      const bytes = [own, JSON.stringify(start), JSON.stringify(report)].reduce(
        (sum, line) => sum + line.length + 26,
        0,
      );
      expect(bytes).toBeLessThanOrEqual(paymentAssumptions.requestLogBytes.value);
      expect(bytes).toBeGreaterThan(paymentAssumptions.requestLogBytes.value / 2);
    } finally {
      written.mockRestore();
    }
  });
});

/** With a function that compares orders as often as given, or none. */
const usage = (given: Given = {}, reconciliation?: Readonly<Record<string, string>>) =>
  storefrontUsage.usageOf(assumedOf([paymentsUsage, storefrontUsage], given), (_, place) =>
    place === "reconcile-orders/function" && reconciliation !== undefined
      ? { environment: { variables: reconciliation } }
      : undefined,
  );

describe("what the storefront uses", () => {
  it("is none but the search for orders to be ended while nobody orders", () => {
    const idle = usage({ ordersPerMonth: 0 });
    const invocations = Object.entries(idle["aws:lambda/function:Function"] ?? {}).flatMap(
      ([place, use]) => (use.invocations > 0 ? [place] : []),
    );

    expect(invocations).toEqual(["expire-orders/function"]);
    expect(idle["aws:apigateway/stage:Stage"]).toEqual({
      "shop-api/stage": { requests: 0 },
      "api/stage": { requests: 0 },
    });
    expect(idle["aws:apigateway/methodSettings:MethodSettings"]).toEqual({
      "shop-api/method-settings": { methodsCalled: 0 },
    });
    expect(idle["aws:cognito/userPool:UserPool"]).toEqual({
      "shop-users/pool": { activeUsers: 0 },
    });
  });

  it("is a search in five minutes, each 200 ms", () => {
    expect(usage()["aws:lambda/function:Function"]?.["expire-orders/function"]).toEqual({
      ...{ invocations: 8760, milliseconds: 8760 * 200, traced: 8760, metrics: 1 },
    });
  });

  it("grows with the orders, and with what customers look at", () => {
    const some = usage({ ordersPerMonth: 1000, browsesPerOrder: 20 });

    expect(some["aws:apigateway/stage:Stage"]).toMatchObject({
      "shop-api/stage": { requests: 1000 * (20 + 4 + 2) },
    });
    const functions = some["aws:lambda/function:Function"];
    expect(functions?.["orders/function"]).toMatchObject({
      ...{ invocations: 4000, milliseconds: 4000 * 20 + 1000 * 80 },
    });
  });

  it("of the payments' stream are two changes of each order's payment, and of no other's", () => {
    const given = { ordersPerMonth: 10, paymentsPerMonth: 1000, writesPerPayment: 3 };
    const some = usage(given);

    expect(some["aws:lambda/eventSourceMapping:EventSourceMapping"]).toEqual({
      "orders-stream/mapping": { records: 20 },
    });
    expect(some["aws:lambda/function:Function"]?.["settle-orders/function"]).toMatchObject({
      ...{ invocations: 20, traced: 20 },
    });
  });

  it("compares each order twice, and all that are stored once in the days of a sweep", () => {
    const given = { ordersPerMonth: 1000, months: 12 };
    const hourly = usage(given, { EVERY_MINUTES: "60", SWEEP_DAYS: "10" });
    const requests = hourly["aws:apigateway/stage:Stage"]?.["api/stage"]?.requests ?? 0;
    const functions = hourly["aws:lambda/function:Function"];
    const runs = functions?.["reconcile-orders/function"];

    expect(requests).toBeCloseTo(2 * 1000 + (730 / 240) * 12_000);
    expect(functions?.["payment/function"]?.invocations).toBe(requests);
    expect(runs).toMatchObject({ invocations: 730, metrics: 3 });
    expect(runs?.milliseconds).toBeCloseTo(730 * 200 + 4 * requests);
  });

  it("of tables is what they store, and of that of the responses two records an order for a day", () => {
    const given = { ordersPerMonth: 3000, months: 2, activeUsersPerOrder: 1, productCount: 10 };
    const tables = usage(given)["aws:dynamodb/table:Table"];
    const free = { writeUnits: 0, readUnits: 0 };

    expect(tables).toEqual({
      "products-table/products": { ...free, tableBytes: 6000, indexBytes: 6000 },
      "orders-table/orders": { ...free, tableBytes: 6000 * 1200, indexBytes: 6000 * 1400 },
      "users-table/users": { ...free, tableBytes: 6000 * 400, indexBytes: 6000 * 400 },
      "shop-answers/shop-idempotency": {
        ...{ writeUnits: 6000 * 4, readUnits: 3000 },
        ...{ tableBytes: 200 * 1500, indexBytes: 0 },
      },
    });
  });

  it("counts the users of a pool whose users sign in", () => {
    const some = usage({ ordersPerMonth: 1000, activeUsersPerOrder: 0.5 });
    expect(some["aws:cognito/userPool:UserPool"]).toEqual({
      "shop-users/pool": { activeUsers: 500 },
    });
  });
});
