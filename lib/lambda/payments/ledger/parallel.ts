/** Calls to S3 that are under way at the same time; the SDK opens at most 50 connections. */
const concurrency = 25;

/**
 * Does some work on every item, several at a time.
 *
 * @throws the first failure, when nothing is under way any more: what is left running when a function
 * answers would go on in its next run.
 */
export async function inParallel<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values(); // shared: each item is taken once
  const lane = async () => {
    for (const item of left) await work(item);
  };
  const lanes = Array.from({ length: Math.min(concurrency, items.length) }, lane);
  for (const ended of await Promise.allSettled(lanes))
    if (ended.status === "rejected") throw ended.reason;
}
