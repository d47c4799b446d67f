import "../function-environment";
import { QueryCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import type { Queryable } from "../../../../lib/lambda/database/connection";
import type { Payment } from "../../../../lib/lambda/domain/payment";
import { handler } from "../../../../lib/lambda/reconcile";
import { authorized, canceled, captured, partlyRefunded, pending } from "../ledger/payments";
import { FakeLedger, FakeTable, posted } from "./fakes";

let mockLedger = new FakeLedger();
const mockSleep = jest.fn<Promise<void>, [number]>();
jest.mock("../../../../lib/lambda/database/connection", () => ({
  withDatabase: (work: (client: Queryable) => Promise<unknown>) =>
    work({
      query: jest
        .fn()
        .mockImplementation((text: string, values?: unknown[]) => mockLedger.query(text, values)),
    }),
}));
jest.mock("node:timers/promises", () => ({
  setTimeout: (milliseconds: number) => mockSleep(milliseconds),
}));

const table = new FakeTable();
/** A payment like another, with an id of its own. */
const numbered = (payment: Payment, number: number): Payment => ({
  ...payment,
  transactionId: `pay_${String(number).padStart(32, "0")}`,
});
const agreeing = [pending, authorized, captured, partlyRefunded, canceled].map(numbered);
const post = (...payments: Payment[]) => {
  for (const payment of payments) mockLedger.payments.set(payment.transactionId, posted(payment));
};
const metrics = () =>
  jest.mocked(console.log).mock.calls.map(([line]) => JSON.parse(String(line)) as unknown);

beforeEach(() => {
  jest.restoreAllMocks();
  for (const method of ["log", "info", "error"] as const)
    jest.spyOn(console, method).mockReturnValue();
  mockSleep.mockReset().mockResolvedValue();
  mockLedger = new FakeLedger();
  table.reset();
});

describe("table and ledger that agree", () => {
  beforeEach(() => {
    table.put(...agreeing);
    post(...agreeing);
  });

  it("are read in pages, to the end, and compared at once", async () => {
    await expect(handler({})).resolves.toEqual({
      checked: 5,
      pending: 0,
      differenceCount: 0,
      differences: [],
    });
    expect(table.client.commandCalls(ScanCommand)).toHaveLength(3);
    expect(table.client.commandCalls(QueryCommand)).toEqual([]);
    expect(mockSleep).not.toHaveBeenCalled();
  });

  it("are read as they are now, without the idempotency records", async () => {
    await handler(undefined);
    const [scan] = table.client.commandCalls(ScanCommand);

    expect(scan?.args[0].input).toMatchObject({
      TableName: "transactions",
      ConsistentRead: true,
      FilterExpression: "NOT begins_with(transactionId, :idempotency)",
      ExpressionAttributeValues: { ":idempotency": { S: "idempotency#" } },
    });
  });

  it("are measured, so that the alarm knows", async () => {
    await handler({});

    expect(metrics()).toMatchObject([
      {
        _aws: {
          CloudWatchMetrics: [
            {
              Namespace: "Payments",
              Dimensions: [["service"]],
              Metrics: [
                { Name: "ReconciliationDifferences", Unit: "Count" },
                { Name: "PaymentsChecked", Unit: "Count" },
              ],
            },
          ],
        },
        service: "payments-dev-function-dev",
        ReconciliationDifferences: 0,
        PaymentsChecked: 5,
      },
    ]);
  });

  it("may be empty: a page without items, a ledger without payments", async () => {
    table.client.on(ScanCommand).resolves({});
    mockLedger = new FakeLedger();

    await expect(handler({})).resolves.toMatchObject({ checked: 0, differenceCount: 0 });
  });
});

describe("a difference", () => {
  const [payment = pending] = agreeing.slice(1, 2);
  const other = (change: Parameters<typeof posted>[1]) => {
    mockLedger.payments.set(payment.transactionId, posted(payment, change));
  };
  const line = (account: string, currency: string, amount: string) => ({
    account,
    currency,
    amount,
  });
  const held = `customer:${payment.userId}:held`;

  it.each([
    [
      "a payment that was not posted",
      ["missing-in-ledger"],
      () => {
        mockLedger.payments.clear();
      },
    ],
    [
      "a version that was not posted",
      ["version-differs"],
      () => {
        other({ version: 1, entries: 1 });
      },
    ],
    [
      "a version too many",
      ["version-differs"],
      () => {
        other({ version: 3, entries: 3 });
      },
    ],
    [
      "a gap before the latest version",
      ["version-not-posted"],
      () => {
        other({ entries: 1 });
      },
    ],
    [
      "no money where some should be",
      ["amounts-differ"],
      () => {
        other({ balances: [] });
      },
    ],
    [
      "another amount",
      ["amounts-differ"],
      () => {
        other({ balances: [line(held, "EUR", "999"), line("merchant:pending", "EUR", "-999")] });
      },
    ],
    [
      "another account",
      ["amounts-differ"],
      () => {
        other({ balances: [line("x", "EUR", "1000"), line("merchant:pending", "EUR", "-1000")] });
      },
    ],
    [
      "another currency",
      ["amounts-differ"],
      () => {
        other({ balances: [line(held, "USD", "1000"), line("merchant:pending", "USD", "-1000")] });
      },
    ],
    [
      "a sum that is not zero",
      ["amounts-differ", "sum-not-zero"],
      () => {
        other({ balances: [line(held, "EUR", "1000")] });
      },
    ],
    [
      "an item that is no payment",
      ["unreadable"],
      () => table.items.set(payment.transactionId, { transactionId: payment.transactionId }),
    ],
  ])("is %s", async (_, kinds, differ) => {
    table.put(payment);
    post(payment);
    differ();

    await expect(handler({ graceSeconds: 0 })).resolves.toEqual({
      checked: 1,
      pending: 0,
      differenceCount: kinds.length,
      differences: kinds.map((kind) => ({ paymentId: payment.transactionId, kind })),
    });
  });

  it("is a payment of the ledger that the table does not have, on any page", async () => {
    const many = Array.from({ length: 1_001 }, (_, number) => numbered(pending, number));
    post(...many);
    table.pageSize = 500;
    table.put(...many.slice(0, 1_000));

    await expect(handler({})).resolves.toMatchObject({
      checked: 1_000,
      differences: [{ paymentId: many.at(-1)?.transactionId, kind: "missing-in-table" }],
    });
  });

  it("is none for a payment that came after the start: the ledger may have it and the scan not", async () => {
    mockLedger.payments.set("pay_new", posted(pending, { posted_before: false }));

    await expect(handler({})).resolves.toMatchObject({ differenceCount: 0 });
  });

  it("is reported by id in the log, counted in the metric, and bounded in the report", async () => {
    table.put(...Array.from({ length: 101 }, (_, number) => numbered(pending, number)));
    const report = await handler({ graceSeconds: 0 });

    expect(report.differenceCount).toBe(101);
    expect(report.differences).toHaveLength(100);
    expect(metrics()).toMatchObject([{ ReconciliationDifferences: 101, PaymentsChecked: 101 }]);
    expect(jest.mocked(console.error).mock.calls).toHaveLength(101);
    expect(JSON.stringify(jest.mocked(console.error).mock.calls)).not.toContain(pending.userId);
  });
});

describe("a payment that the ledger has not caught up with", () => {
  const [payment = pending] = agreeing;

  beforeEach(() => {
    table.put(payment);
  });

  it("is looked at again every second until it agrees", async () => {
    mockSleep
      .mockImplementationOnce(() => Promise.resolve())
      .mockImplementationOnce(() => {
        post(payment);
        return Promise.resolve();
      });

    await expect(handler({})).resolves.toMatchObject({ pending: 0, differenceCount: 0 });
    expect(mockSleep.mock.calls).toEqual([[1_000], [1_000]]);
  });

  it("is a difference after the grace of 30 seconds", async () => {
    await expect(handler({})).resolves.toMatchObject({ pending: 0, differenceCount: 1 });
    expect(mockSleep).toHaveBeenCalledTimes(30);
  });

  it("is pending after the grace if it changed meanwhile", async () => {
    mockSleep.mockImplementationOnce(() => {
      table.put({ ...payment, status: "AUTHORIZED", version: 2 });
      return Promise.resolve();
    });

    await expect(handler({ graceSeconds: 2 })).resolves.toMatchObject({
      pending: 1,
      differenceCount: 0,
    });
  });

  it("waits with at most a page more than a thousand others, to bound memory", async () => {
    table.pageSize = 1_000;
    table.put(...Array.from({ length: 1_000 }, (_, number) => numbered(pending, number + 100)));

    await expect(handler({ graceSeconds: 1 })).resolves.toMatchObject({ differenceCount: 1_001 });
    expect(mockSleep).toHaveBeenCalledTimes(2);
  });
});

describe("an event", () => {
  it.each([-1, 241, 0.5, "60"])("with a grace of %p seconds is refused", async (graceSeconds) => {
    await expect(handler({ graceSeconds })).rejects.toThrow("graceSeconds");
  });
});
