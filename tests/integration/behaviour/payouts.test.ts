import type { Client } from "pg";
import * as z from "zod";
import { event } from "../../unit/lambda/harness";
import { newKey } from "../deployed";
import { describeLocally, numbers } from "./client";
import type { FunctionProcess } from "./function-process";
import { World } from "./world";

const resultSchema = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.unknown()),
  body: z.string(),
});
const bodySchema = z.record(z.string(), z.unknown());

describeLocally("payouts, with the real PostgreSQL", () => {
  let world: World;
  let accounts: FunctionProcess[];
  let owner: Client;
  let api: Client;
  let ledger: Client;
  let entries = 0;

  beforeAll(async () => {
    world = await World.make();
    accounts = numbers(4).map(() => world.start("accounts"));
    owner = await world.connect();
    api = await world.connect("payment_api");
    ledger = await world.connect("ledger_writer");
  }, 120_000);
  afterAll(async () => {
    for (const client of [owner, api, ledger]) await client.end();
    world.stop();
  });

  async function send(process: FunctionProcess | undefined, request: unknown) {
    const outcome = await process?.invoke(request);
    if (outcome === undefined || !("result" in outcome)) throw new Error("no response");
    const { statusCode, headers, body } = resultSchema.parse(outcome.result);
    return {
      status: statusCode,
      replayed: headers["Idempotent-Replayed"] === "true",
      body: bodySchema.parse(JSON.parse(body)),
    };
  }

  const payOut = (body: object, key = newKey(), at = 0) =>
    send(accounts[at], event("POST", "/payout", { key, body }));

  async function balance(account: string): Promise<unknown> {
    return (await send(accounts[0], event("GET", `/balance/${account}`))).body["balances"];
  }

  /** Posts what captures post: accounts and amounts of one entry. */
  async function post(client: Client, currency: string, lines: Readonly<Record<string, number>>) {
    await client.query(
      `WITH entry AS (
         INSERT INTO ledger.entries (payment_id, version, kind, currency, occurred_at)
         VALUES ($1, 3, 'captured', $2, now()) RETURNING payment_id, version, currency
       )
       INSERT INTO ledger.postings (payment_id, version, account, amount, currency)
       SELECT payment_id, version, account, amount, currency
       FROM entry, unnest($3::text[], $4::bigint[]) AS line (account, amount)`,
      [`pay_${String(entries++)}`, currency, Object.keys(lines), Object.values(lines)],
    );
  }

  const owe = (currency: string, amount: number, client = ledger) =>
    post(client, currency, { "customer:user-1:paid": amount, "merchant:payable": -amount });

  it("reduce what is owed, by an amount and by all", async () => {
    await owe("EUR", 1000);
    const part = await payOut({ currency: "EUR", amount: 300, reference: "Week 47" });
    const all = await payOut({ currency: "EUR", all: true });

    expect(part).toEqual({
      status: 201,
      replayed: false,
      body: {
        payoutId: expect.stringMatching(/^payout_[0-9a-f]{32}$/) as unknown,
        timestamp: expect.closeTo(Date.now(), -5) as unknown,
        currency: "EUR",
        amount: 300,
        reference: "Week 47",
      },
    });
    expect(all).toMatchObject({ status: 201, body: { amount: 700 } });
    expect(await balance("merchant:payable")).toEqual([{ currency: "EUR", amount: "0" }]);
    expect(await balance("merchant:paid-out")).toEqual([{ currency: "EUR", amount: "-1000" }]);
  });

  it("are never more than is owed, in that currency, and a refusal is final for its key", async () => {
    await owe("USD", 100);
    const key = newKey();
    const first = await payOut({ currency: "USD", amount: 101 }, key);
    await owe("USD", 1);
    const again = await payOut({ currency: "USD", amount: 101 }, key);
    const nothing = await payOut({ currency: "JPY", all: true });

    expect(first).toMatchObject({ status: 400, replayed: false });
    expect(first.body["type"]).toBe("urn:payments:problem:amount-exceeded");
    expect(again).toEqual({ ...first, replayed: true });
    expect(nothing).toMatchObject({ status: 400 });
    expect(await balance("merchant:payable")).toContainEqual({ currency: "USD", amount: "-101" });
  });

  it("are made once a key, whatever is owed by then, and for one body only", async () => {
    await owe("GBP", 1000);
    const key = newKey();
    const first = await payOut({ currency: "GBP", amount: 600 }, key);
    const again = await payOut({ currency: "GBP", amount: 600 }, key);
    const other = await payOut({ currency: "GBP", amount: 400 }, key);
    const otherCurrency = await payOut({ currency: "EUR", amount: 600 }, key);

    expect(again).toEqual({ ...first, replayed: true });
    expect([other.status, otherCurrency.status]).toEqual([422, 422]);
    expect(await balance("merchant:payable")).toContainEqual({ currency: "GBP", amount: "-400" });
  });

  it("of amounts beyond what a number holds are exact; what is too much for one is paid in several", async () => {
    const most = 999_999_999_999_999;
    for (const lines of numbers(10)) await owe("VND", most - lines);
    const before = await balance("merchant:payable");
    const first = await payOut({ currency: "VND", all: true });
    const second = await payOut({ currency: "VND", all: true });

    expect(before).toContainEqual({ currency: "VND", amount: "-9999999999999945" });
    expect([first.body["amount"], second.body["amount"]]).toEqual([most, most]);
    expect(await balance("merchant:payable")).toContainEqual({
      currency: "VND",
      amount: "-7999999999999947",
    });
  });

  it("at the same time pay no more than is owed, and one request at the same time once", async () => {
    await owe("CHF", 1000);
    const apart = await Promise.all(
      numbers(12).map((n) => payOut({ currency: "CHF", amount: 300 }, newKey(), n % 4)),
    );
    await owe("SEK", 1000);
    const key = newKey();
    const same = await Promise.all(
      numbers(12).map((n) => payOut({ currency: "SEK", amount: 300 }, key, n % 4)),
    );

    expect(apart.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(apart.filter(({ status }) => status === 400)).toHaveLength(9);
    expect(same.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(same.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    expect(await balance("merchant:payable")).toEqual(
      expect.arrayContaining([
        { currency: "CHF", amount: "-100" },
        { currency: "SEK", amount: "-700" },
      ]),
    );
  });

  it("under one key in different currencies at the same time are one payout and mismatches", async () => {
    await owe("NOK", 100);
    await owe("DKK", 100);
    const key = newKey();
    const responses = await Promise.all(
      numbers(8).map((n) => payOut({ currency: n % 2 ? "NOK" : "DKK", amount: 60 }, key, n % 4)),
    );
    const made = responses.filter(({ status }) => status === 201);

    expect(new Set(made.map(({ body }) => body["payoutId"])).size).toBe(1);
    expect(responses.filter(({ status }) => status === 422)).toHaveLength(4);
  });

  it("are the only way in which the API's role writes", async () => {
    const statements = [
      "INSERT INTO ledger.entries (payment_id, version, kind, currency, occurred_at) VALUES ('payout_1', 1, 'payout', 'EUR', now())",
      "INSERT INTO ledger.postings VALUES ('payout_1', 1, 'merchant:payable', 1, 'EUR')",
      "INSERT INTO ledger.account_totals VALUES ('merchant:payable', 'EUR', 0, -1)",
      "INSERT INTO ledger.payout_requests (key_hash, request_hash, request_id, requested_at, currency) VALUES ('k', 'r', 'i', now(), 'EUR')",
      "SELECT FROM ledger.payout_requests",
      "SELECT ledger.pay_out('k', 'r', 'i', 'EUR', -1, false, NULL)",
      "SELECT ledger.pay_out('k', 'r', 'i', 'EUR', 0, true, NULL)",
    ];

    for (const statement of statements)
      await expect(api.query(statement)).rejects.toThrow(/permission denied|is of 1 or more/);
    await expect(
      ledger.query("SELECT ledger.pay_out('k', 'r', 'i', 'EUR', 1, false, NULL)"),
    ).rejects.toThrow("permission denied");
  });

  it("need to see the payouts before them: an older snapshot is refused", async () => {
    await api.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
    await expect(
      api.query("SELECT ledger.pay_out('k', 'r', 'i', 'EUR', 1, false, NULL)"),
    ).rejects.toThrow("read committed");
    await api.query("ROLLBACK");
  });

  it("and their keys, and the totals of accounts, cannot be changed by the owner either", async () => {
    const statements = [
      "UPDATE ledger.account_totals SET total = 0",
      "DELETE FROM ledger.account_totals",
      "TRUNCATE ledger.account_totals",
      "INSERT INTO ledger.account_totals VALUES ('merchant:payable', 'EUR', 0, -1)",
      "UPDATE ledger.payout_requests SET amount = 1",
      "DELETE FROM ledger.payout_requests",
      "TRUNCATE ledger.payout_requests",
    ];

    for (const statement of statements)
      await expect(owner.query(statement)).rejects.toThrow(/is append-only|follows the postings/);
  });

  it("and postings of several connections at once leave totals that are the sums of the postings", async () => {
    const writers = await Promise.all(numbers(6).map(() => world.connect("ledger_writer")));
    const work = writers.map(async (writer, at) => {
      for (const n of numbers(60)) {
        const amount = 1 + Math.floor(Math.random() * 1000);
        const users = [at, n % 3].map((user) => `customer:user-${String(user)}:paid`);
        await post(writer, n % 2 ? "EUR" : "PLN", {
          "merchant:payable": -2 * amount,
          [users[0] ?? ""]: amount,
          [`${users[1] ?? ""}-too`]: amount,
        });
        if (n % 10 === 0) await payOut({ currency: "PLN", amount }, newKey(), at % 4);
      }
      await writer.end();
    });
    await Promise.all(work);
    const { rows: wrong } = await owner.query(
      `SELECT account, currency, balance, sum(amount)
       FROM ledger.balances FULL JOIN ledger.postings USING (account, currency)
       GROUP BY account, currency, balance
       HAVING balance IS DISTINCT FROM sum(amount)`,
    );
    const { rows: sums } = await owner.query(
      "SELECT currency FROM ledger.balances GROUP BY currency HAVING sum(balance) <> 0",
    );
    const { rows: hot } = await owner.query<{ rows: number }>(
      "SELECT count(*)::int AS rows FROM ledger.account_totals WHERE account = 'merchant:payable' AND currency = 'PLN'",
    );

    expect(wrong).toEqual([]);
    expect(sums).toEqual([]);
    expect(hot[0]?.rows).toBeGreaterThan(8);
    await expect(post(ledger, "EUR", { "merchant:payable": 1 })).rejects.toThrow("not to zero");
  }, 60_000);
});
