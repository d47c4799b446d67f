import type { WithDatabase } from "../../database/connection";

/** What the operations work with; tests substitute it. */
export interface Dependencies {
  /**
   * Gives work a connection to the ledger's database. Work may be run twice.
   *
   * @throws the problem `unavailable` where the database does not respond.
   */
  readonly withDatabase: WithDatabase;
  /** Resolves if the table can be read. */
  readonly checkTable: () => Promise<unknown>;
}
