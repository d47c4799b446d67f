import { type Sweep, type SweepPart, isDone, sweepParts } from "./sweep";

const millisecondsPerDay = 86_400_000;

/**
 * A sweep aims to be through when this part of its time is over, since what it goes through has grown
 * since the sweep before.
 */
const aim = 0.9;

/** How much of a part a sweep has done, 0 to 1, as far as the sweep before it tells. */
export function share(sweep: Sweep, part: SweepPart): number | undefined {
  if (isDone(sweep, part)) return 1;
  if (sweep.previous === undefined) return undefined;
  return Math.min(0.99, sweep.counts[part] / Math.max(1, sweep.previous[part]));
}

/** When the plan is looked at, and what it is. */
export interface Plan {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly sweepDays: number;
  readonly everyMinutes: number;
}

/**
 * Whether a part of a sweep has done what is planned until the next run. Nobody knows how much a first
 * sweep has before it: it goes on until it is through.
 */
export function isOnPlan(sweep: Sweep, part: SweepPart, plan: Plan): boolean {
  const done = share(sweep, part);
  if (done === undefined) return false;
  const atNextRun = plan.now - sweep.startedAt + plan.everyMinutes * 60_000;
  return done >= Math.min(1, atNextRun / (aim * plan.sweepDays * millisecondsPerDay));
}

/** By how many seconds a sweep is behind: 0 if, going on as planned, it covers everything in time. */
export function lagSeconds(sweep: Sweep, { now, sweepDays }: Pick<Plan, "now" | "sweepDays">) {
  const whole = sweepDays * millisecondsPerDay;
  const elapsed = now - sweep.startedAt;
  // a first sweep is late only when its time is over
  const due = Math.min(...sweepParts.map((part) => share(sweep, part) ?? 1)) * whole;
  return Math.max(0, Math.round((elapsed - due) / 1_000));
}
