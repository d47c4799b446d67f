import { type Plan, lagSeconds, share } from "./plan";
import { type Sweep, type SweepPart, isDone } from "./sweep";

/** The progress of one part of a sweep. */
export interface PartProgress {
  /** How many it has compared. */
  readonly done: number;
  readonly isDone: boolean;
  /** Of the whole, 0 to 1; unknown for a first sweep until it is complete. */
  readonly share?: number;
}

/** The progress of a sweep, for people. */
export interface SweepProgress extends Readonly<Record<SweepPart, PartProgress>> {
  /** ISO 8601. */
  readonly startedAt: string;
  /** How far it is behind its plan; 0 if it is not. */
  readonly lagSeconds: number;
}

/** The progress of a sweep. */
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
