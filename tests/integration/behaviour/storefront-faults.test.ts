import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { event } from "../../unit/lambda/harness";
import { signedIn } from "../../unit/lambda/storefront/harness";
import { aws, call, isLocal, newKey, persistently, text } from "../deployed";
import { itemOf } from "../operations";
import type { Item } from "../operations";
import { describeShopping, makeDue, orderSchema } from "../shop";
import type { ShopOrder } from "../shop";
import { numbers, runInParallel } from "./client";
import type { Fault } from "./fault-proxy";
import type { FunctionProcess, Outcome } from "./function-process";
import { ShopWorld, putProduct } from "./shop-world";
import type { ShopWorker } from "./shop-world";

jest.setTimeout(180_000);

const faults: readonly Fault[] = [
  { when: "before", what: "killed" },
  { when: "after", what: "killed" },
  { when: "after", what: "reset", always: true },
  { when: "before", what: "late" },
];

const resultSchema = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.unknown()),
  body: z.string(),
});

const responseOf = (outcome: Outcome) =>
  "result" in outcome ? resultSchema.safeParse(outcome.result).data : undefined;
const succeeded = (outcome: Outcome) =>
  Math.floor((responseOf(outcome)?.statusCode ?? 0) / 100) === 2;
const orderOf = (outcome: Outcome) =>
  orderSchema.parse(JSON.parse(responseOf(outcome)?.body ?? "null"));

/** Invokes until it succeeds, in another process where the first has ended. */
async function persist(
  processes: readonly FunctionProcess[],
  request: unknown,
  done: (outcome: Outcome) => boolean = succeeded,
): Promise<Outcome> {
  let outcome: Outcome = { failure: "not run" };
  for (let tries = 0; tries < 8 && !done(outcome); tries++) {
    const alive = processes.find((one) => one.alive);
    outcome = alive === undefined ? { failure: "no process" } : await alive.invoke(request);
  }
  return outcome;
}

/** What somebody does, after what, and what is there in the end. */
interface Scenario {
  readonly verb: "place" | "pay" | "cancel";
  readonly after: readonly ("place" | "pay")[];
  readonly order: { readonly status: string; readonly version: number };
  readonly payments: readonly string[];
  readonly stock: number;
  /** How many calls it makes at least: fewer where the stream has settled the payment meanwhile. */
  readonly calls: number;
}

const scenarios: readonly Scenario[] = [
  {
    verb: "place",
    after: [],
    order: { status: "PENDING", version: 1 },
    payments: [],
    stock: 8,
    calls: 2,
  },
  {
    verb: "pay",
    after: ["place"],
    order: { status: "PAYING", version: 3 },
    payments: ["PENDING"],
    stock: 8,
    calls: 5,
  },
  {
    verb: "cancel",
    after: ["place"],
    order: { status: "CANCELED", version: 2 },
    payments: [],
    stock: 10,
    calls: 4,
  },
  {
    verb: "cancel",
    after: ["place", "pay"],
    order: { status: "CANCELED", version: 5 },
    payments: ["CANCELED"],
    stock: 10,
    calls: 6,
  },
];

let world: ShopWorld;
/** An orders function without faults. */
let orders: FunctionProcess;
let workers: ShopWorker[];

/** A customer with one product to order. */
interface Customer {
  readonly userId: string;
  readonly productId: string;
}

/** A request of a customer, with a key of its own. */
function requestOf(verb: Scenario["verb"], { userId, productId }: Customer, orderId: string) {
  const path = verb === "place" ? "/orders" : `/orders/${orderId}/${verb}`;
  const body = verb === "place" ? { items: [{ productId, quantity: 2 }] } : {};
  return event("POST", path, { key: newKey(), body, context: signedIn(userId) });
}

