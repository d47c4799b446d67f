import * as path from "node:path";
import { chartOf } from "../bench/chart";
import { ratioOf, shown } from "../bench/measurement";
import type { Measurement } from "../bench/measurement";
import { readResult } from "../bench/result";
import { root } from "../operations/command";
import { table } from "./markdown";

/** The saved result that the pages show, and that CI compares with. */
const savedFile = "docs/bench.json";

/** The page and the pictures of what was measured last. */
export function measurementsReference(): Record<string, string> {
  const { node, platform, cores, measurements } = readResult(path.join(root, savedFile));
  const page = [
    "# Measurements",
    "",
    `Generated from \`${savedFile}\` by \`npm run docs\`; measured by \`npm run bench -- --save ${savedFile}\` with Node ${node}`,
    `on ${platform}, ${String(cores)} cores. [performance.md](performance.md) describes each of them.`,
    "",
    "<picture>",
    '  <source media="(prefers-color-scheme: dark)" srcset="images/bench-dark.svg">',
    '  <img alt="Ratios to the baselines of the same run" src="images/bench.svg">',
    "</picture>",
    "",
    table(["What", "Measured", "Goal", "Baseline of the same run", "Ratio"], measurements.map(row)),
    "",
  ].join("\n");
  return {
    "docs/measurements.md": page,
    "docs/images/bench.svg": chartOf(measurements, "light"),
    "docs/images/bench-dark.svg": chartOf(measurements, "dark"),
  };
}

function row(measurement: Measurement): string[] {
  const { what, value, unit, against, goal, ratioGoal } = measurement;
  const ratio = ratioOf(measurement);
  return [
    what,
    `${shown(value)} ${unit}`,
    goal === undefined ? "" : goalText(goal, value, unit),
    against === undefined ? "" : `${against.what}: ${shown(against.value)} ${unit}`,
    ratio === undefined
      ? ""
      : [ratio.toFixed(2), ...(ratioGoal === undefined ? [] : [goalText(ratioGoal, ratio)])].join(
          ", ",
        ),
  ];
}

function goalText(goal: number, value: number, unit = ""): string {
  return `under ${shown(goal)} ${unit}`.trim() + (value < goal ? "" : ": missed");
}
