import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import Table from "cli-table3";
import { Command } from "commander";
import * as z from "zod";

const timingsSchema = z.record(z.string(), z.number());

/** One `npm run local -- --once`, as a user would start it; resolves to milliseconds by phase. */
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

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

new Command("npm run bench --")
  .description("How long the phases of `npm run local -- --once` take, with everything installed.")
  .option("--runs <number>", "how often to measure", Number, 3)
  .option("--stack <name>", "which stack", "dev")
  .action(({ runs, stack }: { runs: number; stack: string }) => {
    const measured = Array.from({ length: runs }, () => measure(stack));
    const table = new Table({ head: ["phase", "median ms", "each run"], style: { head: [] } });
    for (const phase of Object.keys(measured[0] ?? {})) {
      const values = measured.map((timings) => timings[phase] ?? NaN);
      table.push([phase, median(values), values.join(", ")]);
    }
    console.log(table.toString());
  })
  .parse();
