import { keptCloud } from "./cloud";

/** Stops the local cloud, if this run started one. */
export default async function stop(): Promise<void> {
  await keptCloud()?.stop();
}
