import type { OrderSlice } from "../store/order-store";

/** Minutes after its time that an order may still be about to expire: its payment does not answer, for example. */
export const lateMinutes = 60;

/** When orders are compared. */
export interface Schedule {
  /** Minutes between two runs; 15 to 1440. */
  readonly everyMinutes: number;
  /** In how many days everything is compared once; 1 or more. */
  readonly sweepDays: number;
  /** How old an order is when it expires. */
  readonly expiryMinutes: number;
}

/** A span of time in which orders were placed; epoch milliseconds, both included. */
export interface Span {
  readonly since: number;
  readonly until: number;
}

/**
 * The slice that a run compares: the clock alone says which, so that nothing is stored and all of them have their turn
 * in the days of a sweep.
 *
 * @param time - When the run was scheduled, in epoch milliseconds: one that begins a little late has its slice still.
 */
export function sliceAt(time: number, schedule: Schedule): OrderSlice {
  const of = slicesOf(schedule);
  return { index: Math.floor(time / (schedule.everyMinutes * 60_000)) % of, of };
}

/** How many slices a sweep has. */
export function slicesOf({ everyMinutes, sweepDays }: Schedule): number {
  return Math.floor((sweepDays * 1440) / everyMinutes);
}

/**
 * When the orders were placed that must have been paid or have ended by now, and that no run before has compared. Each
 * of them is compared twice, lest a run that fails leaves some to the sweep.
 */
export function decidedAt(now: number, { everyMinutes, expiryMinutes }: Schedule): Span {
  const until = now - (expiryMinutes + lateMinutes) * 60_000;
  return { since: until - 2 * everyMinutes * 60_000, until };
}
