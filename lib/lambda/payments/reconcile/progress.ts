import { type Plan, lagSeconds, share } from "./plan";
import { type Sweep, type SweepPart, isDone } from "./sweep";

/** How far one part of a sweep is. */
export interface PartProgress {
  /** How many it went through. */
  readonly done: number;
  readonly isDone: boolean;
  /** Of the whole, 0 to 1; a first sweep does not know it before it is through. */
  readonly share?: number;
}

/** How far a sweep is, for people. */
export interface SweepProgress extends Readonly<Record<SweepPart, PartProgress>> {
  /** ISO 8601. */
  readonly startedAt: string;
  /** How far it is behind its plan; 0 if it is not. */
  readonly lagSeconds: number;
}

/** Tells how far a sweep is. */
export function progressOf(sweep: Sweep, plan: Pick<Plan, "now" | "sweepDays">): SweepProgress {
  const of = (part: SweepPart): PartProgress => {
    const done = share(sweep, part);
    return {
      done: sweep.counts[part],
      isDone: isDone(sweep, part),
      ...(done !== undefined && { share: done }),
    };
  };
  return {
    startedAt: new Date(sweep.startedAt).toISOString(),
    lagSeconds: lagSeconds(sweep, plan),
    table: of("table"),
    ledger: of("ledger"),
    documents: of("documents"),
  };
}
