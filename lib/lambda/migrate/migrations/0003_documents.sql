ALTER TABLE ledger.entries ADD COLUMN document text COLLATE "C";
CREATE SCHEMA reconciliation;
CREATE TABLE reconciliation.suspects (
  payment_id text COLLATE "C" PRIMARY KEY,
  noted_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT USAGE ON SCHEMA reconciliation TO ledger_writer, ledger_reader;
GRANT INSERT (payment_id) ON reconciliation.suspects TO ledger_writer;
GRANT SELECT, INSERT, DELETE ON reconciliation.suspects TO ledger_reader;
