import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import { compareChanges, firstChanges } from "../../../lib/lambda/payments/reconcile/changes";
import { Findings } from "../../../lib/lambda/payments/reconcile/findings";
import { reconcileEverything } from "../../../lib/lambda/payments/reconcile/reconciliation";
import type { Run } from "../../../lib/lambda/payments/reconcile/run";
import { settle } from "../../../lib/lambda/payments/reconcile/settle";
import { Suspects } from "../../../lib/lambda/payments/reconcile/suspects";
import { withLedger } from "./database";
import { type Calls, History, bucketOf, fill, idOf, itemOf, recent, tableOf } from "./history";
import { type Measurement, median } from "../measurement";

/** The cost of some work. */
export interface Effort {
  readonly milliseconds: number;
  /** Calls to DynamoDB. */
  readonly tableCalls: number;
  /** Statements to PostgreSQL. */
  readonly statements: number;
  /** Calls to S3. */
  readonly bucketCalls: number;
}

/** The cost of reconciling a stack with so many payments. */
export interface Growth {
  readonly payments: number;
  /** An hour in which a thousand payments changed. */
  readonly hour: Effort;
  /** A sweep through everything. */
  readonly sweep: Effort;
  /** Ten thousand payments that the ledger had not caught up with when they were compared. */
  readonly behind: Effort;
}

const paymentsBehind = 10_000;

/** Payments that all sweeps of one size compare together: a short one alone would be noise. */
const sweptAtLeast = 200_000;

/**
 * What an hourly reconciliation and a sweep take at some numbers of payments: the function's own code
 * over a PostgreSQL of this machine and clients that respond as DynamoDB and S3 would, at once.
 */
export async function reconciliationGrowth(sizes: readonly number[]): Promise<readonly Growth[]> {
  process.env["TABLE_NAME"] = "payments";
  process.env["AUDIT_BUCKET"] = "audit";
  const grown: Growth[] = [];
  for (const payments of sizes) grown.push(await withLedger((owner) => measure(owner, payments)));
  return grown;
}

/** The same as lines of a benchmark: each size against the first. */
export async function measureReconciliation(sizes: readonly number[]): Promise<Measurement[]> {
  const grown = await reconciliationGrowth(sizes);
  const [first] = grown;
  if (first === undefined) return [];
  const line = (
    what: string,
    unit: "ms" | "calls",
    value: (growth: Growth) => number,
  ): Measurement[] =>
    grown.map((growth) => ({
      what: `${what}, of ${growth.payments.toLocaleString("en-US")} payments`,
      value: value(growth),
      unit,
      ...(growth !== first && {
        against: {
          what: `of ${first.payments.toLocaleString("en-US")}`,
          value: value(first),
          isStable: unit === "calls",
        },
        ratioGoal: 1.2,
      }),
    }));
  const lines = (
    what: string,
    of: (growth: Growth) => Effort,
    per: (growth: Growth) => number = () => 1,
  ) => [
    ...line(what, "ms", (growth) => of(growth).milliseconds / per(growth)),
    ...line(`${what}: table, statements, listings`, "calls", (growth) => {
      const { tableCalls, statements, bucketCalls } = of(growth);
      return (tableCalls + statements + bucketCalls) / per(growth);
    }),
  ];
  return [
    ...lines("reconcile: an hour with 1,000 changed payments", ({ hour }) => hour),
    ...lines(
      "reconcile: sweep, 1,000 payments",
      ({ sweep }) => sweep,
      ({ payments }) => payments / 1_000,
    ),
    ...lines("reconcile: 10,000 behind, until settled", ({ behind }) => behind),
  ];
}

