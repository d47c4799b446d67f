-- Where the audit document of a change is, and which payments the next reconciliation must look at.

-- Key of the object that several changes share; null where a change has an object of its own, whose key
-- follows from the entry. Without a default or a check, so that no row is read or written again.
ALTER TABLE ledger.entries ADD COLUMN document text COLLATE "C";

GRANT INSERT (document) ON ledger.entries TO ledger_writer;

CREATE SCHEMA reconciliation;

-- Payments that something is known to be wrong with: no entry can say so.
CREATE TABLE reconciliation.suspects (
  payment_id text COLLATE "C" PRIMARY KEY,
  noted_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

GRANT USAGE ON SCHEMA reconciliation TO ledger_writer, ledger_reader;
GRANT INSERT (payment_id) ON reconciliation.suspects TO ledger_writer;
GRANT SELECT, INSERT, DELETE ON reconciliation.suspects TO ledger_reader;
