-- Balances that cost the same however much was posted, and payouts.
--
-- Postings wait until this is done, which takes about a second a million of them; what reads the
-- ledger waits only at the end, for a moment. Entries are locked first, as those who post do.

LOCK TABLE ledger.entries, ledger.postings IN SHARE ROW EXCLUSIVE MODE;

-- What the postings of an account sum to. An account that all payments share is in many rows: those who
-- post at the same time rarely meet in one. Half of each page is left free, so that an update finds
-- room beside what it replaces and changes no index.
CREATE TABLE ledger.account_totals (
  account text COLLATE "C" NOT NULL,
  currency text COLLATE "C" NOT NULL,
  shard smallint NOT NULL,
  total numeric NOT NULL,
  PRIMARY KEY (account, currency, shard)
) WITH (fillfactor = 50);

INSERT INTO ledger.account_totals (account, currency, shard, total)
  SELECT account, currency, 0, sum(amount)
  FROM ledger.postings
  GROUP BY account, currency;

-- A trigger, so that there is no posting without its total, whoever posts. The rows are locked in the
-- order of their key, so that two statements never wait for each other.
CREATE FUNCTION ledger.add_to_totals() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  shared_shard constant smallint := floor(random() * 16);
BEGIN
  INSERT INTO ledger.account_totals AS totals (account, currency, shard, total)
  SELECT account, currency,
    CASE WHEN starts_with(account, 'customer:') THEN 0 ELSE shared_shard END AS shard,
    sum(amount)
  FROM inserted
  GROUP BY account, currency
  ORDER BY account, currency
  ON CONFLICT (account, currency, shard) DO UPDATE SET total = totals.total + EXCLUDED.total;
  RETURN NULL;
END;
$$;

CREATE TRIGGER postings_add_to_totals
  AFTER INSERT ON ledger.postings
  REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.add_to_totals();

-- Even the owner changes totals by postings only.
CREATE FUNCTION ledger.refuse_change_by_hand() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '%.% follows the postings: % is refused', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'insufficient_privilege';
END;
$$;

CREATE TRIGGER totals_follow_postings
  BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON ledger.account_totals
  FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0)
  EXECUTE FUNCTION ledger.refuse_change_by_hand();

CREATE OR REPLACE VIEW ledger.balances AS
  SELECT account, currency, sum(total) AS balance
  FROM ledger.account_totals
  GROUP BY account, currency;

-- What was asked for under each idempotency key, and what came of it. Without an amount, the payout was
-- refused, as more than was owed; a repetition is told the same, whatever is owed by then.
CREATE TABLE ledger.payout_requests (
  key_hash text COLLATE "C" PRIMARY KEY,
  request_hash text COLLATE "C" NOT NULL,
  request_id text COLLATE "C" NOT NULL,
  requested_at timestamptz NOT NULL,
  currency text COLLATE "C" NOT NULL,
  payout_id text COLLATE "C",
  amount bigint,
  reference text CHECK (reference <> ''),
  CHECK ((payout_id IS NULL) = (amount IS NULL))
);

CREATE TRIGGER payout_requests_are_append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.payout_requests
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

-- What checks that postings sum to zero runs at the end of the transaction, no longer within the function
-- below: as payment_api, which may not read the postings.
ALTER FUNCTION ledger.require_zero_sum() SECURITY DEFINER;

-- Pays out what is owed to the merchants: an amount, or with `asked_all` what there is up to that
-- amount. The only way in which payment_api writes, and all of it or nothing is done.
CREATE FUNCTION ledger.pay_out(
  asked_key_hash text,
  asked_request_hash text,
  asked_request_id text,
  asked_currency text,
  asked_amount bigint,
  asked_all boolean,
  asked_reference text
) RETURNS TABLE (
  request_hash text,
  request_id text,
  requested_at timestamptz,
  currency text,
  payout_id text,
  amount bigint,
  reference text,
  replayed boolean
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  owed numeric;
  pays bigint;
  pays_as text;
  is_first boolean;
  now_is constant timestamptz := date_trunc('milliseconds', clock_timestamp());
BEGIN
  IF asked_amount < 1 THEN
    RAISE EXCEPTION 'a payout is of 1 or more' USING ERRCODE = 'check_violation';
  END IF;
  -- in a snapshot that is older than the lock, an earlier payout would not be seen
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'payouts need read committed' USING ERRCODE = 'active_sql_transaction';
  END IF;

  -- one at a time in a currency; payments' postings do not wait for it
  PERFORM pg_advisory_xact_lock(hashtextextended('ledger.pay_out ' || asked_currency, 0));

  SELECT -coalesce(sum(total), 0) INTO owed
  FROM ledger.account_totals
  WHERE account = 'merchant:payable' AND currency = asked_currency;

  IF owed >= asked_amount THEN
    pays := asked_amount;
  ELSIF asked_all AND owed > 0 THEN
    pays := owed;
  END IF;
  IF pays IS NOT NULL THEN
    pays_as := 'payout_' || replace(gen_random_uuid()::text, '-', '');
  END IF;

  -- waits for another request under the same key, which may be in another currency
  INSERT INTO ledger.payout_requests
    (key_hash, request_hash, request_id, requested_at, currency, payout_id, amount, reference)
  VALUES (
    asked_key_hash, asked_request_hash, asked_request_id, now_is, asked_currency,
    pays_as, pays, asked_reference
  )
  ON CONFLICT (key_hash) DO NOTHING;
  is_first := FOUND;

  IF is_first AND pays IS NOT NULL THEN
    INSERT INTO ledger.entries (payment_id, version, kind, currency, occurred_at)
    VALUES (pays_as, 1, 'payout', asked_currency, now_is);
    INSERT INTO ledger.postings (payment_id, version, account, amount, currency)
    VALUES
      (pays_as, 1, 'merchant:payable', pays, asked_currency),
      (pays_as, 1, 'merchant:paid-out', -pays, asked_currency);
  END IF;

  RETURN QUERY
    SELECT request_hash, request_id, requested_at, currency, payout_id, amount, reference,
      NOT is_first
    FROM ledger.payout_requests
    WHERE key_hash = asked_key_hash;
END;
$$;

REVOKE EXECUTE ON FUNCTION ledger.add_to_totals, ledger.refuse_change_by_hand, ledger.pay_out
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.pay_out TO payment_api;

-- last, because readers wait too from here on
ALTER TABLE ledger.entries
  DROP CONSTRAINT entries_kind_check,
  ADD CONSTRAINT entries_kind_check CHECK (
    kind IN ('created', 'authorized', 'captured', 'refunded', 'canceled', 'failed', 'payout')
  );

-- balances were what needed it; every posting paid for it
DROP INDEX ledger.postings_by_account;
