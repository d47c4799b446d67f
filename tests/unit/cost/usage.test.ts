import type { Payment } from "../../../lib/lambda/payments/domain/payment";
import { assumptionNames, assumptions, usageWith } from "../../../lib/cost/usage";
import { traces, workload } from "../../../lib/cost/workload";
import { toItem } from "../../../lib/lambda/payments/store/payment-item";
import type { Item } from "../../../lib/lambda/payments/store/payment-item";
import { recordItem } from "../../../lib/lambda/http/idempotency/record";
import { keyedRequest } from "../../../lib/lambda/http/idempotency/request";

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

/** Bytes that DynamoDB charges for an item: names and values, and 100 for its being there and in an index. */
function itemBytes(item: Item): number {
  const sizes = Object.entries(item).map(
    ([name, value]) => name.length + String(Object.values(value)[0]).length,
  );
  return sizes.reduce((sum, size) => sum + size, 100);
}

describe("the assumptions", () => {
  it("each have a unit, a meaning and a reason", () => {
    for (const name of assumptionNames)
      for (const text of [
        assumptions[name].unit,
        assumptions[name].what,
        assumptions[name].because,
      ])
        expect(text).not.toBe("");
  });

  it("take a payment's item for no smaller and little larger than it is", () => {
    const bytes = itemBytes(toItem(payment, 0));
    expect(assumptions.paymentItemBytes.value).toBeGreaterThanOrEqual(bytes);
    expect(assumptions.paymentItemBytes.value).toBeLessThan(bytes * 1.5);
  });

  it("take a key's record for no smaller and little larger than it is, and both for less than 1 KB", () => {
    const { keyHash, requestHash } = keyedRequest("a-key", "create", payment);
    const answer = { requestHash, statusCode: 201, body: JSON.stringify(payment) };
    const bytes = itemBytes(recordItem(keyHash, answer, payment.timestamp));
    expect(assumptions.idempotencyItemBytes.value).toBeGreaterThanOrEqual(bytes);
    expect(assumptions.idempotencyItemBytes.value).toBeLessThan(bytes * 1.5);
    expect(bytes).toBeLessThan(1024);
  });

  it("take an audit document for no smaller and little larger than it is", () => {
    const change = { paymentId: payment.transactionId, version: 3, kind: "captured" };
    const document = { ...change, occurredAt: new Date(0), before: payment, after: payment };
    const bytes = JSON.stringify(document).length;
    expect(assumptions.auditDocumentBytes.value).toBeGreaterThanOrEqual(bytes);
    expect(assumptions.auditDocumentBytes.value).toBeLessThan(bytes * 2);
  });

  it("keep their value where nothing else is given", () => {
    const usage = usageWith({ months: 3, readsPerPayment: undefined });
    expect(usage("months")).toBe(3);
    expect(usage("readsPerPayment")).toBe(assumptions.readsPerPayment.value);
  });
});

describe("the workload", () => {
  const schedule = (scheduleExpression: string) => ({
    type: "aws:cloudwatch/eventRule:EventRule",
    name: "payments-reconcile-schedule-rule",
    inputs: { scheduleExpression },
  });

  it("is requests, writes and ledger runs for each payment, and payments kept", () => {
    const usage = usageWith({
      paymentsPerMonth: 10,
      readsPerPayment: 2,
      accountsRunsPerPayment: 1,
      months: 6,
    });
    expect(workload([], usage)).toEqual({
      requests: 60,
      accountsRuns: 10,
      writes: 30,
      ledgerRuns: 30,
      comparisons: 0,
      sweeps: 0,
      kept: 60,
    });
  });

  it("compares table and ledger as often as the stack's schedule says", () => {
    const usage = usageWith();
    expect(workload([schedule("rate(60 minutes)")], usage).comparisons).toBe(730);
    expect(workload([schedule("rate(1 minute)")], usage).comparisons).toBe(43_800);
  });

  it("takes a schedule of another kind for none", () => {
    expect(workload([schedule("cron(0 3 * * ? *)")], usageWith()).comparisons).toBe(0);
  });

  it("records every trace up to one a second, and a twentieth of the rest", () => {
    const aSecond = 730 * 3600;
    expect(traces(1000, usageWith())).toBe(1000);
    expect(traces(aSecond + 1000, usageWith())).toBe(aSecond + 50);
  });
});
