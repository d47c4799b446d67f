import type { Queryable } from "../../database/connection";

/**
 * Does some work unless another run is at it, which the database knows by a lock of its session. A run
 * whose connection or process is gone loses the lock with the session: the server is asked to notice
 * within a minute that nobody is there any more.
 *
 * @returns undefined if another run holds the lock.
 */
export async function exclusively<T>(
  client: Queryable,
  name: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  await client.query(watchConnection);
  const { rows } = await client.query<{ locked: boolean }>(lock, [name]);
  if (!rows.some(({ locked }) => locked)) return undefined;
  try {
    return await work();
  } finally {
    await client.query(unlock, [name]);
  }
}

const watchConnection = `
  SELECT set_config('tcp_keepalives_idle', '30', false),
    set_config('tcp_keepalives_interval', '10', false),
    set_config('tcp_keepalives_count', '3', false)`;
const lock = "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked";
const unlock = "SELECT pg_advisory_unlock(hashtextextended($1, 0))";
