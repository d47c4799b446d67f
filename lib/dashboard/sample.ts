import type { Series } from "./series";

/** Seconds that a graph shows. */
export const shownSeconds = 12 * 3600;

/** Where a statistic lies, as a part of what a graph would show of its metric. */
const levels: readonly (readonly [RegExp, number])[] = [
  [/^(Minimum|p[0-4]|p50)/, 0.35],
  [/^(Maximum|p|tm|wm)/, 0.75],
  [/^(Sum|SampleCount)/, 0.6],
];

/**
 * A sample curve for a line: the same for the same line, with a shape as traffic has over
 * half a day. Values are between 0 and 1, one a period.
 *
 * @param rank - Which line of its graph it is: each lies a little below the one before.
 */
export function sampleCurve({ key, stat, period }: Series, rank: number): number[] {
  const random = randomNumbers(key);
  const count = Math.max(2, Math.min(96, Math.round(shownSeconds / period)));
  const level = (levels.find(([pattern]) => pattern.test(stat))?.[1] ?? 0.5) * 0.8 ** rank;
  const phase = random() * 0.6;
  let drift = 0;
  return Array.from({ length: count }, (_, index) => {
    drift = 0.7 * drift + (random() - 0.5) * 0.16;
    const wave = Math.sin((index / count + phase) * 2 * Math.PI) * 0.22;
    return Math.min(1, Math.max(0, level * (1 + wave + drift)));
  });
}

/** Numbers from 0 to 1 that only a text decides: FNV-1a for the seed, then Mulberry32. */
function randomNumbers(text: string): () => number {
  let state = 0x811c9dc5;
  for (const byte of Buffer.from(text)) state = Math.imul(state ^ byte, 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
