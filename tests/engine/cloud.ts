import * as path from "node:path";
import { PhaseLog } from "../../lib/local/phases";
import { freePort } from "../../lib/local/ports";
import type { LocalCloud } from "../../lib/local/resource";
import { localAccount } from "../../lib/local/regions";
import type { AccountSettings } from "../../lib/local/regions";
import { startServers } from "../../lib/local/servers";
import { Shutdown } from "../../lib/local/shutdown";

/** An empty local cloud. */
export interface EmptyCloud {
  readonly cloud: LocalCloud;
  readonly settings: AccountSettings;
  stop(): Promise<void>;
}

/** Starts an emulator and a PostgreSQL of one's own. */
export async function startEmptyCloud(): Promise<EmptyCloud> {
  const shutdown = new Shutdown();
  try {
    const { settings } = await startServers({
      root: path.resolve(__dirname, "../.."),
      port: await freePort(),
      accountId: "000000000000",
      region: "us-east-1",
      phases: new PhaseLog(),
      shutdown,
    });
    return { cloud: localAccount(settings).cloud, settings, stop: () => shutdown.run() };
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}
