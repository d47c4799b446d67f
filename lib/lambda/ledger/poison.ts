/** What makes a record poison: it can never be posted, however often it is tried. */
export class PoisonError extends Error {
  override readonly name = "PoisonError";
}

/** SQLSTATE classes that blame the data: 22 (data exception) and 23 (integrity constraint violation). */
const dataError = /^2[23][0-9A-Z]{3}$/;

/**
 * Whether the record itself is at fault. Whatever is not known to be its fault may pass (a database or
 * a bucket that is away, throttling, a timeout, a permission or a table that is not there yet) and must
 * be tried again: nothing may be lost.
 */
export function isPoison(error: unknown): error is Error {
  if (error instanceof PoisonError) return true;
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    dataError.test(error.code)
  );
}
