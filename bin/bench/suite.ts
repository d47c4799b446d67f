import { spawnSync } from "node:child_process";
import { root } from "../operations/command";
import type { Measurement } from "./measurement";

/** One run of jest as `npm run test:unit` starts it; its last line has the totals. */
function measure(...args: readonly string[]): { seconds: number; passed: number } {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(
    "npx",
    ["jest", "--selectProjects", "unit", "--maxWorkers=100%", ...args],
    {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 2 ** 26,
    },
  );
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`jest ended with ${String(status)}\n${stderr}`);
  return { seconds, passed: Number(/(\d+) passed, 0 failed\s*$/.exec(stdout)?.[1]) };
}

/** How long the unit suite takes, against a run of a single small test file. */
export function measureSuite(): Measurement[] {
  // fills jest's cache, so that a first run is not measured
  const single = ["--coverage=false", "tests/unit/core/endpoint-policy.test.ts"];
  measure(...single);
  const one = measure(...single);
  const whole = measure("--coverage=false");
  const covered = measure("--coverage");
  const against = { what: "jest, one file", value: one.seconds, isStable: false };
  const what = `unit suite: ${String(whole.passed)} tests`;
  return [
    { what, value: whole.seconds, unit: "s", against, goal: 15 },
    { what: `${what}, with coverage`, value: covered.seconds, unit: "s", against },
  ];
}
