import * as fs from "node:fs";
import * as path from "node:path";
import { ProgramGraph } from "../../lib/graph/program-graph";
import type { RecordedResource } from "../../lib/graph/program-graph";
import { waitUntil } from "../../lib/local/wait-until";
import type { EnvironmentType } from "../../lib/types";

/**
 * What an environment registers, without the program's outputs. Loading Pulumi's SDK and recording takes
 * seconds: the first test file of a run that needs it does it, for all of them.
 */
export async function environmentGraph(
  environment: EnvironmentType,
): Promise<ProgramGraph<undefined>> {
  const file = path.join(process.env["RECORDED_GRAPHS"] ?? "", `${environment}.json`);
  if (isFirst(`${file}.claim`)) {
    const { recordProgram } = await import("./environments.js");
    const { resources } = await recordProgram(environment);
    fs.writeFileSync(`${file}.draft`, JSON.stringify(resources));
    fs.renameSync(`${file}.draft`, file);
  }
  await waitUntil(() => Promise.resolve(fs.existsSync(file) ? true : undefined), {
    timeout: 50_000,
    interval: 50,
    title: `The graph of ${environment}`,
  });
  const resources = JSON.parse(fs.readFileSync(file, "utf8")) as RecordedResource[];
  return new ProgramGraph(undefined, resources);
}

function isFirst(claim: string): boolean {
  try {
    fs.writeFileSync(claim, "", { flag: "wx" });
    return true;
  } catch {
    return false;
  }
}
