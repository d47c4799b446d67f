import "../../function-environment";
import { QueryCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import {
  type Checkpoint,
  loadCheckpoint,
} from "../../../../../lib/lambda/payments/reconcile/checkpoint";
import {
  reconcile,
  reconcileEverything,
} from "../../../../../lib/lambda/payments/reconcile/reconciliation";
import { authorized, pending } from "../ledger/payments";
import { FakeStack, day, keyOf, many, minute, start } from "./fakes";

const stack = new FakeStack();
const onMalformed = jest.fn<undefined, [readonly string[]]>();
/** Payments that were created and posted long ago. */
const old = many(authorized, 10).map((payment) => ({ ...payment, timestamp: 0 }));
const [lost = pending, unposted = pending, bare = pending] = old;

beforeEach(() => {
  stack.reset();
  onMalformed.mockReset();
  stack.put(...old);
  stack.postAt(start - 90 * day, ...old);
});

const scheduled = (change: Parameters<FakeStack["run"]>[0] = {}) =>
  reconcile(stack.run(change), onMalformed);

async function checkpoint(): Promise<Checkpoint> {
  const loaded = await loadCheckpoint(stack.database, "transactions", stack.now);
  if (loaded.result !== "found") throw new Error(`the checkpoint is ${loaded.result}`);
  return loaded.checkpoint;
}

/** Something wrong on each side. */
function spoil(): void {
  stack.items.delete(lost.transactionId);
  stack.forget(({ id }) => id === unposted.transactionId);
  for (const entry of stack.database.entries)
    if (entry.id === bare.transactionId && entry.version === 2)
      stack.documents.delete(keyOf(entry));
}
const spoiled = [
  { paymentId: unposted.transactionId, kind: "missing-in-ledger" },
  { paymentId: lost.transactionId, kind: "missing-in-table" },
  { paymentId: bare.transactionId, kind: "undocumented", version: 2 },
];
const byId = (differences: typeof stack.found) =>
  [...differences].sort((one, other) => (one.paymentId < other.paymentId ? -1 : 1));

describe("a run of the schedule", () => {
  it("sweeps everything the first time, from all three sides", async () => {
    spoil();

    await expect(scheduled()).resolves.toMatchObject({
      changesCompared: true,
      complete: true,
      sweep: { counts: { table: 9, ledger: 9, documents: 18 } },
    });
    expect(byId(stack.found)).toEqual(byId([...spoiled].map((one) => ({ ...one })) as never));
  });

  it("reports each difference again until it is resolved", async () => {
    spoil();
    await scheduled();
    stack.found.length = 0;
    stack.now += 60 * minute;
    await scheduled();
    expect(stack.found).toHaveLength(3);

    stack.found.length = 0;
    stack.put(lost);
    stack.postAt(start - 90 * day, ...old);
    for (const entry of stack.database.entries) stack.documents.add(keyOf(entry));
    stack.now += 60 * minute;
    await scheduled();
    expect(stack.found).toEqual([]);
    expect(stack.database.suspects.size).toBe(0);
  });

  it("begins the next sweep when one is complete, and knows how much there is", async () => {
    await scheduled();
    stack.now += 60 * minute;
    await scheduled();

    expect((await checkpoint()).sweep).toMatchObject({
      startedAt: start + 60 * minute,
      previous: { table: 10, ledger: 10, documents: 20 },
    });
  });

  it("takes a page of each part, and no more while the sweep is on its plan", async () => {
    await scheduled();
    stack.pageSize = 1;
    stack.now += 60 * minute;
    stack.dynamo.resetHistory();

    await expect(scheduled()).resolves.toMatchObject({ complete: true });
    // a page of each of the table's four parts
    expect(stack.dynamo.commandCalls(ScanCommand)).toHaveLength(4);
    expect((await checkpoint()).sweep).toMatchObject({
      counts: { table: 4 },
      table: [{ isDone: false }, { isDone: false }, { isDone: false }, { isDone: false }],
    });
  });

  it("goes on with the sweep where the last run left it, until nothing is left", async () => {
    await scheduled();
    stack.pageSize = 1;
    for (const elapsed of [0, 10, 20].map((days) => days * day)) {
      stack.now = start + 60 * minute + elapsed;
      await scheduled();
    }

    expect((await checkpoint()).sweep).toMatchObject({
      startedAt: start + 60 * minute,
      counts: { table: 10, ledger: 10, documents: 20 },
    });
  });

  it("stops when its time is over, and says so", async () => {
    stack.pageSize = 1;
    stack.callTime = 1_000;

    // the index of statuses takes six seconds
    await expect(scheduled({ workTime: 6_500 })).resolves.toMatchObject({
      changesCompared: true,
      complete: false,
    });
    await expect(scheduled({ workTime: 2_000 })).resolves.toMatchObject({
      changesCompared: false,
      complete: false,
    });
  });

  it("leaves a sweep that finds more than it can settle to the next runs", async () => {
    const run = stack.run({ endTime: 0 });
    await run.suspects.note(
      Array.from({ length: 20_000 }, (_, at) => `pay_other_${String(at)}`),
      "amounts",
    );

    await expect(reconcile(run, onMalformed)).resolves.toMatchObject({
      sweep: { counts: { table: 0, ledger: 0, documents: 0 } },
    });
  });

  it("reports that its checkpoint is malformed, and starts again", async () => {
    spoil();
    stack.database.checkpoints.set("transactions", { sweep: "half way" });
    await scheduled();

    expect(onMalformed).toHaveBeenCalledWith(["changes", "suspectsAfter", "sweep"]);
    expect(stack.found).toHaveLength(3);
    await expect(checkpoint()).resolves.toMatchObject({ sweep: { counts: { table: 9 } } });
  });

  it("does nothing while another is in progress, and runs when it has ended", async () => {
    spoil();
    stack.database.locks.add("reconciliation of transactions");

    await expect(scheduled()).resolves.toBeUndefined();
    expect(stack.database.checkpoints.size).toBe(0);
    stack.database.locks.clear();
    await scheduled();
    expect(stack.found).toHaveLength(3);
    expect(stack.database.locks.size).toBe(0);
  });
});

describe("a run that fails in one part", () => {
  it("does the others, settles what it found and then fails", async () => {
    spoil();
    stack.s3.on(ListObjectsV2Command).rejects(new Error("the bucket is away"));

    await expect(scheduled()).rejects.toThrow("the bucket is away");
    expect(stack.found).toHaveLength(2);
    await expect(checkpoint()).resolves.toMatchObject({
      sweep: { ledger: { isDone: true }, documents: { isDone: false }, counts: { table: 9 } },
    });
  });

  it("stores its suspects for the next run, if it cannot settle them", async () => {
    spoil();
    stack.dynamo.on(QueryCommand).rejects(new Error("the table is away"));

    await expect(scheduled()).rejects.toThrow("the table is away");
    expect([...stack.database.suspects.keys()]).toContain(unposted.transactionId);
    expect(stack.database.locks.size).toBe(0);
  });

  it("fails as a whole without a database", async () => {
    stack.database.broken = "ledger.entries";

    await expect(scheduled()).rejects.toThrow("the database is away");
  });
});

describe("a sweep of everything", () => {
  it("finds what is wrong anywhere, whatever the schedule has done", async () => {
    await scheduled();
    const before = await checkpoint();
    spoil();

    await expect(reconcileEverything(stack.run(), undefined)).resolves.toMatchObject({
      complete: true,
    });
    expect(stack.found).toHaveLength(3);
    await expect(checkpoint()).resolves.toEqual(before);
  });

  it("that times out is finished by the next invocation", async () => {
    spoil();
    stack.pageSize = 1;
    stack.callTime = 1_000;
    const first = await reconcileEverything(
      stack.run({ workTime: 3_500, endTime: 20 * minute }),
      undefined,
    );
    expect(first.complete).toBe(false);

    const second = await reconcileEverything(stack.run({ endTime: 20 * minute }), first.sweep);
    expect(second).toMatchObject({
      complete: true,
      sweep: { counts: { table: 9, ledger: 9, documents: 18 } },
    });
    expect(stack.found).toHaveLength(3);
  });

  it("settles what it found before it fails", async () => {
    spoil();
    stack.s3.on(ListObjectsV2Command).rejects(new Error("the bucket is away"));

    await expect(reconcileEverything(stack.run(), undefined)).rejects.toThrow("the bucket is away");
    expect(stack.found).toHaveLength(2);
  });

  it("reads the table in four segments in parallel, without idempotency records", async () => {
    await reconcileEverything(stack.run(), undefined);
    const scans = stack.dynamo.commandCalls(ScanCommand).map(({ args: [{ input }] }) => input);

    expect(scans.map(({ Segment }) => Segment)).toEqual([0, 1, 2, 3]);
    expect(scans[0]).toMatchObject({
      TableName: "transactions",
      TotalSegments: 4,
      FilterExpression: "NOT begins_with(transactionId, :idempotency)",
      ExpressionAttributeValues: { ":idempotency": { S: "idempotency#" } },
    });
  });

  it("may find nothing: a table without items, a ledger without payments", async () => {
    stack.reset();
    stack.dynamo.on(ScanCommand).resolves({});

    await expect(reconcileEverything(stack.run(), undefined)).resolves.toMatchObject({
      complete: true,
      sweep: { counts: { table: 0, ledger: 0, documents: 0 } },
    });
    expect(stack.found).toEqual([]);
  });
});
