import { execFileSync } from "node:child_process";
import * as path from "node:path";
import * as z from "zod";
import { median } from "./statistics";
import type { Measurement } from "./statistics";

const step = z.object({ ms: z.number(), mb: z.number() });
const resultSchema = z.object({ loaded: step, registered: step, resources: z.number() });

/** One registration of every resource of prod on Pulumi's mocks, bundles included, in a process of its own. */
function measure(): z.infer<typeof resultSchema> {
  const file = path.join(__dirname, "graph-process.ts");
  const output = execFileSync(process.execPath, ["--import", "tsx", file], { encoding: "utf8" });
  return resultSchema.parse(JSON.parse(output));
}

/** Time and memory of the graph, against those of loading the SDK alone. */
export function measureGraph(runs: number): Measurement[] {
  const results = Array.from({ length: runs }, measure);
  const of = (name: "loaded" | "registered", unit: "ms" | "mb") =>
    Math.round(median(results.map((result) => result[name][unit])));
  const what = `prod: ${String(results[0]?.resources ?? 0)} resources`;
  const sdk = "the SDK loaded";
  return [
    {
      what: `${what} registered`,
      value: of("registered", "ms"),
      unit: "ms",
      against: { what: sdk, value: of("loaded", "ms") },
    },
    {
      what: `${what}, resident memory`,
      value: of("registered", "mb"),
      unit: "MB",
      against: { what: sdk, value: of("loaded", "mb") },
    },
  ];
}
