import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { awsClients } from "./clients";
import { newCredentials } from "./credentials";
import { startEmulator } from "./emulator";
import { startFunctionGateway } from "./function-gateway";
import type { FunctionCall } from "./function-gateway";
import type { PhaseLog } from "./phases";
import { freePort } from "./ports";
import { startPostgres } from "./postgres";
import type { LocalCloud } from "./resource";
import type { Started } from "./started";

/** Where the servers run, and who is told. */
export interface ServersOptions {
  /** The project's folder. */
  readonly root: string;
  /** The emulator's port on the loopback interface. */
  readonly port: number;
  readonly accountId: string;
  readonly region: string;
  readonly phases: PhaseLog;
  /** Told each call of a function to AWS. */
  readonly onCall?: (call: FunctionCall) => void;
  /** Given all that is to be stopped. */
  readonly started: Started;
}

/** A local cloud with nothing deployed to it. */
export interface Servers {
  readonly cloud: LocalCloud;
  /** PostgreSQL's log, with every sign-in. */
  readonly databaseLogFile: string;
  /** Resolves if the emulator or PostgreSQL ends by itself, to a sentence of how. */
  readonly ended: Promise<string>;
}

/** Starts the emulator and PostgreSQL, side by side. */
export async function startServers(options: ServersOptions): Promise<Servers> {
  const { phases, started, accountId, region } = options;
  const postgresPort = await freePort();
  const credentials = newCredentials(accountId);
  const runFolder = fs.mkdtempSync(path.join(os.tmpdir(), "payments-local-"));
  started.onStop(() => fs.promises.rm(runFolder, { recursive: true, force: true }));
  fs.chmodSync(runFolder, 0o755); // PostgreSQL may run as another user
  const folderOf = (name: string) => {
    const folder = path.join(runFolder, name);
    fs.mkdirSync(folder);
    return folder;
  };

  const emulator = startEmulator({
    root: options.root,
    folder: folderOf("emulator"),
    runFolder,
    port: options.port,
    accountId,
    region,
    credentials,
  });
  started.add(emulator);
  const emulatorReady = phases.run("emulator", () => emulator.ready);
  const postgresReady = phases.run("database", () =>
    startPostgres({
      folder: folderOf("postgres"),
      runFolder,
      port: postgresPort,
      onStart: (program) => {
        started.add(program);
      },
    }),
  );
  const [, postgres] = await Promise.all([emulatorReady, postgresReady]);

  const { endpoint } = emulator;
  const gateway = await startFunctionGateway(endpoint, options.onCall);
  started.onStop(() => gateway.stop());
  return {
    cloud: {
      endpoint,
      accountId,
      region,
      credentials,
      clients: awsClients({ endpoint, region, credentials }),
      database: postgres.database,
      functionEndpoint: gateway.url,
    },
    databaseLogFile: postgres.logFile,
    ended: Promise.race([emulator.ended, postgres.ended]),
  };
}
