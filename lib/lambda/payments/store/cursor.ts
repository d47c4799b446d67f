import * as cursors from "../../http/cursor";

/** After which payment a page goes on. */
export interface Position {
  readonly transactionId: string;
  readonly timestamp: number;
  /** Where its list has shards, the one that it was found in; else 0. */
  readonly shard: number;
}

/**
 * The cursor of a position.
 *
 * @param query - What the page is of, in its canonical form.
 */
export function encodeCursor({ transactionId, timestamp, shard }: Position, query: string): string {
  const place = [timestamp, transactionId, ...(shard === 0 ? [] : [shard])].join(" ");
  return cursors.encodeCursor(place, query);
}

/** The position in a cursor; undefined for one that was changed or came from another query. */
export function decodeCursor(cursor: string, query: string): Position | undefined {
  const place = cursors.decodeCursor(cursor, query) ?? "";
  const [, timestamp, transactionId, shard = 0] =
    /^(\d{1,15}) (pay_[0-9a-f]{32})(?: ([1-9]\d{0,2}))?$/.exec(place) ?? [];
  if (transactionId === undefined) return undefined;
  return { transactionId, timestamp: Number(timestamp), shard: Number(shard) };
}