async function measure(owner: Client, payments: number): Promise<Growth> {
  const now = Date.now();
  const history = new History(payments, now);
  await fill(owner, history.changes);
  await owner.query("VACUUM ANALYZE ledger.entries, ledger.postings");
  await owner.query("SET ROLE ledger_reader");
  try {
    const calls: Calls = { table: 0, bucket: 0 };
    const s3 = bucketOf(history, calls);
    const run = { owner, calls, s3, dynamo: tableOf((id) => history.item(id), history, calls) };

    // the first ones are slower: nothing is compiled or cached yet
    const hour = await middle(7, () => effort(run, hourly));
    const sweep = await middle(Math.ceil(sweptAtLeast / payments), () =>
      effort(run, async (part) => {
        const { complete } = await reconcileEverything(part, undefined);
        if (!complete || part.findings.checked < payments) throw new Error("not all was swept");
      }),
    );
    return { payments, hour, sweep, behind: await settleBehind(run, history, now) };
  } finally {
    await owner.query("RESET ROLE");
  }
}

/** Of some rounds the one whose time is in the middle. */
async function middle(rounds: number, measureOnce: () => Promise<Effort>): Promise<Effort> {
  const efforts: Effort[] = [];
  for (let round = 0; round < rounds; round++) efforts.push(await measureOnce());
  const time = median(efforts.map(({ milliseconds }) => milliseconds));
  const found = efforts.find(({ milliseconds }) => milliseconds === time);
  if (found === undefined) throw new Error("nothing was measured");
  return found;
}

/** The database and clients of a run. */
interface Setting extends Pick<Run, "dynamo" | "s3"> {
  readonly owner: Client;
  readonly calls: Calls;
}

async function hourly(run: Run): Promise<void> {
  const complete = await compareChanges(run, await firstChanges(run), () => Promise.resolve());
  if (!complete || run.findings.checked !== recent.created + recent.changed)
    throw new Error(`${String(run.findings.checked)} payments were compared`);
}

/** Payments that the table has and the ledger receives while the reconciliation waits. */
async function settleBehind(setting: Setting, history: History, now: number): Promise<Effort> {
  const first = history.payments;
  const late = Array.from({ length: paymentsBehind }, (_, at) => first + at);
  const items = new Map(late.map((number) => [idOf(number), itemOf(number, now)]));
  const dynamo = tableOf((id) => items.get(id), history, setting.calls);
  const { owner } = setting;
  let filling = 0;
  const settled = await effort({ ...setting, dynamo }, async (run) => {
    await run.suspects.note([...items.keys()], "amounts");
    const catchUp = async () => {
      if (filling > 0) return;
      const start = performance.now();
      await owner.query("RESET ROLE");
      const versions = [1, 2, 3];
      await fill(
        owner,
        late.flatMap((payment) => versions.map((version) => ({ payment, version, time: now }))),
      );
      await owner.query("SET ROLE ledger_reader");
      filling = performance.now() - start;
    };
    await settle({
      ...run,
      clock: {
        ...run.clock,
        sleep: async (milliseconds) => {
          await catchUp();
          await sleep(milliseconds);
        },
      },
    });
    if (run.findings.differenceCount + run.findings.pending > 0) throw new Error("not settled");
  });
  return { ...settled, milliseconds: settled.milliseconds - filling };
}

/** The cost of some work of a run. */
async function effort(
  { owner, calls, ...clients }: Setting,
  work: (run: Run) => Promise<void>,
): Promise<Effort> {
  let statements = 0;
  const database: Run["database"] = {
    query: (text, values) => {
      statements += 1;
      return owner.query(text, values);
    },
  };
  const before = { ...calls };
  const start = performance.now();
  await work({
    ...clients,
    database,
    settings: { table: "payments", sweepDays: 30, everyMinutes: 60, statusShards: 1 },
    findings: new Findings(({ paymentId, kind }) => {
      throw new Error(`${paymentId}: ${kind}`);
    }),
    suspects: new Suspects(database),
    clock: {
      now: Date.now,
      sleep: (milliseconds) => sleep(milliseconds),
      workUntil: Infinity,
      endBy: Infinity,
    },
    grace: 30_000,
  });
  return {
    milliseconds: performance.now() - start,
    tableCalls: calls.table - before.table,
    statements,
    bucketCalls: calls.bucket - before.bucket,
  };
}
