import type { WithDatabase } from "../../database/connection";

/** What the operations work with; a test gives them stand-ins. */
export interface Dependencies {
  /**
   * Gives work a connection to the ledger's database. Work may be done twice.
   *
   * @throws the problem `unavailable` where the database is away.
   */
  readonly withDatabase: WithDatabase;
  /** Ends well if the table can be read. */
  readonly checkTable: () => Promise<unknown>;
}
