import * as z from "zod";
import { event, wholeBodies } from "../../unit/lambda/harness";
import type { Action } from "../../unit/lambda/harness";
import { newKey } from "../deployed";
import { describeLocally, numbers, runInParallel } from "./client";
import { DatabaseProxy } from "./database-proxy";
import { FaultProxy } from "./fault-proxy";
import type { Fault } from "./fault-proxy";
import type { FunctionProcess, Outcome } from "./function-process";
import { TableStream } from "./table-stream";
import type { StreamRecord } from "./table-stream";
import { World } from "./world";

/** Those that a client's patience waits out come first: the others are tried meanwhile, not before. */
const faults: readonly Fault[] = [
  { when: "before", what: "silence" },
  { when: "after", what: "silence" },
  { when: "before", what: "reset" },
  { when: "before", what: "reset", always: true },
  { when: "after", what: "reset" },
  { when: "after", what: "reset", always: true },
  { when: "before", what: "throttled" },
  { when: "before", what: "throttled", always: true },
  { when: "before", what: "killed" },
  { when: "after", what: "killed" },
  { when: "before", what: "late" },
];

const actions = ["authorize", "capture", "cancel", "refund"] as const;

/** What has happened to a payment before an operation. */
const histories: Readonly<Record<"create" | Action, readonly Action[]>> = {
  create: [],
  authorize: [],
  capture: ["authorize"],
  cancel: ["authorize"],
  refund: ["authorize", "capture"],
};

/** More than there are silences at a time, so that processors have something to do. */
const workerCount = 12;
const resultSchema = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.unknown()),
  body: z.string(),
});
const paymentSchema = z.looseObject({ transactionId: z.string(), version: z.number() });
const listSchema = z.object({ data: z.array(paymentSchema) });

/** A process of a function with the proxies that inject faults. */
interface Worker {
  readonly proxy: FaultProxy;
  readonly database: DatabaseProxy;
  process: FunctionProcess;
}

let world: World;
/** A payment function and a ledger function without faults. */
let payment: FunctionProcess;
let ledger: FunctionProcess;
let stream: TableStream;
const delivered: StreamRecord[] = [];
const workers: Worker[] = [];

async function workersOf(name: "payment" | "ledger"): Promise<Worker[]> {
  const made = await Promise.all(
    Array.from({ length: workerCount }, async () => {
      const proxy = await FaultProxy.start(process.env["AWS_ENDPOINT_URL"] ?? "");
      const database = await DatabaseProxy.start(world.database);
      return { proxy, database, process: start(name, proxy, database) };
    }),
  );
  workers.push(...made);
  return made;
}

function start(name: "payment" | "ledger", proxy: FaultProxy, database: DatabaseProxy) {
  const started = world.start(name, {
    AWS_ENDPOINT_URL: proxy.url,
    DB_PORT: String(database.port),
  });
  proxy.onKill = () => {
    started.kill();
  };
  return started;
}

const responseOf = (outcome: Outcome) =>
  "result" in outcome ? resultSchema.parse(outcome.result) : undefined;

const succeeded = (outcome: Outcome) =>
  Math.floor((responseOf(outcome)?.statusCode ?? 0) / 100) === 2;

/** Invokes until it succeeds, in another process where the first has ended. */
async function persist(
  processes: readonly FunctionProcess[],
  request: unknown,
  done: (outcome: Outcome) => boolean,
): Promise<Outcome> {
  let outcome: Outcome = { failure: "not run" };
  for (let tries = 0; tries < 5 && !done(outcome); tries++) {
    const alive = processes.find((one) => one.alive);
    outcome = alive === undefined ? { failure: "no process" } : await alive.invoke(request);
  }
  return outcome;
}

/** A new payment of a user, moved by some actions. */
async function makePayment(userId: string, history: readonly Action[]): Promise<string> {
  const request = event("POST", "/payment", {
    key: newKey(),
    body: { userId, amount: 1000, currency: "EUR" },
  });
  const made = responseOf(await payment.invoke(request));
  const { transactionId } = paymentSchema.parse(JSON.parse(made?.body ?? ""));
  for (const action of history)
    await payment.invoke(
      event("POST", `/payment/${transactionId}/${action}`, {
        body: wholeBodies[action],
        key: newKey(),
      }),
    );
  return transactionId;
}

