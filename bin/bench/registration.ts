import { execFileSync } from "node:child_process";
import * as path from "node:path";
import * as z from "zod";
import { median } from "./measurement";
import type { Measurement } from "./measurement";

const resultSchema = z.object({ count: z.number(), ms: z.number(), mb: z.number() });
type Result = z.infer<typeof resultSchema>;

/** A process of its own, from its start to its end. */
function measure(what: "sdk" | "prod"): Result {
  const file = path.join(__dirname, "registration-process.ts");
  const output = execFileSync(process.execPath, ["--import", "#tsx", file, what], {
    encoding: "utf8",
  });
  return resultSchema.parse(JSON.parse(output));
}

/** Time and memory to register every resource of prod, against a process that only loads the SDK. */
export function measureRegistration(runs: number): Measurement[] {
  const [sdk, prod]: [Result[], Result[]] = [[], []];
  // in turns, so that other load of the machine affects both
  for (let run = 0; run < runs; run++) {
    sdk.push(measure("sdk"));
    prod.push(measure("prod"));
  }
  const of = (results: readonly Result[], unit: "ms" | "mb") =>
    Math.round(median(results.map((result) => result[unit])));
  const what = `prod: ${String(prod[0]?.count ?? 0)} resources`;
  return [
    {
      what: `${what} registered`,
      value: of(prod, "ms"),
      unit: "ms",
      against: { what: "SDK loaded", value: of(sdk, "ms"), isStable: true },
      goal: 1500,
      ratioGoal: 1.3,
    },
    {
      what: `${what}, resident memory`,
      value: of(prod, "mb"),
      unit: "MB",
      against: { what: "SDK loaded", value: of(sdk, "mb"), isStable: true },
      ratioGoal: 1.3,
    },
  ];
}
