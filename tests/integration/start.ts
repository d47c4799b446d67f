import { startLocalCloud } from "../../lib/local/local-cloud";
import { keepCloud } from "./cloud";

/**
 * With `OUTPUTS_FILE` the suite runs against what is deployed there, with the credentials of the
 * environment; without, against a local cloud of its own.
 */
export default async function start(): Promise<void> {
  if (process.env["OUTPUTS_FILE"] !== undefined) return;
  const cloud = await startLocalCloud({ stack: process.env["STACK"] ?? "dev" });
  keepCloud(cloud);
  Object.assign(process.env, cloud.environment);
}
