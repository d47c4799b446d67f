import * as fs from "node:fs";
import * as path from "node:path";
import { startedCloud } from "./cloud";

/** Stops the local cloud, if this run started one. */
export default async function stop(): Promise<void> {
  const cloud = startedCloud();
  if (cloud === undefined) return;
  await cloud.stop();
  fs.rmSync(path.dirname(cloud.outputsFile), { recursive: true });
}
