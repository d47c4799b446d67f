import { assumedOf } from "../../../../lib/cost/usage";
import type { Given } from "../../../../lib/cost/assumption";
import type { Payment } from "../../../../lib/lambda/payments/domain/payment";
import { toItem } from "../../../../lib/lambda/payments/store/payment-item";
import { recordItem } from "../../../../lib/lambda/http/idempotency/record";
import { keyedRequest } from "../../../../lib/lambda/http/idempotency/request";
import { paymentsUsage } from "../../../../lib/modules/payments/usage";
import { paymentAssumptions } from "../../../../lib/modules/payments/usage-assumptions";
import { itemBytes } from "../item-bytes";

const payment: Payment = {
  transactionId: `pay_${"a".repeat(32)}`,
  timestamp: 1_760_000_000_000,
  userId: "user-0123456789",
  amount: 1_299_00,
  currency: "EUR",
  status: "CAPTURED",
  version: 3,
  description: "Order 4711, two items",
  capturedAmount: 1_299_00,
};

describe("what is assumed of payments", () => {
  it("takes a payment's item for no smaller and little larger than it is", () => {
    const bytes = itemBytes(toItem(payment, 0));
    expect(paymentAssumptions.paymentItemBytes.value).toBeGreaterThanOrEqual(bytes);
    expect(paymentAssumptions.paymentItemBytes.value).toBeLessThan(bytes * 1.5);
  });

  it("takes a key's record for no smaller and little larger than it is, and both for less than 1 KB", () => {
    const { keyHash, requestHash } = keyedRequest("a-key", "create", payment);
    const response = { requestHash, statusCode: 201, body: JSON.stringify(payment) };
    const bytes = itemBytes(recordItem(keyHash, response, payment.timestamp));
    expect(paymentAssumptions.idempotencyItemBytes.value).toBeGreaterThanOrEqual(bytes);
    expect(paymentAssumptions.idempotencyItemBytes.value).toBeLessThan(bytes * 1.5);
    expect(bytes).toBeLessThan(1024);
  });

  it("takes an audit document for no smaller and little larger than it is", () => {
    const change = { paymentId: payment.transactionId, version: 3, kind: "captured" };
    const document = { ...change, occurredAt: new Date(0), before: payment, after: payment };
    const bytes = JSON.stringify(document).length;
    expect(paymentAssumptions.auditDocumentBytes.value).toBeGreaterThanOrEqual(bytes);
    expect(paymentAssumptions.auditDocumentBytes.value).toBeLessThan(bytes * 2);
  });
});

/** What payments use in a stack whose reconcile function has this environment. */
function usageOf(given: Given, environment?: unknown) {
  return paymentsUsage.usageOf(assumedOf([paymentsUsage], given), (type, place) =>
    type === "aws:lambda/function:Function" && place === "reconcile/function"
      ? { environment }
      : undefined,
  );
}

const variables = (values: Readonly<Record<string, string>>) => ({ variables: values });

describe("what payments use", () => {
  const tables = (given: Given, environment?: unknown) =>
    usageOf(given, environment)["aws:dynamodb/table:Table"] ?? {};
  const functions = (given: Given, environment?: unknown) =>
    usageOf(given, environment)["aws:lambda/function:Function"] ?? {};

  it("of their table are write units for item and indexes, and all that was ever made", () => {
    const given = { paymentsPerMonth: 1e6, readsPerPayment: 5, months: 2 };
    expect(tables(given)["table/transactions"]).toEqual({
      writeUnits: (4 + 5 + 5) * 1e6,
      readUnits: (1 + 1 + 5) * 1e6,
      tableBytes: 800e6,
      indexBytes: 1600e6,
    });
  });

  it("of the idempotency table are two units a write, and a response for a day", () => {
    const { writeUnits, readUnits, tableBytes } = {
      ...tables({ paymentsPerMonth: 1e6, months: 12 })["answers/idempotency"],
    };
    expect([writeUnits, readUnits]).toEqual([6e6, 2e6]);
    expect(tableBytes).toBeCloseTo(60e6, 3);
  });

  it("are comparisons of a payment when it changes, and of everything in each sweep", () => {
    const reads = (kept: number, environment?: unknown) =>
      tables(
        {
          paymentsPerMonth: 1000,
          months: kept / 1000,
          writesPerPayment: 1,
          readsPerPayment: 0,
        },
        environment,
      )["table/transactions"]?.readUnits;
    const weekly = variables({ SWEEP_DAYS: "7" });
    const sweeps = 730 / 24 / 7;

    for (const nothing of [undefined, {}, variables({})]) expect(reads(1000, nothing)).toBe(0);
    expect(reads(8192, weekly)).toBeCloseTo(1500 + sweeps * (400 + 4096), 3);
    expect(reads(81_920, weekly)).toBeCloseTo(1500 + sweeps * (4000 + 40_960), 3);
  });

  it("of the audit bucket are a document for each write, listed in thousands; dead letters are none", () => {
    const buckets = usageOf({ paymentsPerMonth: 1000, months: 2 })["aws:s3/bucket:Bucket"];
    expect(buckets?.["audit/bucket"]).toEqual({ writes: 3000, listings: 3, bytes: 6e6 });
    expect(buckets?.["dead-letters/bucket"]).toEqual({ writes: 0, listings: 0, bytes: 0 });
  });

  it("of the database are the ledger's rows of every payment", () => {
    const databases = usageOf({ paymentsPerMonth: 10, months: 6 })["aws:rds/instance:Instance"];
    expect(databases).toEqual({ "database/instance": { bytes: 60 * 1500 } });
  });

  it("are invocations by what each function is for: by request, by write and by schedule", () => {
    const given = { paymentsPerMonth: 10, readsPerPayment: 2, accountsRequestsPerPayment: 1 };
    const found = functions(given, variables({ EVERY_MINUTES: "60" }));
    expect(found["payment/function"]).toMatchObject({ invocations: 50, milliseconds: 3000 });
    expect(found["accounts/function"]).toMatchObject({ invocations: 10, milliseconds: 300 });
    expect(found["ledger/function"]).toMatchObject({ invocations: 30, traced: 30 });
    expect(found["reconcile/function"]).toMatchObject({ invocations: 730, metrics: 4 });
    expect(found["migrate/function"]).toMatchObject({ invocations: 20, milliseconds: 100_000 });
  });

  it("are metrics of comparisons only where a schedule makes some", () => {
    expect(functions({})["reconcile/function"]).toMatchObject({ invocations: 0, metrics: 0 });
  });

  it("are no method's metrics in a month without requests", () => {
    const methods = (given: Given) =>
      usageOf(given)["aws:apigateway/methodSettings:MethodSettings"];
    expect(methods({})).toEqual({ "api/method-settings": { methodsCalled: 4 } });
    expect(methods({ paymentsPerMonth: 0 })).toEqual({
      "api/method-settings": { methodsCalled: 0 },
    });
  });
});
