import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { measureAll } from "../../../bin/bench/measure";
import type { MeasurablePart } from "../../../bin/bench/measure";
import type { Measurement } from "../../../bin/bench/measurement";
import { parts } from "../../../bin/bench/parts";
import { command } from "../../../bin/commands/bench";

const graph: Measurement = { what: "graph", value: 1, unit: "ms" };
const growth: Measurement = { what: "growth", value: 2, unit: "calls" };

const measured = (measurement: Measurement): MeasurablePart => ({
  about: measurement.what,
  measure: () => Promise.resolve([measurement]),
});
const broken: MeasurablePart = {
  about: "the unit suite",
  // synchronously, like a part that awaits nothing
  measure: () => {
    throw new Error("jest ended with 1");
  },
};

describe("a bench with a part that fails", () => {
  it("has the results of the parts before and after it, and says why there are none of that one", async () => {
    const lines: string[] = [];
    const report = (line: string) => lines.push(line);

    expect(await measureAll([measured(graph), broken, measured(growth)], 3, report)).toEqual({
      measurements: [graph, growth],
      failures: ["Not measured: the unit suite: jest ended with 1"],
    });
    expect(lines).toEqual([
      "Measuring graph …",
      "Measuring the unit suite …",
      "Measuring growth …",
    ]);
  });

  it("prints and saves the others' results, and ends with 2", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-"));
    const file = path.join(folder, "kept.json");
    const print = jest.spyOn(process.stdout, "write").mockReturnValue(true);
    jest.spyOn(process.stderr, "write").mockReturnValue(true);
    jest.spyOn(parts.growth, "measure").mockResolvedValue([growth]);
    jest.spyOn(parts.suite, "measure").mockRejectedValue(new Error("jest ended with 1"));
    try {
      await command.parseAsync(["suite", "growth", "--json", "--save", file], { from: "user" });

      const kept: unknown = JSON.parse(fs.readFileSync(file, "utf8"));
      expect(kept).toMatchObject({ measurements: [growth] });
      expect(JSON.parse(print.mock.calls.map(([text]) => String(text)).join(""))).toEqual(kept);
      expect(process.exitCode).toBe(2);
    } finally {
      process.exitCode = undefined;
      jest.restoreAllMocks();
      fs.rmSync(folder, { recursive: true });
    }
  });
});
