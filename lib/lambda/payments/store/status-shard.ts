import { createHash } from "node:crypto";

/** The most shards that a status may have. */
const maxShards = 200;

/** Over how many shards of the StatusIndex the payments of a status are spread. */
export interface StatusShards {
  /** Those that writes use. */
  readonly written: number;
  /** Those that lists read: at least as many, or payments would be in no list. */
  readonly read: number;
}

/**
 * How many shards there are, out of the variables STATUS_SHARDS and STATUS_SHARDS_READ.
 *
 * All payments of a status lie under one key of the StatusIndex, which takes about 500 new payments a
 * second; a throttled index throttles its table. More shards are more keys: `CAPTURED`, `CAPTURED#1`, ….
 * A list reads each of them, so take no more than the writes need.
 *
 * The number changes without downtime, one setting a deployment, and no payment is rewritten:
 *
 * - To raise it, first STATUS_SHARDS_READ, then STATUS_SHARDS: whoever lists knows the new shards before
 *   there is a payment in them. Older payments stay where they are until their status changes.
 * - To lower it, STATUS_SHARDS first; STATUS_SHARDS_READ stays while the highest shards have payments. They
 *   leave them only as their status changes, so that for final statuses it stays for good.
 *
 * @param written - STATUS_SHARDS, 1 to 200.
 * @param read - STATUS_SHARDS_READ, `written` to 200.
 * @throws if one is no such number.
 */
export function statusShards(written: string, read: string): StatusShards {
  const shards = { written: Number(written), read: Number(read) };
  const isCount = (text: string) => /^[1-9]\d{0,2}$/.test(text) && Number(text) <= maxShards;
  if (!isCount(written) || !isCount(read) || shards.read < shards.written)
    throw new Error(
      `STATUS_SHARDS must be 1 to ${String(maxShards)}, STATUS_SHARDS_READ no fewer and as many at most`,
    );
  return shards;
}

/** The shard that a payment is written to: always the same while their number is. */
export function shardOf(transactionId: string, shards: number): number {
  return createHash("sha256").update(transactionId).digest().readUInt32BE() % shards;
}

/** A status as the table has it, `CAPTURED#7`; in shard 0 it stands alone, as without shards. */
export function storedStatus(status: string, shard: number): string {
  return shard === 0 ? status : `${status}#${String(shard)}`;
}

/** The status in a stored one. */
export function statusOf(stored: string): string {
  return stored.replace(/#.*$/s, "");
}
