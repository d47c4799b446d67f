import { ratioOf } from "./measurement";
import type { Measurement } from "./measurement";

/** How much a stable ratio may grow before it is a regression and no longer noise. */
export const margin = 0.25;

/** A measurement whose ratio has grown beyond the margin. */
export interface Regression {
  readonly what: string;
  readonly before: number;
  readonly now: number;
}

/** The ratios worth saving: those that are the same on any machine. */
export function stableRatios(measurements: readonly Measurement[]): Record<string, number> {
  return Object.fromEntries(
    measurements.flatMap((measurement) => {
      const ratio = ratioOf(measurement);
      return ratio === undefined || measurement.against?.isStable !== true
        ? []
        : [[keyOf(measurement), Math.round(ratio * 1000) / 1000] as const];
    }),
  );
}

/** What is slower or larger than in a saved result; what only one of the two has is not compared. */
export function regressions(
  measurements: readonly Measurement[],
  saved: Readonly<Record<string, number>>,
): Regression[] {
  return Object.entries(stableRatios(measurements)).flatMap(([what, now]) => {
    const before = saved[what];
    return before !== undefined && now > before * (1 + margin) ? [{ what, before, now }] : [];
  });
}

/** A measurement's name without what grows with the program: `prod: 267 resources registered`. */
function keyOf({ what }: Measurement): string {
  return what.replace(/\d+ (resources|tests)/, "$1");
}
