import type { ClientConfig } from "pg";
import { variable } from "../environment";

/**
 * Where the database is and how long it may keep a function waiting. TLS is verified, the host's name
 * too; the authorities are those of `NODE_EXTRA_CA_CERTS`.
 */
export function databaseSettings() {
  return {
    host: variable("DB_HOST"),
    port: Number(variable("DB_PORT")),
    database: variable("DB_NAME"),
    ssl: { rejectUnauthorized: true, minVersion: "TLSv1.2" },
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 8_000,
    // the server's word counts; this one is for a server that no longer answers
    query_timeout: 10_000,
    // a run that was killed in the middle must not keep its locks
    idle_in_transaction_session_timeout: 10_000,
  } satisfies ClientConfig;
}
