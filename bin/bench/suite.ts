import { spawnSync } from "node:child_process";
import { root } from "../operations/command";
import type { Measurement } from "./measurement";

/** One run of tests; its last line has the totals. */
function measure(command: string, args: readonly string[]): { seconds: number; passed: number } {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`${command} ended with ${String(status)}\n${stderr}`);
  return { seconds, passed: Number(/(\d+) passed, 0 failed\s*$/.exec(stdout)?.[1]) };
}

const measureUnits = (...args: readonly string[]) =>
  measure("npm", ["run", "test:unit", "--", ...args]);

/** How long the unit suite and all tests take, against a run of a single small test file. */
export function measureSuite(): Measurement[] {
  // fills jest's cache, so that a first run is not measured
  const single = ["--coverage=false", "tests/unit/core/endpoint-policy.test.ts"];
  measureUnits(...single);
  const one = measureUnits(...single);
  const units = measureUnits("--coverage=false");
  const covered = measureUnits("--coverage");
  const all = measure("npm", ["test"]);
  const against = { what: "jest, one file", value: one.seconds, isStable: false };
  const what = `unit suite: ${String(units.passed)} tests`;
  return [
    { what, value: units.seconds, unit: "s", against, goal: 20 },
    { what: `${what}, with coverage`, value: covered.seconds, unit: "s", against },
    {
      what: `npm test: ${String(all.passed)} tests`,
      value: all.seconds,
      unit: "s",
      against,
      goal: 200,
    },
  ];
}
