-- The ledger: double-entry bookkeeping of payments, and the roles that functions sign in as.

CREATE SCHEMA ledger;

-- One entry for each version of a payment.
CREATE TABLE ledger.entries (
  payment_id text COLLATE "C" NOT NULL CHECK (payment_id <> ''),
  version integer NOT NULL CHECK (version > 0),
  kind text NOT NULL
    CHECK (kind IN ('created', 'authorized', 'captured', 'refunded', 'canceled', 'failed')),
  currency text COLLATE "C" NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  occurred_at timestamptz NOT NULL,
  posted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (payment_id, version),
  UNIQUE (payment_id, version, currency)
);

-- What an entry moves, in minor units of its currency: debits above zero, credits below.
CREATE TABLE ledger.postings (
  payment_id text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  account text COLLATE "C" NOT NULL CHECK (account <> ''),
  amount bigint NOT NULL CHECK (amount <> 0),
  currency text COLLATE "C" NOT NULL,
  PRIMARY KEY (payment_id, version, account),
  FOREIGN KEY (payment_id, version, currency)
    REFERENCES ledger.entries (payment_id, version, currency)
);

CREATE INDEX postings_by_account ON ledger.postings (account, currency) INCLUDE (amount);

CREATE VIEW ledger.balances AS
  SELECT account, currency, sum(amount) AS balance
  FROM ledger.postings
  GROUP BY account, currency;

-- Checked when the transaction commits, since an entry's postings are inserted one by one.
CREATE FUNCTION ledger.require_zero_sum() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  total numeric;
BEGIN
  SELECT sum(amount) INTO total
  FROM ledger.postings
  WHERE payment_id = NEW.payment_id AND version = NEW.version;

  IF total <> 0 THEN
    RAISE EXCEPTION 'postings of payment % version % sum to %, not to zero',
      NEW.payment_id, NEW.version, total
      USING ERRCODE = 'check_violation', CONSTRAINT = 'postings_sum_to_zero';
  END IF;
  RETURN NULL;
END;
$$;

CREATE CONSTRAINT TRIGGER postings_sum_to_zero
  AFTER INSERT ON ledger.postings
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION ledger.require_zero_sum();

-- Even the owner appends only: a mistake is put right by another entry.
CREATE FUNCTION ledger.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '%.% is append-only: % is refused', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'insufficient_privilege';
END;
$$;

CREATE TRIGGER entries_are_append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.entries
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

CREATE TRIGGER postings_are_append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.postings
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

-- Roles belong to the whole server: another database of it may have them already. They sign in with
-- IAM tokens, which rds_iam allows, and have no password.
DO $$
DECLARE
  role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['payment_api', 'ledger_writer', 'ledger_reader'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
      EXECUTE format('CREATE ROLE %I LOGIN', role_name);
    END IF;
    EXECUTE format('GRANT rds_iam TO %I', role_name);
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), role_name);
  END LOOP;
  EXECUTE format('REVOKE CONNECT, TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END;
$$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
GRANT USAGE ON SCHEMA ledger TO payment_api, ledger_writer, ledger_reader;
GRANT SELECT ON ledger.balances TO payment_api;
GRANT SELECT ON ledger.entries, ledger.postings TO ledger_writer, ledger_reader;
-- not posted_at: when something was posted is the database's word
GRANT INSERT (payment_id, version, kind, currency, occurred_at) ON ledger.entries TO ledger_writer;
GRANT INSERT ON ledger.postings TO ledger_writer;
