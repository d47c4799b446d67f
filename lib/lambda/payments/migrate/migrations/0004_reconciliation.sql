-- What the reconciliation needs: the ledger's entries in the order in which they were posted, and a
-- place to remember how far it has come.

-- A B-tree rather than a BRIN index: pages of a few thousand entries in order, from any moment on, cost
-- the same however many entries there are, and whether or not autovacuum has kept up.
CREATE INDEX entries_by_posted_at ON ledger.entries (posted_at);

-- One row for each payments table.
CREATE TABLE reconciliation.checkpoints (
  name text COLLATE "C" PRIMARY KEY CHECK (name <> ''),
  state jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

GRANT SELECT, INSERT, UPDATE ON reconciliation.checkpoints TO ledger_reader;
