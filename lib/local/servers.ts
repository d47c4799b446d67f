import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { awsClients } from "./clients";
import { newCredentials } from "./credentials";
import { startDatabaseFront } from "./database-front";
import { signInCheck } from "./database-sign-in";
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
  const databasePort = await freePort();
  const credentials = newCredentials(accountId);
  // each of its own, closed to other users: PostgreSQL may run as another one
  const folderOf = (name: string) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), `payments-local-${name}-`));
    started.onStop(() => fs.promises.rm(folder, { recursive: true, force: true }));
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
  started.add(emulator);
  const emulatorReady = phases.run("emulator", () => emulator.ready);
  const databaseFolder = folderOf("database");
  const postgresReady = phases.run("database", () =>
    startPostgres({
      folder: databaseFolder,
      onStart: (program) => {
        started.add(program);
      },
    }),
  );
  const [, postgres] = await Promise.all([emulatorReady, postgresReady]);

  const { endpoint } = emulator;
  const database = { host: "localhost", port: databasePort };
  const front = await startDatabaseFront({
    postgres: postgres.superuser,
    port: databasePort,
    maySignIn: signInCheck({ endpoint, region, credentials }, database.host),
  });
  started.onStop(() => front.stop());
  const caFile = path.join(databaseFolder, "ca.pem");
  fs.writeFileSync(caFile, front.certificate);
  const gateway = await startFunctionGateway(endpoint, options.onCall);
  started.onStop(() => gateway.stop());
  return {
    cloud: {
      endpoint,
      accountId,
      region,
      credentials,
      clients: awsClients({ endpoint, region, credentials }),
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
