import { Client } from "pg";
import { median } from "../measurement";
import type { Measurement } from "../measurement";
import { migrations } from "./database";

/** The ledger before and after balances were stored: the first is the baseline of the second. */
const [ledgerBefore = "", balances = ""] = migrations();

/** The accounts that all payments share are where writers could conflict, and where history is longest. */
const sharedAccount = "merchant:payable";

const readBalance = "SELECT currency, balance FROM ledger.balances WHERE account = $1";

/** Connections that post while a balance is read. */
const writersBeside = 4;

/** Balances that are read: few where each takes long, many where other load of the machine would show. */
const reads = { before: 11, after: 501 };

/** Entries that each writer posts, in a transaction each, where that is what is measured. */
const entriesOfWriter = 4_000;

/** Fills a ledger with two postings an entry; nothing is checked, to be done in a reasonable time. */
const fill = `
  SET session_replication_role = replica;
  INSERT INTO ledger.entries (payment_id, version, kind, currency, occurred_at)
    SELECT 'pay_' || lpad(to_hex(n), 32, '0'), 3, 'captured', 'EUR', now() FROM generate_series(1, :entries) AS n;
  INSERT INTO ledger.postings (payment_id, version, account, amount, currency)
    SELECT 'pay_' || lpad(to_hex(n), 32, '0'), 3, line.account, line.amount, 'EUR'
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
  /** Of one read of a balance. */
  readonly milliseconds: number;
  /** Milliseconds an entry, of one writer and of eight. */
  readonly alone: number;
  readonly together: number;
}

/** What is measured at one number of postings. */
interface Growth {
  readonly size: number;
  readonly before: Measured;
  readonly after: Measured;
  /** Milliseconds that postings wait while the first ledger is migrated to the second. */
  readonly migration: number;
}

/**
 * How long a balance takes while others post to its account, and what that costs posting, by the number of
 * postings; against the ledger as its first migration makes it, which sums postings.
 *
 * @param client - A superuser's, of a server of this benchmark's own.
 * @param sizes - The first is the baseline of the others.
 */
export async function measureBalances(
  client: Client,
  sizes: readonly number[],
): Promise<Measurement[]> {
  const grown: Growth[] = [];
  for (const size of sizes) grown.push(await measureSize(client, size));
  return grown.flatMap((growth) => lines(growth, grown));
}

function lines({ size, before, after, migration }: Growth, [first]: Growth[]): Measurement[] {
  const name = (postings: number) => `${postings.toLocaleString("en-US")} postings`;
  const summed = (value: number) => ({ what: "summed from postings", value, isStable: false });
  const read = `balance at ${name(size)}, ${String(writersBeside)} posting to it`;
  return [
    {
      what: read,
      value: after.milliseconds,
      unit: "ms",
      goal: 10,
      ...(first !== undefined &&
        first.size !== size && {
          against: {
            what: `at ${name(first.size)}`,
            value: first.after.milliseconds,
            isStable: false,
          },
          ratioGoal: 1.2,
        }),
    },
    { what: `${read}, summed`, value: before.milliseconds, unit: "ms" },
    {
      what: `entry at ${name(size)}, 1 posting`,
      value: after.alone,
      unit: "ms",
      against: summed(before.alone),
    },
    {
      what: `entry at ${name(size)}, 8 posting`,
      value: after.together,
      unit: "ms",
      against: summed(before.together),
    },
    { what: `migration at ${name(size)}`, value: migration, unit: "ms" },
  ];
}

async function measureSize(client: Client, size: number): Promise<Growth> {
  const database = `growth_balances_${String(size)}`;
  await client.query(`CREATE DATABASE ${database}`);
  const open = async () => {
    const { host, port, user = "", password } = client;
    const opened = new Client({ host, port, user, password, database });
    await opened.connect();
    return opened;
  };
  const own = await open();
  await own.query(ledgerBefore);
  await own.query(times(fill, size / 2));
  await own.query("VACUUM ANALYZE");
  const before = await measureLedger(open, reads.before);
  const start = performance.now();
  await own.query(`BEGIN; ${balances}; COMMIT`);
  const migration = performance.now() - start;
  await own.query("VACUUM ANALYZE");
  const after = await measureLedger(open, reads.after);
  await own.end();
  await client.query(`DROP DATABASE ${database}`);
  return { size, before, after, migration };
}

async function measureLedger(open: () => Promise<Client>, count: number): Promise<Measured> {
  const [reader, ...writers] = await Promise.all(Array.from({ length: 9 }, open));
  if (reader === undefined) throw new Error("no connection");
  for (const writer of writers) await writer.query("SET ROLE ledger_writer");
  await reader.query("SET ROLE payment_api");

  const msPerEntry = async (many: number) => {
    const start = performance.now();
    const chosen = writers.slice(0, many);
    await Promise.all(chosen.map((writer) => writer.query(times(post, entriesOfWriter))));
    return (performance.now() - start) / (many * entriesOfWriter);
  };
  const alone = await msPerEntry(1);
  const together = await msPerEntry(8);
  const milliseconds = await readBesideWriters(reader, count, writers.slice(0, writersBeside));
  await Promise.all([reader, ...writers].map((one) => one.end()));
  return { milliseconds, alone, together };
}

async function readBesideWriters(
  reader: Client,
  count: number,
  writers: readonly Client[],
): Promise<number> {
  let isOver = false;
  const writing = writers.map(async (writer) => {
    while (!isOver) await writer.query(times(post, 1));
  });
  const durations: number[] = [];
  for (let n = 0; n < count; n++) {
    const start = performance.now();
    await reader.query(readBalance, [sharedAccount]);
    durations.push(performance.now() - start);
  }
  isOver = true;
  await Promise.all(writing);
  return median(durations);
}
