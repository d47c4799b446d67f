/** The middle one of some measurements. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** One line of a part's table. */
export interface Measurement {
  readonly what: string;
  /** As the code is. */
  readonly value: number;
  readonly unit: "KB" | "MB" | "ms";
  /** What the value is held against, measured in the same run. */
  readonly against?: { readonly what: string; readonly value: number };
  /** What the value should stay under. */
  readonly goal?: number;
}
