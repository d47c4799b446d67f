import type { ClientConfig } from "pg";
import { required } from "../aws/environment";

/**
 * Whom a database that does not answer keeps waiting: callers of the API, to be told soon that they
 * should ask later, or work in the background, which gains nothing by giving up early.
 */
export type Purpose = keyof typeof patience;

/**
 * Milliseconds. The server's word on a statement comes before the client's, which is for a server that
 * no longer answers at all.
 */
const patience = {
  // balances take milliseconds, payouts of a currency wait for one another: a second is ample for either.
  // A kept connection that went silent and a fresh one in vain take 2.5 seconds together
  interactive: {
    connectionTimeoutMillis: 1_000,
    statement_timeout: 1_000,
    query_timeout: 1_500,
    idle_in_transaction_session_timeout: 2_000,
  },
  // a sign-in may queue behind those of a whole restart; a batch may wait for a migration's lock, and is
  // brought again where that takes longer; a run that was killed in the middle must not keep its locks
  background: {
    connectionTimeoutMillis: 5_000,
    statement_timeout: 8_000,
    query_timeout: 10_000,
    idle_in_transaction_session_timeout: 10_000,
  },
} as const;

/**
 * Where the database is and how long it may keep a function waiting. TLS is verified, the host's name
 * too; the authorities are those of `NODE_EXTRA_CA_CERTS`.
 */
export function databaseSettings(purpose: Purpose) {
  return {
    host: required("DB_HOST"),
    port: Number(required("DB_PORT")),
    database: required("DB_NAME"),
    ssl: { rejectUnauthorized: true, minVersion: "TLSv1.2" },
    keepAlive: true,
    ...patience[purpose],
  } satisfies ClientConfig;
}
