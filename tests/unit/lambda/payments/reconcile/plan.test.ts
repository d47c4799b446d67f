import "../../function-environment";
import { isOnPlan, lagSeconds } from "../../../../../lib/lambda/payments/reconcile/plan";
import { progressOf } from "../../../../../lib/lambda/payments/reconcile/progress";
import { type Sweep, newSweep } from "../../../../../lib/lambda/payments/reconcile/sweep";
import { FakeStack, day, start } from "./fakes";

const stack = new FakeStack();
const hour = 3_600_000;
const settings = { sweepDays: 30, everyMinutes: 60 };
const whole = { table: 1_000, ledger: 1_000, documents: 3_000 };
const counts = (part: number) => ({ table: part, ledger: part, documents: part * 3 });
let first: Sweep;
let second: Sweep;

beforeEach(async () => {
  stack.reset();
  first = await newSweep(stack.run());
  second = { ...first, previous: whole };
});

describe("a slice", () => {
  it("is all that there is in a first sweep", () => {
    const now = start;

    expect(isOnPlan({ ...first, counts: counts(999) }, "table", { now, ...settings })).toBe(false);
  });

  it("brings a sweep to where it is planned to be when the next run begins", () => {
    // nine tenths of 30 days are 27: an hour is 1/648 of them
    const now = start + 9 * day - hour;
    const plan = { now, ...settings };

    expect(isOnPlan({ ...second, counts: counts(333) }, "ledger", plan)).toBe(false);
    expect(isOnPlan({ ...second, counts: counts(334) }, "ledger", plan)).toBe(true);
  });

  it("is all that is left when the time is nearly over, however much the stack has grown", () => {
    const now = start + 28 * day;

    expect(isOnPlan({ ...second, counts: counts(5_000) }, "documents", { now, ...settings })).toBe(
      false,
    );
  });
});

describe("a sweep", () => {
  const lag = (sweep: Sweep, now: number) => lagSeconds(sweep, { now, sweepDays: 30 });

  it("is not behind while it keeps to its plan", () => {
    expect(lag({ ...second, counts: counts(500) }, start + 15 * day)).toBe(0);
    expect(lag({ ...second, counts: counts(5_000) }, start + 29 * day)).toBe(0);
  });

  it("is behind by what its slowest part lacks", () => {
    const sweep = { ...second, counts: { ...counts(500), ledger: 400 } };

    expect(lag(sweep, start + 15 * day)).toBe((3 * day) / 1_000);
  });

  it("is behind if it has nothing to count by, and does not get anywhere", () => {
    const sweep = { ...second, previous: { table: 0, ledger: 0, documents: 0 } };

    expect(lag(sweep, start + hour)).toBe(3_600);
  });

  it("is not late in its first hours, and is when the time of a first one is over", () => {
    expect(lag(first, start + 5 * hour)).toBe(0);
    expect(lag(first, start + 30 * day + hour)).toBe(3_600);
  });

  it("reports its progress, and its share of the whole, if that is known", () => {
    const plan = { now: start + day, sweepDays: 30 };
    const ledger = { after: "", isDone: true };

    expect(progressOf({ ...second, ledger, counts: counts(500) }, plan)).toEqual({
      startedAt: "2026-03-01T12:00:00.000Z",
      lagSeconds: 0,
      table: { done: 500, isDone: false, share: 0.5 },
      ledger: { done: 500, isDone: true, share: 1 },
      documents: { done: 1_500, isDone: false, share: 0.5 },
    });
    expect(progressOf(first, plan).table).toEqual({ done: 0, isDone: false });
  });
});
