import type { Queryable } from "../../database/connection";

/**
 * Does some work under an advisory lock of the database session, unless another run holds it. A run whose
 * connection or process has died loses the lock with the session: TCP keepalives let the server notice
 * within a minute.
 *
 * @returns undefined if another run holds the lock.
 */
export async function withLock<T>(
  client: Queryable,
  name: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  await client.query(setKeepalives);
  const { rows } = await client.query<{ locked: boolean }>(lock, [name]);
  if (!rows.some(({ locked }) => locked)) return undefined;
  try {
    return await work();
  } finally {
    await client.query(unlock, [name]);
  }
}

const setKeepalives = `
  SELECT set_config('tcp_keepalives_idle', '30', false),
    set_config('tcp_keepalives_interval', '10', false),
    set_config('tcp_keepalives_count', '3', false)`;
const lock = "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked";
const unlock = "SELECT pg_advisory_unlock(hashtextextended($1, 0))";