/** A new customer's request, after what comes before it. */
async function prepare({ verb, after }: Pick<Scenario, "verb" | "after">) {
  const customer = { userId: newKey(), productId: await putProduct() };
  let order: ShopOrder | undefined;
  for (const before of after)
    order = orderOf(await persist([orders], requestOf(before, customer, order?.orderId ?? "")));
  return { customer, order, request: requestOf(verb, customer, order?.orderId ?? "") };
}

async function stockOf({ productId }: Customer): Promise<number> {
  const { Item } = await aws.dynamoDb.send(
    new GetItemCommand({
      TableName: text("ProductsTableName"),
      Key: { productId: { S: productId } },
      ConsistentRead: true,
    }),
  );
  return Number(Item?.["stock"]?.N);
}

/** What is there of a customer. */
async function stateOf(customer: Customer) {
  const list = event("GET", "/orders", { context: signedIn(customer.userId) });
  const { data } = z
    .object({ data: z.array(orderSchema) })
    .parse(JSON.parse(responseOf(await orders.invoke(list))?.body ?? "null"));
  const { body } = await persistently(() => call("GET", `/payment?userId=${customer.userId}`));
  const payments = z
    .array(z.looseObject({ transactionId: z.string(), status: z.string() }))
    .parse(body["data"]);
  return {
    orders: data.map(({ status, version }) => ({ status, version })),
    linked: data.flatMap(({ paymentId }) => paymentId ?? []),
    payments: payments.map(({ transactionId }) => transactionId),
    statuses: payments.map(({ status }) => status),
    stock: await stockOf(customer),
  };
}

/** Sends one request with one fault, and again until it succeeds; returns what is wrong afterwards. */
async function problemsOf(
  worker: ShopWorker,
  scenario: Scenario,
  fault: Fault,
  site: number,
): Promise<unknown[]> {
  const { customer, request } = await prepare(scenario);
  const outcomes: Outcome[] = [];
  worker.proxy.arm(fault, site);
  const first = worker.process.invoke(request);
  if (fault.what === "late") {
    const arrived = Promise.race([worker.proxy.reached, first]);
    const others = arrived.then(() => persist([orders], request));
    worker.proxy.holdUntil(others.then(() => undefined));
    outcomes.push(await others);
  }
  outcomes.push(await first);
  const reached = worker.proxy.calls.length > site;
  worker.proxy.arm();
  outcomes.push(await persist([worker.process, orders], request));
  const replay = responseOf(await orders.invoke(request));
  const responses = outcomes.filter(succeeded).map((outcome) => responseOf(outcome)?.body);
  const state = await stateOf(customer);

  const problems: unknown[] = [];
  if (!reached && site < scenario.calls) problems.push("the fault was not reached");
  if (new Set([...responses, replay?.body]).size !== 1) problems.push({ responses, replay });
  if (responses.length === 0) problems.push({ withoutResponse: outcomes });
  if (replay?.headers["Idempotent-Replayed"] !== "true") problems.push({ replay });
  const { order, payments: statuses, stock } = scenario;
  const { payments } = state;
  const expected = { orders: [order], linked: payments, payments, statuses, stock };
  if (JSON.stringify(state) !== JSON.stringify(expected)) problems.push({ state, expected });
  return problems;
}

/** The calls that a process makes where nothing goes wrong. */
async function sitesOf(worker: ShopWorker, request: unknown): Promise<readonly string[]> {
  worker.proxy.arm();
  const outcome = await worker.process.invoke(request);
  if (!("result" in outcome)) throw new Error(outcome.failure);
  return [...worker.proxy.calls];
}

