import "../../function-environment";
import { QueryCommand, type QueryCommandInput } from "@aws-sdk/client-dynamodb";
import {
  type Changes,
  compareChanges,
  firstChanges,
} from "../../../../../lib/lambda/payments/reconcile/changes";
import { settle } from "../../../../../lib/lambda/payments/reconcile/settle";
import { authorized, captured, pending } from "../ledger/payments";
import { FakeStack, keyOf, many, minute, numbered, start } from "./fakes";

const stack = new FakeStack();
const payment = numbered(authorized, 1);
let saved: Changes[] = [];

beforeEach(() => {
  stack.reset();
  saved = [];
});

const save = (changes: Changes) => {
  saved.push(changes);
  return Promise.resolve();
};

/** A first comparison of what changed; `change` is to the run. */
async function compared(change: Parameters<FakeStack["run"]>[0] = {}, from?: Changes) {
  const run = stack.run(change);
  const complete = await compareChanges(run, from ?? (await firstChanges(run)), save);
  return { run, complete, suspects: [...run.suspects.toSettle] };
}

const indexQueries = () =>
  stack.dynamo
    .commandCalls(QueryCommand)
    .map(({ args: [{ input }] }) => input)
    .filter(({ IndexName }) => IndexName !== undefined);

describe("what changed", () => {
  it("is queried by status in the order in which payments move, and by shard", async () => {
    const settings = { table: "transactions", sweepDays: 30, everyMinutes: 60, statusShards: 2 };
    await compared({ settings });

    expect(
      indexQueries().map(
        ({ ExpressionAttributeValues }) => ExpressionAttributeValues?.[":status"]?.S,
      ),
    ).toEqual([
      "PENDING",
      "PENDING#1",
      "AUTHORIZED",
      "AUTHORIZED#1",
      "CAPTURED",
      "CAPTURED#1",
      "REFUNDED",
      "REFUNDED#1",
      "CANCELED",
      "CANCELED#1",
      "FAILED",
      "FAILED#1",
    ]);
  });

  it("is, in a first run, what a run's interval and five minutes brought", async () => {
    await compared();

    expect(indexQueries()[0]).toMatchObject({
      TableName: "transactions",
      IndexName: "StatusIndex",
      ExpressionAttributeValues: {
        ":since": { N: String(start - 65 * minute) },
        ":until": { N: String(start) },
      },
    });
  });

  it("is, in the next run, what came since five minutes before the last", async () => {
    await compared();

    expect(saved.at(-1)).toEqual({
      created: { since: start - 5 * minute },
      posted: { postedAt: "2026-03-01T11:55:00.000Z", id: "", version: 0 },
    });
  });

  it("has a payment that the ledger does not know", async () => {
    stack.put(payment);

    const { complete, suspects } = await compared();
    expect(complete).toBe(true);
    expect(suspects).toEqual([[payment.transactionId, "amounts"]]);
    expect([...stack.database.suspects.keys()]).toEqual([payment.transactionId]);
  });

  it("has a payment that the table has lost since something of it was posted", async () => {
    stack.post(payment);

    const { suspects, run } = await compared();
    expect(suspects).toEqual([[payment.transactionId, "amounts"]]);
    expect(run.findings.checked).toBe(1);
  });

  it("has a payment that was created long ago, if something of it was posted", async () => {
    stack.put({ ...captured, transactionId: payment.transactionId, timestamp: 0 });
    stack.post(payment);

    expect((await compared()).suspects).toEqual([[payment.transactionId, "amounts"]]);
  });

  it("has a change that was posted and not documented", async () => {
    stack.put(payment);
    stack.post(payment);
    for (const entry of stack.database.entries)
      if (entry.version === 1) stack.documents.delete(keyOf(entry));
    const { suspects, run } = await compared();
    await settle(run);

    expect(suspects).toEqual([[payment.transactionId, "documents"]]);
    expect(stack.found).toEqual([
      { paymentId: payment.transactionId, kind: "undocumented", version: 1 },
    ]);
  });

  it("costs no more calls however much there is that did not change", async () => {
    const old = many(authorized, 3_000, 100).map((one) => ({ ...one, timestamp: 0 }));
    stack.put(payment, ...old);
    stack.postAt(start - 90 * minute, ...old);
    stack.post(payment);
    const { run, suspects } = await compared();

    expect(suspects).toEqual([]);
    expect(run.findings.checked).toBe(1);
    expect(stack.dynamo.commandCalls(QueryCommand)).toHaveLength(6);
    expect(stack.database.statements).toHaveLength(5);
  });

  it("is read in pages of the index", async () => {
    stack.pageSize = 2;
    const some = many(pending, 5);
    stack.put(...some);
    stack.post(...some);

    expect((await compared()).suspects).toEqual([]);
    expect(
      indexQueries()
        .slice(0, 3)
        .map(({ ExclusiveStartKey }) => ExclusiveStartKey),
    ).toEqual([
      undefined,
      {
        transactionId: { S: some[1]?.transactionId },
        timestamp: { N: String(start - minute) },
        status: { S: "PENDING" },
      },
      {
        transactionId: { S: some[3]?.transactionId },
        timestamp: { N: String(start - minute) },
        status: { S: "PENDING" },
      },
    ]);
  });

  it("is read in pages of the ledger, each from where the last one ended", async () => {
    const some = many(authorized, 3_000);
    stack.post(...some);
    stack.put(...some);

    const { suspects, complete } = await compared();
    expect(suspects).toEqual([]);
    expect(complete).toBe(true);
    expect(saved.at(-2)?.posted).toEqual({
      postedAt: "2026-03-01T11:59:00.000Z",
      id: some[2_499]?.transactionId,
      version: 2,
    });
  });
});

