import * as fs from "node:fs";
import * as path from "node:path";
import { Client } from "pg";
import { functionsFolder } from "../../lib/function-bundles";
import { median } from "./measurement";
import type { Measurement } from "./measurement";

/** The ledger before and after balances were kept: the first is what the second is held against. */
const [ledgerBefore, balances] = ["0001_ledger.sql", "0002_balances.sql"].map((name) =>
  fs.readFileSync(path.join(functionsFolder, "migrate/migrations", name), "utf8"),
) as [string, string];

/** Accounts that all payments share are where writers could meet, and where history is longest. */
const sharedAccount = "merchant:payable";

const readBalance = "SELECT currency, balance FROM ledger.balances WHERE account = $1";

/** Who post while a balance is read. */
const writersBeside = 4;

/** Balances that are read of each ledger. */
const reads = 41;

/** Entries that each writer posts, one transaction each, where their number in a second is measured. */
const entriesOfWriter = 4_000;

/** Fills a ledger with two postings an entry; nothing is checked, to be done in a reasonable time. */
const fill = `
  SET session_replication_role = replica;
  INSERT INTO ledger.entries (payment_id, version, kind, currency, occurred_at)
    SELECT 'pay_' || md5(n::text), 3, 'captured', 'EUR', now() FROM generate_series(1, :entries) AS n;
  INSERT INTO ledger.postings (payment_id, version, account, amount, currency)
    SELECT 'pay_' || md5(n::text), 3, line.account, line.amount, 'EUR'
    FROM generate_series(1, :entries) AS n,
      LATERAL (VALUES ('customer:user-' || n % 10000 || ':paid', 1250), ('${sharedAccount}', -1250))
        AS line (account, amount);
  SET session_replication_role = origin;`;

/** Posts entries one after another within the server, as fast as it can. */
const post = `
  DO $$ BEGIN
    FOR n IN 1..:entries LOOP
      WITH entry AS (
        INSERT INTO ledger.entries (payment_id, version, kind, currency, occurred_at)
        VALUES ('pay_' || gen_random_uuid(), 3, 'captured', 'EUR', now())
        RETURNING payment_id, version, currency
      )
      INSERT INTO ledger.postings (payment_id, version, account, amount, currency)
      SELECT payment_id, version, account, amount, currency
      FROM entry, (VALUES ('customer:user-' || floor(random() * 10000) || ':paid', 1250),
        ('${sharedAccount}', -1250)) AS line (account, amount);
      COMMIT;
    END LOOP;
  END $$`;

const times = (statement: string, entries: number) =>
  statement.replaceAll(":entries", String(entries));

/** What is measured of one ledger. */
interface Measured {
  readonly milliseconds: number;
  /** Entries a second of one writer and of eight. */
  readonly alone: number;
  readonly together: number;
}

/**
 * How long a balance takes while others post to its account, and what that costs those who post, by the
 * number of postings that there are; each against the ledger as its first migration makes it.
 *
 * @param client - A superuser's, of a server of this benchmark's own.
 */
export async function measureBalances(
  client: Client,
  sizes: readonly number[],
): Promise<Measurement[]> {
  const measured: Measurement[] = [];
  for (const size of sizes) measured.push(...(await measureSize(client, size)));
  return measured;
}

async function measureSize(client: Client, size: number): Promise<Measurement[]> {
  const database = `growth_balances_${String(size)}`;
  await client.query(`CREATE DATABASE ${database}`);
  const open = async () => {
    const { host, port, user = "" } = client;
    const opened = new Client({ host, port, user, database });
    await opened.connect();
    return opened;
  };
  const own = await open();
  await own.query(ledgerBefore);
  await own.query(times(fill, size / 2));
  await own.query("VACUUM ANALYZE");
  const before = await measureLedger(open);
  const start = performance.now();
  await own.query(`BEGIN; ${balances}; COMMIT`);
  const migration = performance.now() - start;
  await own.query("VACUUM ANALYZE");
  const after = await measureLedger(open);
  await own.end();
  await client.query(`DROP DATABASE ${database}`);

  const against = (value: number) => ({ what: "summed from postings", value, isStable: false });
  const name = `${size.toLocaleString("en-US")} postings`;
  return [
    {
      what: `balance at ${name}, ${String(writersBeside)} posting`,
      value: after.milliseconds,
      unit: "ms",
      against: against(before.milliseconds),
      goal: 10,
    },
    {
      what: `entry at ${name}, 1 posting`,
      value: 1_000 / after.alone,
      unit: "ms",
      against: against(1_000 / before.alone),
    },
    {
      what: `entry at ${name}, 8 posting`,
      value: 1_000 / after.together,
      unit: "ms",
      against: against(1_000 / before.together),
    },
    { what: `migration to kept balances at ${name}`, value: migration, unit: "ms" },
  ];
}

async function measureLedger(open: () => Promise<Client>): Promise<Measured> {
  const [reader, ...writers] = await Promise.all(Array.from({ length: 9 }, open));
  if (reader === undefined) throw new Error("no connection");
  for (const writer of writers) await writer.query("SET ROLE ledger_writer");
  await reader.query("SET ROLE payment_api");

  const written = async (count: number) => {
    const start = performance.now();
    const chosen = writers.slice(0, count);
    await Promise.all(chosen.map((writer) => writer.query(times(post, entriesOfWriter))));
    return (count * entriesOfWriter * 1_000) / (performance.now() - start);
  };
  const alone = await written(1);
  const together = await written(8);
  const milliseconds = await readBesideWriters(reader, writers.slice(0, writersBeside));
  await Promise.all([reader, ...writers].map((one) => one.end()));
  return { milliseconds, alone, together };
}

async function readBesideWriters(reader: Client, writers: readonly Client[]): Promise<number> {
  let isOver = false;
  const writing = writers.map(async (writer) => {
    while (!isOver) await writer.query(times(post, 1));
  });
  const durations: number[] = [];
  for (let n = 0; n < reads; n++) {
    const start = performance.now();
    await reader.query(readBalance, [sharedAccount]);
    durations.push(performance.now() - start);
  }
  isOver = true;
  await Promise.all(writing);
  return median(durations);
}
