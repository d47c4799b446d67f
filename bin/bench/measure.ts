import { inspect } from "node:util";
import type { Measurement } from "./measurement";

/** Something that can be measured by itself. */
export interface MeasurablePart {
  /** What is measured, for people. */
  readonly about: string;
  /** Measures it, its quick measurements `runs` times. */
  readonly measure: (runs: number) => Promise<readonly Measurement[]>;
}

/** The measurements, and the parts that failed. */
export interface Measured {
  readonly measurements: readonly Measurement[];
  /** Each part that failed, with why. */
  readonly failures: readonly string[];
}

/** Measures parts in turn. If one fails, the results of the others remain: they took minutes. */
export async function measureAll(
  parts: readonly MeasurablePart[],
  runs: number,
  report: (line: string) => void,
): Promise<Measured> {
  const measurements: Measurement[] = [];
  const failures: string[] = [];
  for (const { about, measure } of parts) {
    report(`Measuring ${about} …`);
    try {
      measurements.push(...(await measure(runs)));
    } catch (error) {
      const reason = error instanceof Error ? error.message : inspect(error);
      failures.push(`Not measured: ${about}: ${reason}`);
    }
  }
  return { measurements, failures };
}