async function requestOf(operation: "create" | Action, userId: string) {
  const key = newKey();
  if (operation === "create")
    return event("POST", "/payment", { key, body: { userId, amount: 1000, currency: "EUR" } });
  const id = await makePayment(userId, histories[operation]);
  const body = operation === "refund" ? { amount: 400 } : wholeBodies[operation];
  return event("POST", `/payment/${id}/${operation}`, { key, body });
}

/** Sends one request with one fault; returns what is wrong afterwards. */
async function paymentProblems(
  worker: Worker,
  operation: "create" | Action,
  fault: Fault,
  site: number,
): Promise<unknown[]> {
  const userId = newKey();
  const request = await requestOf(operation, userId);
  const outcomes: Outcome[] = [];
  worker.proxy.arm(fault, site);
  const first = worker.process.invoke(request);
  if (fault.what === "late") {
    const others = worker.proxy.reached.then(() => persist([payment], request, succeeded));
    worker.proxy.holdUntil(others.then(() => undefined));
    outcomes.push(await others);
  }
  outcomes.push(await first);
  const reached = worker.proxy.calls.length > site;
  outcomes.push(await persist([worker.process, payment], request, succeeded));
  const replay = responseOf(await payment.invoke(request));
  const list = event("GET", "/payment", { query: { userId: [userId] } });
  const { data } = listSchema.parse(JSON.parse(responseOf(await payment.invoke(list))?.body ?? ""));

  const responses = outcomes.filter(succeeded).map((outcome) => responseOf(outcome)?.body);
  const versions = data.map(({ version }) => version);
  const version = histories[operation].length + (operation === "create" ? 1 : 2);
  const problems: unknown[] = [];
  if (!reached) problems.push("the fault was not reached");
  if (responses.length === 0) problems.push({ withoutResponse: outcomes });
  if (new Set([...responses, replay?.body]).size !== 1) problems.push({ responses, replay });
  if (replay?.headers["Idempotent-Replayed"] !== "true") problems.push({ replay });
  if (versions.join() !== String(version)) problems.push({ versions });
  return problems;
}

const summarySchema = z.object({ posted: z.literal(2), deadLettered: z.literal(0) });
const tookBoth = (outcome: Outcome) =>
  "result" in outcome && summarySchema.safeParse(outcome.result).success;

/** The records of some new payments, each created and authorized. */
async function recordsOf(count: number): Promise<StreamRecord[][]> {
  const ids: string[] = [];
  await runInParallel(numbers(10), numbers(count), async () => {
    ids.push(await makePayment("ledger", ["authorize"]));
  });
  delivered.push(...(await stream.read()));
  return ids.map((id) => delivered.filter(({ dynamodb }) => dynamodb.Keys.transactionId.S === id));
}

