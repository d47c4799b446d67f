/** The middle one of some measurements. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** One line of what a run measured. */
export interface Measurement {
  readonly what: string;
  /** As the code is. */
  readonly value: number;
  readonly unit: "KB" | "MB" | "ms" | "s";
  /** What the value is held against, measured in the same run. */
  readonly against?: Baseline;
  /** What the value should stay under. */
  readonly goal?: number;
  /** What the ratio to the baseline should stay under. */
  readonly ratioGoal?: number;
}

/** What a value is held against. */
export interface Baseline {
  readonly what: string;
  readonly value: number;
  /** Whether the ratio is the same on any machine, so that a regression can be told from noise. */
  readonly isStable: boolean;
}

/** The value over its baseline, where it has one. */
export function ratioOf({ value, against }: Measurement): number | undefined {
  return against === undefined ? undefined : value / against.value;
}
