import type * as z from "zod";
import type { graph, horizontal } from "./schema";

/** A line across a graph. */
export type ThresholdLine = z.infer<typeof horizontal>;

type Properties = z.infer<typeof graph>;

/** One of a graph's two axes. */
export interface Axis {
  readonly side: "left" | "right";
  /** What it counts. */
  readonly label: string;
  readonly min: number;
  readonly max: number;
  /** Numbers that are known; those of the sample curves are not. */
  readonly ticks: readonly number[];
  readonly thresholds: readonly ThresholdLine[];
  /** Between which values the sample curves lie: where no threshold is breached. */
  readonly notBreaching: readonly [number, number];
}

/** An axis with all its thresholds in sight, as CloudWatch scales it. */
export function axisOf(side: Axis["side"], { yAxis, annotations }: Properties): Axis {
  const { label = "", min: from, max: to } = yAxis?.[side] ?? {};
  const thresholds = (annotations?.horizontal ?? [])
    .flat()
    .filter(({ yAxis: of = "left", visible = true }) => of === side && visible);
  const values = thresholds.map(({ value }) => value);
  const under = thresholds.filter(({ fill }) => fill === "below").map(({ value }) => value);
  const over = thresholds.filter(({ fill }) => fill !== "below").map(({ value }) => value);
  const min = from ?? Math.min(0, ...values);
  const highest = Math.max(min, ...values);
  // room above the highest line, and more where the curves lie above it
  const room = (highest - min) * (under.includes(highest) ? 2 : 0.3);
  const max = to ?? (room > 0 ? highest + room : min + 1);
  return {
    side,
    label,
    min,
    max,
    ticks: [...new Set([from, ...values, to])].filter((value) => value !== undefined),
    thresholds,
    notBreaching: [Math.max(min, ...under), Math.min(max, ...over)],
  };
}