describeLocally("whatever goes wrong at any of its calls to AWS", () => {
  let paymentWorkers: Worker[];
  let ledgerWorkers: Worker[];
  beforeAll(async () => {
    world = await World.make();
    payment = world.start("payment");
    ledger = world.start("ledger");
    stream = new TableStream(world.streamArn);
    [paymentWorkers, ledgerWorkers] = [await workersOf("payment"), await workersOf("ledger")];
  }, 120_000);

  afterAll(() => {
    world.stop();
    for (const { proxy, database } of workers) {
      proxy.stop();
      database.stop();
    }
  });

  const renewed = (worker: Worker, name: "payment" | "ledger", { what }: Fault) => {
    // a client that was throttled remains slow
    if (what === "throttled") worker.process.kill();
    if (what === "throttled" || what === "killed")
      worker.process = start(name, worker.proxy, worker.database);
  };

  it.each(["create", ...actions] as const)(
    "%s has one effect once its caller has retried it, and one response",
    async (operation) => {
      const [worker] = paymentWorkers;
      worker?.proxy.arm();
      expect(
        succeeded(
          (await worker?.process.invoke(await requestOf(operation, newKey()))) ?? { failure: "" },
        ),
      ).toBe(true);
      const sites = [...(worker?.proxy.calls ?? [])];
      expect(sites.at(-1)).toContain("TransactWriteItems");

      const found: unknown[] = [];
      const jobs = faults.flatMap((fault) => sites.map((call, site) => ({ fault, call, site })));
      await runInParallel(paymentWorkers, jobs, async (worker, { fault, call, site }) => {
        const problems = await paymentProblems(worker, operation, fault, site);
        if (problems.length > 0) found.push({ call, site, fault, problems });
        renewed(worker, "payment", fault);
      });
      expect(found).toEqual([]);
    },
    120_000,
  );

  it.each([
    ["first", 2],
    ["second", 4],
  ] as const)(
    "the ledger's %s delivery is posted once when the stream delivers it again",
    async (delivery, expectedSites) => {
      const jobs = faults
        .filter(({ what }) => what !== "late")
        .flatMap((fault) => numbers(expectedSites).map((site) => ({ fault, site })));
      const records = await recordsOf(jobs.length + 1);
      const found: unknown[] = [];
      const deliver = async (worker: Worker, batch: StreamRecord[], fault?: Fault, site = 0) => {
        if (delivery === "second") await ledger.invoke({ Records: batch });
        worker.proxy.arm(fault, site);
        const outcome = await persist([worker.process, ledger], { Records: batch }, tookBoth);
        if (!tookBoth(outcome)) found.push({ site, fault, outcome });
        if (worker.proxy.calls.length <= site) found.push({ site, fault, unreached: true });
      };
      const [worker] = ledgerWorkers;
      if (worker !== undefined) await deliver(worker, records.pop() ?? []);
      expect(worker?.proxy.calls).toHaveLength(expectedSites);

      await runInParallel(ledgerWorkers, jobs, async (worker, { fault, site }) => {
        await deliver(worker, records.pop() ?? [], fault, site);
        renewed(worker, "ledger", fault);
      });
      expect(found).toEqual([]);
    },
    120_000,
  );

  it("and its connection to the database breaks at any message, or its process ends then, the ledger posts once", async () => {
    const [records, sites] = [await recordsOf(1), ledgerWorkers[0]];
    if (sites === undefined) throw new Error("no worker");
    sites.process.kill();
    sites.process = start("ledger", sites.proxy, sites.database);
    sites.proxy.arm();
    sites.database.arm();
    expect(tookBoth(await sites.process.invoke({ Records: records[0] }))).toBe(true);
    const { messages } = sites.database;
    const jobs = Array.from({ length: messages }, (_, message) =>
      (["before", "after"] as const).flatMap((when) =>
        [false, true].map((kills) => ({ cut: { message, when }, kills })),
      ),
    ).flat();
    const batches = await recordsOf(jobs.length);
    const found: unknown[] = [];
    await runInParallel(ledgerWorkers, jobs, async (worker, { cut, kills }) => {
      worker.process.kill();
      worker.process = start("ledger", worker.proxy, worker.database);
      worker.proxy.arm();
      worker.database.arm(cut, () => {
        if (kills) worker.process.kill();
      });
      const batch = { Records: batches.pop() ?? [] };
      const outcome = await persist([worker.process, ledger], batch, tookBoth);
      if (!tookBoth(outcome)) found.push({ cut, kills, outcome });
      if (worker.database.messages <= cut.message) found.push({ cut, unreached: true });
    });

    expect(messages).toBeGreaterThan(4);
    expect(found).toEqual([]);
  }, 120_000);

  it("table and ledger agree in the end, and every version of every payment has one audit document", async () => {
    delivered.push(...(await stream.read()));
    for (let at = 0; at < delivered.length; at += 100) {
      const outcome = await persist(
        [ledger],
        { Records: delivered.slice(at, at + 100) },
        (o) => "result" in o,
      );
      expect(outcome).toMatchObject({ result: { deadLettered: 0 } });
    }
    const changes = delivered.filter(({ dynamodb }) =>
      dynamodb.Keys.transactionId.S.startsWith("pay_"),
    );
    const payments = new Set(changes.map(({ dynamodb }) => dynamodb.Keys.transactionId.S));
    const report = await world.start("reconcile").invoke({ graceSeconds: 0, everything: true });
    const documents = await world.auditDocuments();
    const versions = [...documents.keys()].map((key) => /pay_\w+-v\d+/.exec(key)?.[0]);

    expect(report).toMatchObject({
      result: { checked: payments.size, pending: 0, differenceCount: 0, complete: true },
    });
    expect(new Set(versions).size).toBe(changes.length);
    expect(versions).toHaveLength(changes.length);
    expect(new Set(documents.values())).toEqual(new Set([1]));
  }, 120_000);
});
