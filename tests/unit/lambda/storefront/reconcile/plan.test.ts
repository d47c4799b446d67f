import * as fc from "fast-check";
import { decidedAt, sliceAt, slicesOf } from "../../../../../lib/lambda/storefront/reconcile/plan";
import type { Schedule } from "../../../../../lib/lambda/storefront/reconcile/plan";

const minute = 60_000;
const now = 1_700_000_000_000;
const hourly: Schedule = { everyMinutes: 60, sweepDays: 30, expiryMinutes: 30 };

const schedules = fc.record({
  everyMinutes: fc.integer({ min: 15, max: 1440 }),
  sweepDays: fc.integer({ min: 1, max: 5 }),
  expiryMinutes: fc.integer({ min: 5, max: 720 }),
});

describe("the slice of a run", () => {
  it("is the next one in the next run, and the first again behind the last", () => {
    const time = 720 * 60 * minute * 1000;
    const hours = [0, 1, 719, 720].map((hour) => sliceAt(time + hour * 60 * minute, hourly));

    expect(hours.map(({ index }) => index)).toEqual([0, 1, 719, 0]);
    expect(new Set(hours.map(({ of }) => of))).toEqual(new Set([720]));
  });

  it("has its turn once in the days of a sweep, whenever runs begin", () => {
    fc.assert(
      fc.property(schedules, fc.integer({ min: 0, max: now }), (schedule, start) => {
        const runs = Math.floor((schedule.sweepDays * 1440) / schedule.everyMinutes);
        const slices = Array.from({ length: runs }, (_, run) =>
          sliceAt(start + run * schedule.everyMinutes * minute, schedule),
        );

        expect(slicesOf(schedule)).toBe(runs);
        expect(slices.map(({ index }) => index).sort((a, b) => a - b)).toEqual([
          ...Array(runs).keys(),
        ]);
        expect(new Set(slices.map(({ of }) => of))).toEqual(new Set([runs]));
      }),
    );
  });

  it("is among those that DynamoDB can scan, for every schedule that may be set", () => {
    expect(slicesOf({ ...hourly, everyMinutes: 15, sweepDays: 365 })).toBeLessThan(1_000_000);
    expect(slicesOf({ ...hourly, everyMinutes: 1440, sweepDays: 1 })).toBe(1);
  });
});

describe("the orders that are decided by a run", () => {
  it("are those whose time was over an hour before", () => {
    expect(decidedAt(now, hourly)).toEqual({ since: now - 210 * minute, until: now - 90 * minute });
  });

  it("are each in two runs, so that one of them may fail", () => {
    fc.assert(
      fc.property(schedules, fc.nat({ max: 100_000 }), (schedule, age) => {
        const interval = schedule.everyMinutes * minute;
        const placed = decidedAt(now, schedule).until - age * 1000;
        const later = Math.ceil((age * 1000) / interval) + 3;
        const runs = Array.from({ length: later }, (_, run) =>
          decidedAt(now + (run - later + 3) * interval, schedule),
        ).filter(({ since, until }) => placed > since && placed <= until);

        expect(runs).toHaveLength(2);
      }),
    );
  });
});
