/**
 * Transient errors of PostgreSQL, by SQLSTATE: no
 * connection (08), deadlocks (40), too many connections (53), starting, stopping, a statement that took
 * too long (57), a lock that is held (55), a failing system (58), a primary that is a standby now (25006).
 */
const transient = /^(08|40|53|55|57|58|25006)/;

/**
 * What a schema answers whose migration has not run yet: no such role (28000), schema (3F000), permission (42501),
 * column (42703), function (42883) or table (42P01). It passes once the migration has.
 */
const behind = /^(28000|3F000|42501|42703|42883|42P01)$/;

/**
 * Whether a failure of a statement or a connection means that the database is unavailable, overloaded or not migrated
 * yet, rather than that the statement is wrong. An error of the server has a severity; one without is an error
 * of the connection.
 */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error) || !("severity" in error)) return true;
  if (!("code" in error && typeof error.code === "string")) return false;
  return transient.test(error.code) || behind.test(error.code);
}
