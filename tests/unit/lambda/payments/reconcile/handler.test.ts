import "../../function-environment";
import { ScanCommand } from "@aws-sdk/client-dynamodb";
import type { Queryable } from "../../../../../lib/lambda/database/connection";
import { handler } from "../../../../../lib/lambda/payments/reconcile";
import { authorized, pending } from "../ledger/payments";
import { FakeStack, many } from "./fakes";

const mockStack = new FakeStack();
jest.mock("../../../../../lib/lambda/database/connection", () => ({
  withDatabase: (work: (client: Queryable) => Promise<unknown>) => work(mockStack.database),
}));
jest.mock("node:timers/promises", () => ({
  setTimeout: (milliseconds: number) => {
    mockStack.now += milliseconds;
    return Promise.resolve();
  },
}));

Object.assign(process.env, { SWEEP_DAYS: "30", EVERY_MINUTES: "60", STATUS_SHARDS_READ: "1" });

/** As Lambda invokes it, with five minutes left. */
const call = (event: unknown, remaining = 300_000) =>
  handler(event, { getRemainingTimeInMillis: () => remaining });
const metrics = () =>
  jest.mocked(console.log).mock.calls.map(([line]) => JSON.parse(String(line)) as unknown);
const payments = many(authorized, 5);

beforeEach(() => {
  jest.restoreAllMocks();
  for (const method of ["log", "info", "warn", "error"] as const)
    jest.spyOn(console, method).mockReturnValue();
  mockStack.reset();
  jest.spyOn(Date, "now").mockImplementation(() => mockStack.now);
  mockStack.put(...payments);
  mockStack.post(...payments);
});

it("reports what it compared and the sweep's progress", async () => {
  await expect(call(undefined)).resolves.toEqual({
    checked: 10,
    pending: 0,
    differenceCount: 0,
    differences: [],
    complete: true,
    sweep: {
      startedAt: "2026-03-01T12:00:00.000Z",
      lagSeconds: 0,
      table: { done: 5, isDone: true, share: 1 },
      ledger: { done: 5, isDone: true, share: 1 },
      documents: { done: 10, isDone: true, share: 1 },
    },
  });
});

it("publishes the metrics that the alarms monitor", async () => {
  await call({});

  expect(metrics()).toMatchObject([
    {
      _aws: {
        CloudWatchMetrics: [
          {
            Namespace: "Payments",
            Dimensions: [["service"]],
            Metrics: [
              { Name: "ReconciliationEnded", Unit: "Count" },
              { Name: "SweepLagSeconds", Unit: "Seconds" },
              { Name: "ReconciliationDifferences", Unit: "Count" },
              { Name: "PaymentsChecked", Unit: "Count" },
            ],
          },
        ],
      },
      service: "payments-dev-function-dev",
      ReconciliationEnded: 1,
      SweepLagSeconds: 0,
      ReconciliationDifferences: 0,
      PaymentsChecked: 10,
    },
  ]);
});

it("logs each difference by id, counts all and reports the first hundred", async () => {
  mockStack.put(...many(pending, 101, 100));
  const report = await call({ graceSeconds: 0 });

  expect(report.differenceCount).toBe(101);
  expect(report.differences).toHaveLength(100);
  expect(metrics()).toMatchObject([{ ReconciliationDifferences: 101 }]);
  expect(jest.mocked(console.error).mock.calls).toHaveLength(101);
  expect(JSON.stringify(jest.mocked(console.error).mock.calls)).not.toContain(pending.userId);
});

it("publishes what it found when it fails, and not that it has ended", async () => {
  mockStack.put(...many(pending, 1, 100));
  mockStack.dynamo.on(ScanCommand).rejects(new Error("the table is away"));

  await expect(call({})).rejects.toThrow("the table is away");
  expect(metrics()).toMatchObject([{ ReconciliationDifferences: 1, PaymentsChecked: 6 }]);
  expect(JSON.stringify(metrics())).not.toContain("ReconciliationEnded");
});

it("has not ended when its time did not suffice for what changed", async () => {
  mockStack.callTime = 10_000;
  const report = await call({}, 60_000);

  expect(report.complete).toBe(false);
  expect(JSON.stringify(metrics())).not.toContain("ReconciliationEnded");
});

it("reserves half of a short time to settle what it finds", async () => {
  mockStack.callTime = 10_000;
  mockStack.put(...many(pending, 1, 100));
  const report = await call({ graceSeconds: 0 }, 60_000);

  expect(report).toMatchObject({ complete: false, differenceCount: 1 });
});

it("reports that another run is in progress", async () => {
  mockStack.database.locks.add("reconciliation of transactions");

  await expect(call({})).resolves.toEqual({
    checked: 0,
    pending: 0,
    differenceCount: 0,
    differences: [],
    complete: false,
    skipped: true,
  });
  expect(jest.mocked(console.warn).mock.calls.join()).toContain("Another run is under way");
});

it("logs that its checkpoint cannot be used", async () => {
  mockStack.database.checkpoints.set("transactions", {});
  await call({});

  expect(jest.mocked(console.error).mock.calls.join()).toContain("The checkpoint cannot be used");
});

it("sweeps everything on demand, in as many invocations as it takes", async () => {
  mockStack.pageSize = 1;
  mockStack.callTime = 10_000;
  const event = { everything: true, graceSeconds: 0 };
  const first = await call(event, 60_000);
  expect(first).toMatchObject({ complete: false, sweep: { table: { isDone: false } } });

  mockStack.callTime = 0;
  const second = await call({ ...event, continueFrom: first.continueFrom });
  expect(second).toMatchObject({ complete: true, sweep: { ledger: { done: 5 } } });
  expect(second.continueFrom).toBeUndefined();
  expect(JSON.stringify(metrics())).not.toContain("SweepLagSeconds");
});

it.each([
  [{ graceSeconds: -1 }, "graceSeconds"],
  [{ graceSeconds: 241 }, "graceSeconds"],
  [{ graceSeconds: 0.5 }, "graceSeconds"],
  [{ graceSeconds: "60" }, "graceSeconds"],
  [{ everything: "yes" }, "everything"],
  [{ everything: true, continueFrom: {} }, "continueFrom"],
])("refuses the event %j", async (event, field) => {
  await expect(call(event)).rejects.toThrow(field);
});
