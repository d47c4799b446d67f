import type { ClientConfig } from "pg";
import { required } from "../aws/environment";

/**
 * Who waits for a database that does not respond: callers of the API, who need an error soon to retry
 * later, or work in the background, which gains nothing by a short timeout.
 */
export type Purpose = keyof typeof timeouts;

/**
 * Milliseconds. The server's timeout of a statement is shorter than the client's, which is for a server
 * that no longer responds at all.
 */
const timeouts = {
  // balances take milliseconds, payouts of a currency wait for one another: a second is ample for either.
  // A reused connection that does not respond and a new one that fails take 2.5 seconds together
  interactive: {
    connectionTimeoutMillis: 1_000,
    statement_timeout: 1_000,
    query_timeout: 1_500,
    idle_in_transaction_session_timeout: 2_000,
  },
  // a sign-in may queue behind those of a whole restart; a batch may wait for a migration's lock, and is
  // delivered again where that takes longer; an invocation that was killed must not hold its locks
  background: {
    connectionTimeoutMillis: 5_000,
    statement_timeout: 8_000,
    query_timeout: 10_000,
    idle_in_transaction_session_timeout: 10_000,
  },
} as const;

/**
 * Where the database is, and the timeouts of its connections. TLS is verified, the host's name
 * too; the authorities are those of `NODE_EXTRA_CA_CERTS`.
 */
export function databaseSettings(purpose: Purpose) {
  return {
    host: required("DB_HOST"),
    port: Number(required("DB_PORT")),
    database: required("DB_NAME"),
    ssl: { rejectUnauthorized: true, minVersion: "TLSv1.2" },
    keepAlive: true,
    ...timeouts[purpose],
  } satisfies ClientConfig;
}
