import type { Queryable } from "../database/connection";

/** What the operations work with; a test gives them stand-ins. */
export interface Dependencies {
  /** Gives work a connection to the ledger's database. */
  readonly withDatabase: <T>(work: (client: Queryable) => Promise<T>) => Promise<T>;
  /** Ends well if the table can be read. */
  readonly checkTable: () => Promise<unknown>;
}
