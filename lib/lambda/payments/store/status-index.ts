import type { Payment } from "../domain/payment";
import type { Position } from "./cursor";
import type { ListPage } from "./payment-store";

/** Shards that are read at the same time. */
const concurrentReads = 25;

/** A payment's place within a shard. */
type Place = Pick<Position, "transactionId" | "timestamp">;

/** What to read of a shard, newest first. */
export interface ShardRead {
  readonly shard: number;
  /** At most so many payments. */
  readonly limit: number;
  /** None that is younger, in epoch milliseconds. */
  readonly upTo: number | undefined;
  /** The payment behind which to go on. */
  readonly behind: Place | undefined;
}

/** Some payments of a shard, and behind which it goes on, if it may. */
export interface ShardPage {
  readonly payments: readonly Payment[];
  readonly next: Place | undefined;
}

/** Arguments of {@link listShards}. */
export interface ShardsList {
  /** How many shards are read. */
  readonly shards: number;
  /** At most so many payments. */
  readonly limit: number;
  readonly after: Position | undefined;
}

/** Reads a part of a shard. */
type ReadShard = (what: ShardRead) => Promise<ShardPage>;

/**
 * The payments of all shards of a status as one list: newest first, of the same time by shard, within a
 * shard as the index has them. That order is total, so that a page goes on right behind a position, also
 * where there are more shards by then.
 *
 * Each shard is read in small chunks, and further where they are used up, so that a page costs about what it
 * would without shards.
 */
export async function listShards(
  { shards, limit, after }: ShardsList,
  read: ReadShard,
): Promise<ListPage> {
  const chunkSize = Math.min(limit, Math.ceil(limit / shards) + 1);
  const sources = Array.from(
    { length: shards },
    (_, shard) => new Source(read, shard, chunkSize, after),
  );
  for (let start = 0; start < shards; start += concurrentReads)
    await Promise.all(
      sources.slice(start, start + concurrentReads).map((source) => source.fill(limit)),
    );

  const payments: Payment[] = [];
  let last: Position | undefined;
  while (payments.length < limit) {
    const found = newest(sources);
    if (found === undefined) return { payments, next: undefined };
    const { source, payment } = found;
    const { transactionId, timestamp } = payment;
    payments.push(payment);
    last = { transactionId, timestamp, shard: source.shard };
    source.drop();
    await source.fill(limit - payments.length);
  }
  return { payments, next: sources.some(({ mayHaveMore }) => mayHaveMore) ? last : undefined };
}

/** The payment that comes next, and the shard that it is from. */
function newest(sources: readonly Source[]) {
  return sources
    .flatMap((source) => (source.first === undefined ? [] : { source, payment: source.first }))
    .reduce<{ source: Source; payment: Payment } | undefined>(
      // of the same time, the earlier shard's stays
      (best, one) =>
        best === undefined || one.payment.timestamp > best.payment.timestamp ? one : best,
      undefined,
    );
}

/** The rest of a shard, its next payments buffered. */
class Source {
  private buffer: readonly Payment[] = [];
  private behind: Place | undefined;
  private readonly upTo: number | undefined;
  private isOpen = true;

  constructor(
    private readonly read: ReadShard,
    readonly shard: number,
    /** How many payments the next read is for. */
    private chunkSize: number,
    after: Position | undefined,
  ) {
    if (after?.shard === shard) this.behind = after;
    // of the same time, what lies in earlier shards came before
    else if (after !== undefined) this.upTo = after.timestamp - (shard < after.shard ? 1 : 0);
  }

  get first(): Payment | undefined {
    return this.buffer[0];
  }

  get mayHaveMore(): boolean {
    return this.isOpen || this.buffer.length > 0;
  }

  drop(): void {
    this.buffer = this.buffer.slice(1);
  }

  /** Buffers the next payment, if there is one and it is needed; the chunks grow for a shard that has most of them. */
  async fill(needed: number): Promise<void> {
    while (needed > 0 && this.isOpen && this.buffer.length === 0) {
      const { shard, upTo, behind } = this;
      const limit = Math.min(needed, this.chunkSize);
      const { payments, next } = await this.read({ shard, limit, upTo, behind });
      this.buffer = payments;
      this.behind = next;
      this.isOpen = next !== undefined;
      this.chunkSize *= 2;
    }
  }
}
