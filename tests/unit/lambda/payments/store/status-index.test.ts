import * as fc from "fast-check";
import type { Payment } from "../../../../../lib/lambda/payments/domain/payment";
import type { Position } from "../../../../../lib/lambda/payments/store/cursor";
import { listShards } from "../../../../../lib/lambda/payments/store/status-index";
import type { ShardPage, ShardRead } from "../../../../../lib/lambda/payments/store/status-index";

interface Entry {
  readonly payment: Payment;
  readonly shard: number;
}

/** A payment of a time; its number does not determine its position. */
function entry(number: number, timestamp: number, shard: number): Entry {
  const transactionId = `pay_${((number * 7919) % 10_007).toString(16).padStart(32, "0")}`;
  const rest = { userId: "user-1", amount: 1, currency: "EUR", status: "PENDING", version: 1 };
  return { payment: { transactionId, timestamp, ...rest } as Payment, shard };
}

/** The index as DynamoDB has it: each shard by time, payments of the same time in an order of its own. */
class FakeIndex {
  readonly reads: ShardRead[] = [];
  /** Payments that were read. */
  count = 0;
  most = 0;
  private underWay = 0;

  /** @param atOnce - A read gives no more, whatever its limit: a page of DynamoDB has at most 1 MB. */
  constructor(
    readonly entries: readonly Entry[],
    private readonly atOnce = Infinity,
  ) {}

  readonly read = async (read: ShardRead): Promise<ShardPage> => {
    this.reads.push(read);
    this.most = Math.max(this.most, ++this.underWay);
    await Promise.resolve();
    this.underWay--;
    const { shard, limit, upTo = Infinity, behind } = read;
    const inShard = sorted(this.entries).filter((one) => one.shard === shard);
    const from = inShard.findIndex(
      ({ payment }) => payment.transactionId === behind?.transactionId,
    );
    const found = inShard.slice(from + 1).filter(({ payment }) => payment.timestamp <= upTo);
    const size = Math.min(limit, this.atOnce);
    const payments = found.slice(0, size).map(({ payment }) => payment);
    this.count += payments.length;
    // it returns a key to continue from whenever the limit is reached, also where nothing follows
    return { payments, next: found.length >= size ? payments.at(-1) : undefined };
  };
}

/** All entries as a list has them; sorting is stable. */
function sorted(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((a, b) => b.payment.timestamp - a.payment.timestamp || a.shard - b.shard);
}

/** Turns pages until the last; of each page, how many shards are read and how many payments it has at most. */
async function pages(
  index: FakeIndex,
  page: (number: number) => { readonly shards: number; readonly limit: number },
): Promise<Payment[][]> {
  const turned: Payment[][] = [];
  let after: Position | undefined;
  do {
    const { payments, next } = await listShards({ ...page(turned.length), after }, index.read);
    turned.push([...payments]);
    after = next;
  } while (after !== undefined);
  return turned;
}

const idsOf = (payments: readonly Payment[]) => payments.map(({ transactionId }) => transactionId);

describe("a list over shards", () => {
  it("is everything, newest first, page by page, whatever shards, limits and times, also where shards are added between pages", async () => {
    const cases = fc.record({
      shards: fc.integer({ min: 1, max: 12 }),
      // few times, so that many payments have the same; some in shard 0 as before there were others
      payments: fc.array(fc.tuple(fc.nat(6), fc.nat(11), fc.boolean()), { maxLength: 60 }),
      limits: fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 5 }),
      added: fc.array(fc.nat(3), { minLength: 1, maxLength: 5 }),
      atOnce: fc.constantFrom(1, 2, Infinity),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ shards, payments, limits, added, atOnce }) => {
        const entries = payments.map(([timestamp, shard, isOld], number) =>
          entry(number, timestamp, isOld ? 0 : shard % shards),
        );
        const index = new FakeIndex(entries, atOnce);
        const turned = await pages(index, (number) => ({
          limit: limits[number % limits.length] ?? 1,
          shards: shards + added.slice(0, number).reduce((sum, more) => sum + more, 0),
        }));

        expect(idsOf(turned.flat())).toEqual(idsOf(sorted(entries).map(({ payment }) => payment)));
        turned.slice(0, -1).forEach((page, number) => {
          expect(page).toHaveLength(limits[number % limits.length] ?? 1);
        });
      }),
      { numRuns: 500 },
    );
  });

  it("goes on where the shard of the last payment is no longer read", async () => {
    const entries = [entry(1, 9, 0), entry(2, 8, 2), entry(3, 8, 0), entry(4, 7, 1)];
    const first = await listShards(
      { shards: 3, limit: 3, after: undefined },
      new FakeIndex(entries).read,
    );
    const rest = await listShards(
      { shards: 2, limit: 3, after: first.next },
      new FakeIndex(entries).read,
    );

    expect(first.next).toMatchObject({ timestamp: 8, shard: 2 });
    expect(idsOf(rest.payments)).toEqual(idsOf([entry(4, 7, 1).payment]));
  });

  it("of one shard is one read, with a limit and where to go on", async () => {
    const index = new FakeIndex(Array.from({ length: 50 }, (_, i) => entry(i, i, 0)));
    const { next } = await listShards({ shards: 1, limit: 20, after: undefined }, index.read);
    await listShards({ shards: 1, limit: 20, after: next }, index.read);

    expect(next).toMatchObject({ timestamp: 30, shard: 0 });
    expect(index.reads).toEqual([
      { shard: 0, limit: 20, upTo: undefined, behind: undefined },
      {
        shard: 0,
        limit: 20,
        upTo: undefined,
        behind: expect.objectContaining({ timestamp: 30 }) as unknown,
      },
    ]);
  });

  it("reads little more than it gives where payments are spread, and few times where they are not", async () => {
    const spread = new FakeIndex(
      Array.from({ length: 1_000 }, (_, i) => entry(i, i, (i * 7) % 10)),
    );
    const old = new FakeIndex(Array.from({ length: 1_000 }, (_, i) => entry(i, i, 0)));
    for (const index of [spread, old])
      await listShards({ shards: 10, limit: 20, after: undefined }, index.read);

    expect(spread.count).toBeLessThanOrEqual(50);
    expect(old.count).toBeLessThanOrEqual(50);
    expect(old.reads.length).toBeLessThanOrEqual(13);
  });

  it("reads no more than 25 shards at the same time", async () => {
    const index = new FakeIndex([]);
    const page = await listShards({ shards: 200, limit: 20, after: undefined }, index.read);

    expect(page).toEqual({ payments: [], next: undefined });
    expect([index.reads.length, index.most]).toEqual([200, 25]);
  });
});
