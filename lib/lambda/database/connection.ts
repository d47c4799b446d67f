import { Signer } from "@aws-sdk/rds-signer";
import type { Pool, QueryResult, QueryResultRow } from "pg";
import { required } from "../aws/environment";
import { databaseSettings } from "./settings";
import type { Purpose } from "./settings";

/** What runs a statement: a connection, or a test's substitute for one. */
export interface Queryable {
  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<Row>>;
}

/** Gives `work` a connection and takes it back when the work is done. */
export type WithDatabase = <T>(work: (client: Queryable) => Promise<T>) => Promise<T>;

/**
 * Connections, signed in as the function's own role. One is reused by the next invocations of the
 * process. One that failed is closed, whatever the reason, so that the next work starts with a
 * new one.
 */
export function databaseFor(purpose: Purpose): WithDatabase {
  let pool: Promise<Pool> | undefined;
  return async (work) => {
    pool ??= openPool(purpose);
    const client = await (await pool).connect();
    try {
      const result = await work(client);
      client.release();
      return result;
    } catch (error) {
      client.release(true);
      throw error;
    }
  };
}

/** The database of functions that no caller waits for. */
export const withDatabase = databaseFor("background");

async function openPool(purpose: Purpose): Promise<Pool> {
  const pg = await import("pg"); // not before an invocation needs it
  const settings = databaseSettings(purpose);
  const user = required("DB_USER");
  const signer = new Signer({ hostname: settings.host, port: settings.port, username: user });
  const opened = new pg.Pool({
    ...settings,
    user,
    // a token lives for 15 minutes, and only has to when the connection is made
    password: () => signer.getAuthToken(),
    max: 1, // a process serves one event at a time
    idleTimeoutMillis: 0,
  });
  // a connection that breaks says so here and in the statement that it was running, if any; without a
  // listener the first would end the process, and the pool forgets a broken connection by itself
  const ignore = () => undefined;
  opened.on("error", ignore);
  opened.on("connect", (client) => client.on("error", ignore));
  return opened;
}
