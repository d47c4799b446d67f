import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { newCredentials } from "./credentials";
import { databaseHost, startDatabase } from "./database";
import { signInCheck } from "./database-sign-in";
import { startEmulator } from "./emulator";
import { startFunctionGateway } from "./function-gateway";
import type { FunctionCall } from "./function-gateway";
import type { PhaseLog } from "./phases";
import type { AccountSettings } from "./regions";
import type { Shutdown } from "./shutdown";

/** The options of the servers, and what observes them. */
export interface ServersOptions {
  /** The project's folder. */
  readonly root: string;
  /** The emulator's port on the loopback interface. */
  readonly port: number;
  readonly accountId: string;
  readonly region: string;
  readonly phases: PhaseLog;
  /** Called with each call of a function to AWS. */
  readonly onCall?: (call: FunctionCall) => void;
  /** All that is to be stopped is added to it. */
  readonly shutdown: Shutdown;
}

/** A local cloud with nothing deployed to it. */
export interface Servers {
  /** What they make a {@link localAccount} of; not done here, for it loads AWS's SDK. */
  readonly settings: AccountSettings;
  /** PostgreSQL's log, with every sign-in. */
  readonly databaseLogFile: string;
  /** Resolves if the emulator or PostgreSQL ends by itself, to a sentence of how. */
  readonly ended: Promise<string>;
}

/**
 * Starts the emulator and PostgreSQL concurrently; resolves when the emulator responds, for that is enough to begin to
 * deploy. What needs PostgreSQL waits until it is ready.
 */
export async function startServers(options: ServersOptions): Promise<Servers> {
  const { phases, shutdown, accountId, region } = options;
  const credentials = newCredentials(accountId);
  // a folder for each, closed to other users: PostgreSQL may run as another one
  const folderOf = (name: string) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), `payments-local-${name}-`));
    shutdown.addAction(() => fs.promises.rm(folder, { recursive: true, force: true }));
    return folder;
  };

  const emulator = startEmulator({
    root: options.root,
    folder: folderOf("emulator"),
    port: options.port,
    accountId,
    region,
    credentials,
  });
  shutdown.addProcess(emulator);
  const emulatorReady = phases.run("emulator", () => emulator.ready);
  const { endpoint } = emulator;
  const startGateway = async () => {
    const gateway = await startFunctionGateway(endpoint, options.onCall);
    shutdown.addAction(() => gateway.stop());
    return gateway.url;
  };
  const [{ database, logFile, ended }, functionEndpoint] = await Promise.all([
    startDatabase({
      folder: folderOf("database"),
      maySignIn: signInCheck({ endpoint, region, credentials }, databaseHost),
      phases,
      shutdown,
    }),
    startGateway(),
    emulatorReady,
  ]);
  return {
    settings: { endpoint, accountId, region, credentials, database, functionEndpoint },
    databaseLogFile: logFile,
    ended: Promise.race([emulator.ended, ended]),
  };
}
