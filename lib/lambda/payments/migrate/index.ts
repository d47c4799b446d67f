import * as path from "node:path";
import { Logger } from "@aws-lambda-powertools/logger";
import type { Context } from "aws-lambda";
import { runner } from "node-pg-migrate";
import { Client } from "pg";
import { databaseSettings } from "../../database/settings";
import { masterCredentials } from "./credentials";

/** What a run did. */
export interface MigrationSummary {
  /** Names of the migrations that this run applied, in order; none when the schema was up to date. */
  readonly applied: readonly string[];
}

const logger = new Logger();

/** Milliseconds that are reserved to report a statement that timed out. */
const reportingTime = 5_000;

/**
 * Brings the database's schema up to date. Two runs at once are safe: the second waits for the first
 * and finds nothing left to do. A migration that fails is rolled back with the connection's end; those
 * before it stay, and the next run goes on from there.
 */
export async function handler(
  _event: unknown,
  context: Pick<Context, "getRemainingTimeInMillis">,
): Promise<MigrationSummary> {
  const { username, password } = await masterCredentials();
  const timeout = context.getRemainingTimeInMillis() - reportingTime;
  const client = new Client({
    ...databaseSettings("background"),
    user: username,
    password,
    // to build an index or to wait for another run takes longer than any other statement
    statement_timeout: timeout,
    query_timeout: timeout,
  });
  // the statement that was running rejects too; without a listener the event would end the process
  client.on("error", () => undefined);
  try {
    await client.connect();
    const migrations = await runner({
      dbClient: client,
      dir: path.join(__dirname, "migrations"),
      direction: "up",
      migrationsSchema: "migrations",
      createMigrationsSchema: true,
      migrationsTable: "applied",
      // a transaction each: the locks of one do not outlast it while the next builds an index
      singleTransaction: false,
      advisoryLockMode: "wait",
      logger,
    });
    const applied = migrations.map(({ name }) => name);
    logger.info("The schema is up to date", { applied });
    return { applied };
  } catch (error) {
    logger.error("The migration failed", { error });
    throw new Error(`The migration failed: ${message(error)}`, { cause: error });
  } finally {
    await client.end();
  }
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
