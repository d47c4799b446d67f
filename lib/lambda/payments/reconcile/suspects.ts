import type { Queryable } from "../../database/connection";

/** Suspects that a run checks again; the others stay in the database for the next run. */
export const maxSuspects = 20_000;

const insert = `
  INSERT INTO reconciliation.suspects (payment_id) SELECT unnest($1::text[])
  ON CONFLICT (payment_id) DO NOTHING`;
const select = `
  SELECT payment_id AS id FROM reconciliation.suspects
  WHERE payment_id > $1 ORDER BY payment_id LIMIT $2`;
// one that was recorded since the check may be suspect again
const remove = `
  DELETE FROM reconciliation.suspects
  WHERE payment_id = ANY ($1::text[]) AND noted_at < $2::timestamptz`;

/** What is suspected: that table and ledger differ, or that a document is missing, too. */
export type Suspicion = "amounts" | "documents";

/**
 * Payments that did not agree. They are stored in the database, where the next run finds those of a run
 * that was killed and where the ledger function inserts those whose records it dead-lettered; and, up to a
 * number, in memory, for this run to settle.
 */
export class Suspects {
  private readonly inMemory = new Map<string, Suspicion>();
  /** How many this run found but will not settle. */
  left = 0;

  constructor(private readonly client: Queryable) {}

  /** Those that this run is to settle. */
  get toSettle(): ReadonlyMap<string, Suspicion> {
    return this.inMemory;
  }

  /** Whether this run can settle no more. */
  get isFull(): boolean {
    return this.inMemory.size >= maxSuspects;
  }

  /** Stores suspects, before the checkpoint passes them. */
  async note(ids: readonly string[], suspicion: Suspicion): Promise<void> {
    if (ids.length === 0) return;
    await this.client.query(insert, [ids]);
    this.remember(ids, suspicion);
  }

  /** Has this run settle suspects that are in the database, up to its capacity. */
  remember(ids: readonly string[], suspicion: Suspicion): void {
    for (const id of ids) {
      const known = this.inMemory.get(id);
      if (known === undefined && this.isFull) this.left += 1;
      else if (known !== "documents") this.inMemory.set(id, suspicion);
    }
  }

  /** Suspects in the database that follow an id, in order, at most so many. */
  async following(after: string, limit: number): Promise<readonly string[]> {
    const { rows } = await this.client.query<{ id: string }>(select, [after, limit]);
    return rows.map(({ id }) => id);
  }

  /** Removes suspects that agreed when they were checked, at a time of the database's clock. */
  async clear(ids: readonly string[], lookedAt: string): Promise<void> {
    if (ids.length > 0) await this.client.query(remove, [ids, lookedAt]);
  }
}
