import { spawnSync } from "node:child_process";
import * as z from "zod";
import { root } from "../operations/command";
import { median } from "./measurement";
import type { Measurement } from "./measurement";

const resultSchema = z.object({ timings: z.record(z.string(), z.number()) });

/** One `npm run local -- --once`, as a user would start it; milliseconds by phase. */
function measure(): Record<string, number> {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(
    "npm",
    ["run", "--silent", "local", "--", "--once", "--json"],
    { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
  );
  const whole = Math.round(performance.now() - start);
  if (status !== 0) throw new Error(`npm run local ended with ${String(status)}\n${stderr}`);
  return { ...resultSchema.parse(JSON.parse(stdout)).timings, whole };
}

/** How long `npm run local -- --once` takes with everything installed, and its phases. */
export function measureLocal(runs: number): Measurement[] {
  const measured = Array.from({ length: runs }, measure);
  const of = (phase: string) => median(measured.map((timings) => timings[phase] ?? NaN));
  const against = {
    what: "its servers started",
    value: Math.max(of("emulator"), of("database")),
    isStable: false,
  };
  return Object.keys(measured[0] ?? {}).map((phase) => ({
    what: phase === "whole" ? "local --once: command to exit" : `local --once: ${phase}`,
    value: of(phase),
    unit: "ms",
    ...(phase === "whole" && { against, goal: 5_000 }),
  }));
}
