import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { chartOf } from "../../../bin/bench/chart";
import type { Measurement } from "../../../bin/bench/measurement";
import { margin, regressions, stableRatios } from "../../../bin/bench/regressions";
import { readResult, resultOf } from "../../../bin/bench/result";

const size = (value: number): Measurement => ({
  what: "payment: index.mjs",
  value,
  unit: "KB",
  against: { what: "plain", value: 1000, isStable: true },
});
const registered = (resources: number, value: number): Measurement => ({
  what: `prod: ${String(resources)} resources registered`,
  value,
  unit: "ms",
  against: { what: "SDK loaded", value: 1000, isStable: true },
  ratioGoal: 1.3,
});
const noisy: Measurement = {
  what: "unit suite",
  value: 40,
  unit: "s",
  against: { what: "jest, one file", value: 2, isStable: false },
};
const alone: Measurement = { what: "ledger: index.mjs", value: 381, unit: "KB" };

describe("the ratios of a bench", () => {
  it("are saved where they are the same on any machine, whatever the program's size", () => {
    expect(stableRatios([size(284), registered(267, 1500), noisy, alone])).toEqual({
      "payment: index.mjs": 0.284,
      "prod: resources registered": 1.5,
    });
  });

  it("are a regression only beyond the margin", () => {
    const kept = stableRatios([size(284), registered(267, 1500)]);
    const within = 1500 * (1 + margin) - 1;

    expect(regressions([size(284), registered(270, within)], kept)).toEqual([]);
    expect(regressions([size(400), registered(270, 1000)], kept)).toEqual([
      { what: "payment: index.mjs", before: 0.284, now: 0.4 },
    ]);
  });

  it("are not compared where only one run has them", () => {
    expect(regressions([size(400)], { "another thing": 0.1 })).toEqual([]);
  });

  it("are read with the rest from what --save wrote, and from nothing else", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-"));
    try {
      const [kept, other] = [path.join(folder, "kept.json"), path.join(folder, "other.json")];
      fs.writeFileSync(kept, JSON.stringify(resultOf([size(500)])));
      fs.writeFileSync(other, "[]");

      expect(readResult(kept)).toEqual(resultOf([size(500)]));
      expect(() => readResult(other)).toThrow(
        `${other} holds no result of a bench. Write it with: npm run bench -- --save ${other}`,
      );
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});

describe("the chart of a bench", () => {
  const chart = chartOf([size(284), registered(267, 1500), noisy, alone], "light");

  it("has a bar with its ratio for what has a baseline, and nothing for the rest", () => {
    expect(
      [...chart.matchAll(/font-weight="600">(\d+\.\d\d)</g)].map(([, ratio]) => ratio),
    ).toEqual(["0.28", "1.50", "20.00"]);
    expect(chart).not.toContain("ledger");
  });

  it("marks what misses its goal", () => {
    const colours = [...chart.matchAll(/rx="4" fill="([^"]+)"/g)].map(([, colour]) => colour);

    expect(colours[1]).not.toBe(colours[0]);
    expect(colours[2]).toBe(colours[0]);
  });
});