(isLocal ? describeShopping : describe.skip)(
  "whatever goes wrong at any of its calls to AWS and the payments",
  () => {
    beforeAll(async () => {
      world = await ShopWorld.make();
      orders = world.start("orders");
      workers = await world.workers("orders", 6);
    });
    afterAll(() => {
      world.stop();
    });

    it.each(scenarios)(
      "$verb, after $after, has one effect once it was repeated, and one response",
      async (scenario) => {
        const [worker] = workers;
        if (worker === undefined) throw new Error("no worker");
        const sites = await sitesOf(worker, (await prepare(scenario)).request);
        const found: unknown[] = [];
        const jobs = faults.flatMap((fault) => sites.map((name, site) => ({ fault, name, site })));
        await runInParallel(workers, jobs, async (one, { fault, name, site }) => {
          const problems = await problemsOf(one, scenario, fault, site);
          if (problems.length > 0) found.push({ name, site, fault, problems });
          if (!one.process.alive) world.renew(one, "orders");
        });

        expect(sites.length).toBeGreaterThanOrEqual(scenario.calls);
        expect(found).toEqual([]);
      },
    );

    it("a declined payment ends its order once when the stream tells of it again", async () => {
      const settling = await world.workers("settle", 4);
      const settle = world.start("settle");
      const declined = async () => {
        const { customer, order } = await prepare({ verb: "cancel", after: ["place", "pay"] });
        // as it would be in the stream, which has nothing of it: the payment itself stays as it is
        const NewImage: Item = {
          ...(await itemOf(order?.paymentId ?? "")),
          status: { S: "FAILED" },
          version: { N: "2" },
        };
        const Keys = { transactionId: NewImage["transactionId"] };
        return { customer, request: { Records: [{ dynamodb: { Keys, NewImage } }] } };
      };
      const [worker] = settling;
      if (worker === undefined) throw new Error("no worker");
      const sites = await sitesOf(worker, (await declined()).request);
      const found: unknown[] = [];
      const jobs = faults
        .filter(({ what }) => what !== "late")
        .flatMap((fault) => numbers(sites.length).map((site) => ({ fault, site })));
      await runInParallel(settling, jobs, async (one, { fault, site }) => {
        const { customer, request } = await declined();
        one.proxy.arm(fault, site);
        const outcome = await persist([one.process, settle], request, (o) => "result" in o);
        const { orders: after, stock } = await stateOf(customer);
        if (
          !("result" in outcome) ||
          one.proxy.calls.length <= site ||
          JSON.stringify([after, stock]) !== '[[{"status":"CANCELED","version":4}],10]'
        )
          found.push({ fault, site, outcome, after, stock });
        if (!one.process.alive) world.renew(one, "settle");
      });

      expect(sites).toHaveLength(2);
      expect(found).toEqual([]);
    });

    it.each([
      { after: ["place"], version: 2, statuses: [] },
      { after: ["place", "pay"], version: 5, statuses: ["CANCELED"] },
    ] as const)(
      "an order expires once when its search is ended and repeated, after $after",
      async ({ after, version, statuses }) => {
        const [worker] = await world.workers("expire", 1);
        if (worker === undefined) throw new Error("no worker");
        const expire = world.start("expire");
        const due = async () => {
          const { customer, order } = await prepare({ verb: "cancel", after });
          await makeDue(order?.orderId ?? "");
          return customer;
        };
        await persist([expire], {}, (o) => "result" in o); // what others have left
        await due();
        const sites = await sitesOf(worker, {});
        const found: unknown[] = [];
        // one after the other: a search ends all that it finds
        for (const site of numbers(sites.length)) {
          const customer = await due();
          worker.proxy.arm({ when: "after", what: "killed" }, site);
          await worker.process.invoke({});
          const reached = worker.proxy.calls.length > site;
          const outcome = await persist([expire], {}, (o) => "result" in o);
          const state = await stateOf(customer);
          const { payments } = state;
          const orders = [{ status: "EXPIRED", version }];
          const expected = { orders, linked: payments, payments, statuses, stock: 10 };
          if (!reached || JSON.stringify(state) !== JSON.stringify(expected))
            found.push({ call: sites[site], reached, outcome, state });
          world.renew(worker, "expire");
        }

        expect(sites.length).toBeGreaterThan(3);
        expect(found).toEqual([]);
      },
    );
  },
);
