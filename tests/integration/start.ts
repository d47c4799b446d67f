import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { deployProgram } from "../../lib/local/deploy-program";
import { startLocalCloud } from "../../lib/local/local-cloud";
import { setStartedCloud } from "./cloud";

/**
 * With `OUTPUTS_FILE` the suite runs against what is deployed there, with the credentials of the
 * environment; without, against a local cloud of its own, which has every module.
 */
export default async function start(): Promise<void> {
  if (process.env["OUTPUTS_FILE"] !== undefined) return;
  // not where `npm run local` writes, which may be running beside
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "payments-outputs-"));
  const usesFile = path.join(folder, "uses.jsonl");
  const cloud = await startLocalCloud({
    stack: process.env["STACK"] ?? "dev",
    with: ["all"],
    loadDeployment: () => Promise.resolve({ deployProgram }),
    outputsFolder: folder,
    usesFile,
  });
  setStartedCloud(cloud);
  Object.assign(process.env, cloud.environment, {
    USES_FILE: usesFile,
    DATABASE_LOG_FILE: cloud.databaseLogFile,
  });
}
