import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { event } from "../../unit/lambda/harness";
import { newKey } from "../deployed";
import { describeLocally, numbers } from "./client";
import { DatabaseProxy } from "./database-proxy";
import type { FunctionProcess } from "./function-process";
import { World } from "./world";

const resultSchema = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.unknown()),
});

/** The result of a call, and how long it took. */
interface Called {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly milliseconds: number;
}

async function call(process: FunctionProcess | undefined, request: unknown): Promise<Called> {
  const start = performance.now();
  const outcome = await process?.invoke(request);
  const result =
    outcome !== undefined && "result" in outcome
      ? resultSchema.parse(outcome.result)
      : { statusCode: 0, headers: {} };
  return { ...result, milliseconds: performance.now() - start };
}

/** Calls so many times a second for some seconds, whether or not the calls before have ended. */
async function load(perSecond: number, seconds: number, one: (n: number) => Promise<Called>) {
  const calls = numbers(perSecond * seconds).map(async (n) => {
    await sleep((n * 1_000) / perSecond);
    return one(n);
  });
  return Promise.all(calls);
}

const statuses = (called: readonly Called[]) => [
  ...new Set(called.map(({ statusCode }) => statusCode)),
];

describeLocally("where the database's network drops every packet, under load", () => {
  let world: World;
  let proxy: DatabaseProxy;
  let payments: FunctionProcess[];
  let accounts: FunctionProcess[];
  beforeAll(async () => {
    world = await World.make();
    proxy = await DatabaseProxy.start(world.database);
    payments = numbers(2).map(() => world.start("payment"));
    accounts = numbers(6).map(() => world.start("accounts", { DB_PORT: String(proxy.port) }));
    await Promise.all([...numbers(payments.length).map(pay), ...numbers(accounts.length).map(ask)]);
  }, 120_000);
  afterAll(() => {
    proxy.stop();
    world.stop();
  });

  const pay = (n: number) =>
    call(
      payments[n % payments.length],
      event("POST", "/payment", {
        key: newKey(),
        body: { userId: "user-1", amount: 1000, currency: "EUR" },
      }),
    );
  const ask = (n: number) =>
    call(accounts[n % accounts.length], event("GET", "/balance/merchant:payable"));

  it("no payment is refused, every balance gets 503 in time, and it recovers by itself", async () => {
    const paying = load(8, 14, pay);
    expect(statuses(await load(20, 2, ask))).toEqual([200]);
    proxy.fallSilent();
    const during = await load(30, 8, ask);
    proxy.speakAgain();
    await sleep(500);
    const after = await load(20, 2, ask);
    const paid = await paying;

    expect(statuses(paid)).toEqual([201]);
    expect(statuses(during)).toEqual([503]);
    expect(during.filter(({ headers }) => headers["Retry-After"] === undefined)).toEqual([]);
    expect(Math.max(...during.map(({ milliseconds }) => milliseconds))).toBeLessThan(3_500);
    expect(statuses(after)).toEqual([200]);
  }, 60_000);

  it("a payout is made once, whichever of its requests got no response", async () => {
    const writer = await world.connect("ledger_writer");
    await writer.query(
      `WITH entry AS (
         INSERT INTO ledger.entries (payment_id, version, kind, currency, occurred_at)
         VALUES ('pay_silent', 3, 'captured', 'EUR', now()) RETURNING payment_id, version, currency
       )
       INSERT INTO ledger.postings (payment_id, version, account, amount, currency)
       SELECT payment_id, version, account, amount, currency
       FROM entry, (VALUES ('customer:user-1:paid', 1000), ('merchant:payable', -1000)) AS line (account, amount)`,
    );
    const request = event("POST", "/payout", {
      key: newKey(),
      body: { currency: "EUR", amount: 400 },
    });
    const [first] = accounts;
    const calls: Called[] = [];
    proxy.fallSilent();
    calls.push(await call(first, request));
    proxy.speakAgain();
    calls.push(await call(first, request));
    calls.push(await call(first, request));
    const { rows } = await writer.query(
      "SELECT count(*)::int AS payouts FROM ledger.entries WHERE kind = 'payout'",
    );
    await writer.end();

    expect(calls.map(({ statusCode }) => statusCode)).toEqual([503, 201, 201]);
    expect(rows).toEqual([{ payouts: 1 }]);
  });
});
