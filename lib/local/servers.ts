import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { newCredentials } from "./credentials";
import { startDatabaseProxy } from "./database-proxy";
import { signInCheck } from "./database-sign-in";
import { startEmulator } from "./emulator";
import { startFunctionGateway } from "./function-gateway";
import type { FunctionCall } from "./function-gateway";
import type { PhaseLog } from "./phases";
import { freePort } from "./ports";
import { startPostgres } from "./postgres";
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

/** Starts the emulator and PostgreSQL concurrently. */
export async function startServers(options: ServersOptions): Promise<Servers> {
  const { phases, shutdown, accountId, region } = options;
  const databasePort = await freePort();
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
  const databaseFolder = folderOf("database");
  const postgresReady = phases.run("database", () =>
    startPostgres({
      folder: databaseFolder,
      onStart: (process) => {
        shutdown.addProcess(process);
      },
    }),
  );
  const [, postgres] = await Promise.all([emulatorReady, postgresReady]);

  const { endpoint } = emulator;
  const database = { host: "localhost", port: databasePort };
  const proxy = await startDatabaseProxy({
    postgres: postgres.superuser,
    port: databasePort,
    maySignIn: signInCheck({ endpoint, region, credentials }, database.host),
  });
  shutdown.addAction(() => proxy.stop());
  const caFile = path.join(databaseFolder, "ca.pem");
  fs.writeFileSync(caFile, proxy.certificate);
  const gateway = await startFunctionGateway(endpoint, options.onCall);
  shutdown.addAction(() => gateway.stop());
  return {
    settings: {
      endpoint,
      accountId,
      region,
      credentials,
      database: {
        ...database,
        masterUser: postgres.masterUser,
        masterPassword: postgres.masterPassword,
        caFile,
      },
      functionEndpoint: gateway.url,
    },
    databaseLogFile: postgres.logFile,
    ended: Promise.race([emulator.ended, postgres.ended]),
  };
}
