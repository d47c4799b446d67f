import * as z from "zod";

/** The middle one of some measurements. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

const baselineSchema = z.object({
  what: z.string(),
  value: z.number(),
  /** Whether the ratio is the same on any machine, so that a regression can be distinguished from noise. */
  isStable: z.boolean(),
});

export const measurementSchema = z.object({
  what: z.string(),
  /** As the code is. */
  value: z.number(),
  unit: z.enum(["KB", "MB", "ms", "s", "calls"]),
  /** The baseline of the value, measured in the same run. */
  against: baselineSchema.optional(),
  /** What the value should stay under. */
  goal: z.number().optional(),
  /** What the ratio to the baseline should stay under. */
  ratioGoal: z.number().optional(),
});

/** One line of what a run measured. */
export type Measurement = Readonly<z.infer<typeof measurementSchema>>;

/** The value over its baseline, where it has one. */
export function ratioOf({ value, against }: Measurement): number | undefined {
  return against === undefined ? undefined : value / against.value;
}

/** Digits enough to compare, and no more. */
export function shown(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: value < 100 ? 2 : 4 });
}
