import { spawnSync } from "node:child_process";
import * as z from "zod";
import { root } from "../operations/command";
import { median } from "./measurement";
import type { Measurement } from "./measurement";

const resultSchema = z.object({ timings: z.record(z.string(), z.number()) });

/** One `npm run local -- --once`, as a user would start it; milliseconds by phase. */
function measure(...options: readonly string[]): Record<string, number> {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(
    "npm",
    ["run", "--silent", "local", "--", "--once", "--json", ...options],
    { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
  );
  const whole = Math.round(performance.now() - start);
  if (status !== 0) throw new Error(`npm run local ended with ${String(status)}\n${stderr}`);
  return { ...resultSchema.parse(JSON.parse(stdout)).timings, whole };
}

/**
 * How long `npm run local -- --once` takes with everything installed, and its phases; and how much longer with the
 * storefront.
 */
export function measureLocal(runs: number): Measurement[] {
  const [measured, shop]: [Record<string, number>[], Record<string, number>[]] = [[], []];
  // in turns, so that other load of the machine affects both
  for (let run = 0; run < runs; run++) {
    measured.push(measure());
    shop.push(measure("--with", "storefront"));
  }
  const of = (phase: string, among = measured) =>
    median(among.map((timings) => timings[phase] ?? NaN));
  const against = {
    what: "its servers started",
    value: Math.max(of("emulator"), of("database")),
    isStable: false,
  };
  return [
    ...Object.keys(measured[0] ?? {}).map((phase) => ({
      what: phase === "whole" ? "local --once: command to exit" : `local --once: ${phase}`,
      value: of(phase),
      unit: "ms" as const,
      ...(phase === "whole" && { against, goal: 5_000 }),
    })),
    {
      what: "local --once --with storefront: command to exit",
      value: of("whole", shop),
      unit: "ms",
      against: { what: "local --once", value: of("whole"), isStable: false },
      ratioGoal: 1.5,
    },
  ];
}
