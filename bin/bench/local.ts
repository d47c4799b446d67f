import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as z from "zod";
import { median } from "./statistics";
import type { Measurement } from "./statistics";

const timingsSchema = z.record(z.string(), z.number());

/** One `npm run local -- --once`, as a user would start it; milliseconds by phase. */
function measure(stack: string): Record<string, number> {
  const file = path.join(os.tmpdir(), `payments-timings-${String(process.pid)}.json`);
  const start = performance.now();
  const { status, stderr } = spawnSync(
    "npm",
    ["run", "local", "--", "--once", "--stack", stack, "--timings", file],
    { encoding: "utf8", stdio: ["ignore", "ignore", "pipe"] },
  );
  const whole = Math.round(performance.now() - start);
  if (status !== 0) throw new Error(`npm run local ended with ${String(status)}\n${stderr}`);
  const timings = timingsSchema.parse(JSON.parse(fs.readFileSync(file, "utf8")));
  fs.rmSync(file);
  return { ...timings, "command to exit": whole };
}

/** How long the phases of `npm run local -- --once` take, with everything installed. */
export function measureLocal(runs: number, stack: string): Measurement[] {
  const measured = Array.from({ length: runs }, () => measure(stack));
  return Object.keys(measured[0] ?? {}).map((phase) => ({
    what: `local ${stack}: ${phase}`,
    value: median(measured.map((timings) => timings[phase] ?? NaN)),
    unit: "ms" as const,
  }));
}
