import type { DiagramNode } from "./types";

/** Sizes in the picture's units, of which 1400 are as wide as a page. */
export const sizes = {
  card: { width: 232, height: 98 },
  chip: { width: 184, height: 58 },
  /** Within a card, to its edge. */
  padding: 12,
  icon: 36,
  chipIcon: 30,
  boxMargin: 16,
  boxTitle: 26,
  betweenNodes: 22,
  betweenRanks: 46,
  pill: 24,
  page: 24,
  header: 64,
  legend: 76,
} as const;

/** Font sizes. */
export const fonts = {
  heading: 26,
  box: 15,
  service: 13,
  title: 17.5,
  chipTitle: 15,
  detail: 14,
  small: 13,
} as const;

/** The width and height of a node. */
export function sizeOf({ shape }: Pick<DiagramNode, "shape">): {
  readonly width: number;
  readonly height: number;
} {
  return sizes[shape];
}
