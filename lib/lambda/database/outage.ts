/**
 * What PostgreSQL says where it cannot do now what it could do at another time, by SQLSTATE: no
 * connection (08), deadlocks (40), too many connections (53), starting, stopping, a statement that took
 * too long (57), a lock that is held (55), a failing system (58), a primary that is a standby now (25006).
 */
const passing = /^(08|40|53|55|57|58|25006)/;

/**
 * Whether a failure of a statement or a connection is the database's being away, or too busy, rather
 * than an error in what was asked of it. What the server says has a severity; all else that goes wrong
 * is between it and here.
 */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error) || !("severity" in error)) return true;
  return "code" in error && typeof error.code === "string" && passing.test(error.code);
}
