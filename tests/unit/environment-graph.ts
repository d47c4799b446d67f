import * as fs from "node:fs";
import * as path from "node:path";
import { ProgramGraph } from "../../lib/graph/program-graph";
import type { RecordedResource } from "../../lib/graph/program-graph";
import { waitUntil } from "../../lib/local/wait-until";
import { environmentTypes } from "../../lib/types";
import type { EnvironmentType } from "../../lib/types";
import type { recordProgram } from "./environments";

/** A stack whose payments API is private. */
export const privateApi = { "payments:api": JSON.stringify({ endpoint: "private" }) };

/**
 * What a stack has beside its environment's settings, for tests of what holds without optional modules, with every one,
 * and with a private API.
 */
export const variants = [
  { modules: "as it is", chosen: [], config: {} },
  { modules: "with every module on", chosen: ["all"], config: {} },
  { modules: "with every module on and a private API", chosen: ["all"], config: privateApi },
] as const;

/** Every environment as it is, and with every module on. */
export const environmentVariants = environmentTypes.flatMap((environment) =>
  variants.map((variant) => ({ environment, ...variant })),
);

let recorder: Promise<typeof recordProgram> | undefined;

/** Apart from what the test has loaded of the program: its functions' code is not mocked. */
async function loadRecorder(): Promise<typeof recordProgram> {
  let loaded: typeof recordProgram | undefined;
  await jest.isolateModulesAsync(async () => {
    ({ recordProgram: loaded } = await import("./environments.js"));
  });
  if (loaded === undefined) throw new Error("the recorder was not loaded");
  return loaded;
}

/**
 * What an environment registers, without the program's outputs. Loading Pulumi's SDK and recording takes
 * seconds: the first test file of a run that needs it does it, for all of them.
 *
 * @param chosen - Optional modules to switch on; `all` stands for every one.
 * @param config - What the stack's file has beside the environment.
 */
export async function environmentGraph(
  environment: EnvironmentType,
  chosen: readonly string[] = [],
  config: Readonly<Record<string, string>> = {},
): Promise<ProgramGraph<undefined>> {
  const name = [environment, ...chosen, ...Object.entries(config).flat()]
    .join("-")
    .replaceAll(/[^\w-]/g, "");
  const file = path.join(process.env["RECORDED_GRAPHS"] ?? "", `${name}.json`);
  if (isFirst(`${file}.claim`)) {
    recorder ??= loadRecorder();
    const { resources } = await (await recorder)(environment, { with: chosen, config });
    fs.writeFileSync(`${file}.draft`, JSON.stringify(resources));
    fs.renameSync(`${file}.draft`, file);
  }
  await waitUntil(() => Promise.resolve(fs.existsSync(file) ? true : undefined), {
    timeout: 50_000,
    interval: 50,
    title: `The graph of ${name}`,
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
