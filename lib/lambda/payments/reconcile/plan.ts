import { type Sweep, type SweepPart, isDone, sweepParts } from "./sweep";

const millisecondsPerDay = 86_400_000;

/**
 * A sweep is planned to end when this part of its time is over, since the data has grown since the sweep
 * before.
 */
const plannedShare = 0.9;

/** How much of a part a sweep has done, 0 to 1, by the counts of the sweep before it. */
export function share(sweep: Sweep, part: SweepPart): number | undefined {
  if (isDone(sweep, part)) return 1;
  if (sweep.previous === undefined) return undefined;
  return Math.min(0.99, sweep.counts[part] / Math.max(1, sweep.previous[part]));
}

/** A sweep's plan, at a time. */
export interface Plan {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly sweepDays: number;
  readonly everyMinutes: number;
}

/**
 * Whether a part of a sweep has done what is planned until the next run. The extent of a first sweep is
 * not known: it goes on until it is complete.
 */
export function isOnPlan(sweep: Sweep, part: SweepPart, plan: Plan): boolean {
  const done = share(sweep, part);
  if (done === undefined) return false;
  const atNextRun = plan.now - sweep.startedAt + plan.everyMinutes * 60_000;
  return done >= Math.min(1, atNextRun / (plannedShare * plan.sweepDays * millisecondsPerDay));
}

/** By how many seconds a sweep is behind: 0 if, continued as planned, it covers everything in time. */
export function lagSeconds(sweep: Sweep, { now, sweepDays }: Pick<Plan, "now" | "sweepDays">) {
  const whole = sweepDays * millisecondsPerDay;
  const elapsed = now - sweep.startedAt;
  // a first sweep is late only when its time is over
  const due = Math.min(...sweepParts.map((part) => share(sweep, part) ?? 1)) * whole;
  return Math.max(0, Math.round((elapsed - due) / 1_000));
}
