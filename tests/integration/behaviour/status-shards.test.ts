import * as z from "zod";
import { event, newPayment } from "../../unit/lambda/harness";
import { newKey } from "../deployed";
import { describeLocally, numbers } from "./client";
import type { FunctionProcess } from "./function-process";
import { TableStream } from "./table-stream";
import { World } from "./world";

const responseSchema = z.object({
  result: z.object({ statusCode: z.number(), body: z.string() }),
});
const pageSchema = z.object({
  data: z.array(z.object({ transactionId: z.string(), status: z.string() })),
  nextCursor: z.string().optional(),
});

async function ask(
  process: FunctionProcess,
  ...request: Parameters<typeof event>
): Promise<unknown> {
  const { result } = responseSchema.parse(await process.invoke(event(...request)));
  expect(result.statusCode).toBeLessThan(300);
  return JSON.parse(result.body);
}

const idOf = (payment: unknown) => z.object({ transactionId: z.string() }).parse(payment);

async function pay(process: FunctionProcess): Promise<string> {
  const body = { ...newPayment, userId: newKey() };
  return idOf(await ask(process, "POST", "/payment", { body, key: newKey() })).transactionId;
}

/** The ids of all payments in a status, page by page. */
async function listed(process: FunctionProcess, status: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string[] | undefined;
  do {
    const query = { status: [status], limit: ["7"], ...(cursor && { cursor }) };
    const page = pageSchema.parse(await ask(process, "GET", "/payment", { query }));
    expect(page.data.map((one) => one.status)).toEqual(page.data.map(() => status));
    ids.push(...page.data.map(({ transactionId }) => transactionId));
    cursor = page.nextCursor === undefined ? undefined : [page.nextCursor];
  } while (cursor !== undefined);
  return ids;
}

describeLocally("while the shards of the index by status are raised from one to five", () => {
  let world: World;
  beforeAll(async () => {
    world = await World.make();
  }, 120_000);
  afterAll(() => {
    world.stop();
  });

  it("every list has every payment, whichever function made or moved it; ledger and table agree", async () => {
    const shards = (written: number, read: number) =>
      world.start("payment", {
        STATUS_SHARDS: String(written),
        STATUS_SHARDS_READ: String(read),
      });
    const [before, between, after] = [shards(1, 1), shards(1, 5), shards(5, 5)];
    const first = await Promise.all(numbers(12).map(() => pay(before)));
    const second = await Promise.all(numbers(6).map(() => pay(between)));
    // a deployment replaces the functions one by one: both are there for a while
    const third = await Promise.all(numbers(24).map((n) => pay(n % 2 === 0 ? after : between)));
    const all = [...first, ...second, ...third].sort();
    const beforeMoves = [await listed(between, "PENDING"), await listed(after, "PENDING")];
    const moved = [...first.slice(0, 6), ...third.slice(0, 6)];
    await Promise.all(
      moved.map((id, n) =>
        ask(n % 2 === 0 ? after : between, "POST", `/payment/${id}/authorize`, {
          body: { outcome: "APPROVED" },
          key: newKey(),
        }),
      ),
    );
    const ledger = world.start("ledger");
    const records = await new TableStream(world.streamArn).read();
    for (let at = 0; at < records.length; at += 100)
      expect(await ledger.invoke({ Records: records.slice(at, at + 100) })).toMatchObject({
        result: { deadLettered: 0 },
      });
    const report = await world
      .start("reconcile", { STATUS_SHARDS_READ: "5" })
      .invoke({ graceSeconds: 0 });

    for (const list of beforeMoves) expect(list.sort()).toEqual(all);
    expect((await listed(after, "AUTHORIZED")).sort()).toEqual([...moved].sort());
    expect((await listed(after, "PENDING")).sort()).toEqual(
      all.filter((id) => !moved.includes(id)),
    );
    expect(report).toMatchObject({ result: { pending: 0, differenceCount: 0, complete: true } });
  }, 120_000);
});