describe("a comparison that runs out of time", () => {
  const since = start - 65 * minute;
  const posted = { postedAt: "2026-03-01T10:55:00.000Z", id: "", version: 0 };

  beforeEach(() => {
    stack.pageSize = 2;
    const some = many(pending, 5);
    stack.put(...some);
    stack.post(...some);
    stack.callTime = 1_000;
  });

  it("reports that, and saves its progress", async () => {
    const { complete } = await compared({ workTime: 1_500 });

    expect(complete).toBe(false);
    expect(saved.at(-1)?.created).toEqual({
      since,
      walk: {
        until: start,
        shards: 1,
        query: 0,
        after: { id: many(pending, 4)[3]?.transactionId, timestamp: String(start - minute) },
      },
    });
    expect(saved.at(-1)?.posted).toEqual(posted);
  });

  it("is finished by the next run, which then goes on up to its own time", async () => {
    await compared({ workTime: 1_500 });
    stack.now = start + 60 * minute;
    const late = numbered(pending, 9);
    stack.put({ ...late, timestamp: stack.now - minute });
    const { complete, suspects } = await compared({}, saved.at(-1));

    expect(complete).toBe(true);
    expect(suspects).toEqual([[late.transactionId, "amounts"]]);
    expect(saved.at(-1)?.created).toEqual({ since: expect.any(Number) as number });
    expect(saved.at(-1)?.created.since).toBeGreaterThan(start + 55 * minute);
  });

  it("is started again if the number of shards has changed since", async () => {
    const walk = { until: start, shards: 4, query: 20 };
    await compared({}, { created: { since, walk }, posted });

    expect(indexQueries()[0]?.ExpressionAttributeValues).toMatchObject({
      ":status": { S: "PENDING" },
      ":until": { N: String(start) },
    });
  });

  it("may do so in the ledger's part, whose position it saves too", async () => {
    const { complete } = await compared({ workTime: 7_500 });

    expect(complete).toBe(false);
    expect(saved.at(-1)?.created).toEqual({ since: start - 5 * minute });
    expect(saved.at(-1)?.posted).toEqual(posted);
  });
});

it("remembers no more than a hundred thousand payments, and reads the others twice", async () => {
  const walk = Array.from({ length: 100_001 }, (_, at) => ({
    transactionId: { S: `pay_${String(at)}` },
  }));
  stack.dynamo
    .on(QueryCommand)
    .callsFake(({ ExpressionAttributeValues }: QueryCommandInput) =>
      ExpressionAttributeValues?.[":status"]?.S === "PENDING" ? { Items: walk } : {},
    );
  stack.postAt(
    start - minute,
    { ...payment, transactionId: "pay_0" },
    { ...payment, transactionId: "pay_100000" },
  );
  await compared();

  const read = stack.dynamo
    .commandCalls(QueryCommand)
    .map(({ args: [{ input }] }) => input.ExpressionAttributeValues?.[":id"]?.S)
    .filter((id) => id !== undefined);
  expect(read).toEqual(["pay_100000"]);
});
