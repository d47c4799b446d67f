import * as fs from "node:fs";
import * as path from "node:path";
import { startDatabaseProxy } from "./database-proxy";
import type { DatabaseProxyOptions } from "./database-proxy";
import type { PhaseLog } from "./phases";
import { freePort } from "./ports";
import {
  masterUser,
  newPassword,
  postgresLogFile,
  postgresSocket,
  startPostgres,
} from "./postgres";
import type { LocalDatabase } from "./resource";
import type { Shutdown } from "./shutdown";

/** The name by which clients reach the database. */
export const databaseHost = "localhost";

/** Where the database runs, and what follows it. */
export interface DatabaseOptions {
  /** An empty folder for all that it writes; gone when this process is. */
  readonly folder: string;
  readonly maySignIn: DatabaseProxyOptions["maySignIn"];
  readonly phases: PhaseLog;
  /** Takes all that is to be stopped. */
  readonly shutdown: Shutdown;
}

/** PostgreSQL and the proxy before it, started; they may not be ready yet. */
export interface StartedDatabase {
  readonly database: LocalDatabase;
  /** PostgreSQL's log, with every sign-in. */
  readonly logFile: string;
  /** Resolves if PostgreSQL does not start or ends by itself, to a sentence of how. */
  readonly ended: Promise<string>;
}

/** Starts PostgreSQL and, beside it, the proxy by which clients reach it; resolves while they start. */
export async function startDatabase(options: DatabaseOptions): Promise<StartedDatabase> {
  const { folder, maySignIn, phases, shutdown } = options;
  const masterPassword = newPassword();
  const caFile = path.join(folder, "ca.pem");
  const findPort = freePort();
  const startProxy = async () => {
    const port = await findPort;
    const proxy = await startDatabaseProxy({ postgres: postgresSocket(folder), port, maySignIn });
    shutdown.addAction(() => proxy.stop());
    fs.writeFileSync(caFile, proxy.certificate);
  };
  const started = phases.run("database", async () => {
    const [server] = await Promise.all([
      startPostgres({
        folder,
        masterPassword,
        onStart: (process) => {
          shutdown.addProcess(process);
        },
      }),
      startProxy(),
    ]);
    return server;
  });
  const ready = started.then(() => undefined);
  ready.catch(() => undefined); // there may be nobody yet who waits for it; `ended` says it, too
  return {
    database: {
      host: databaseHost,
      port: await findPort,
      masterUser,
      masterPassword,
      caFile,
      ready,
    },
    logFile: postgresLogFile(folder),
    ended: started.then(
      ({ ended }) => ended,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    ),
  };
}
