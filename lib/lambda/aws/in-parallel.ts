/** Calls to a service at the same time; a client of the SDK opens at most 50 connections. */
const concurrency = 25;

/**
 * Does some work on every item, several at a time.
 *
 * @param atOnce - How many; by default as many as the SDK's connections allow for.
 * @throws the first failure, when nothing is in progress any more: what is still running when a function
 * returns would continue in its next invocation.
 */
export async function inParallel<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
  atOnce = concurrency,
): Promise<void> {
  const remaining = items.values(); // shared: each item is taken once
  const worker = async () => {
    for (const item of remaining) await work(item);
  };
  const workers = Array.from({ length: Math.min(atOnce, items.length) }, worker);
  for (const ended of await Promise.allSettled(workers))
    if (ended.status === "rejected") throw ended.reason;
}
