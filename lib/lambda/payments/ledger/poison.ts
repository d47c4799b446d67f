/** The record can never be posted, however often it is tried (a poison pill). */
export class PoisonError extends Error {
  override readonly name = "PoisonError";
}

/**
 * SQLSTATEs that blame the values of a record. PostgreSQL's classes 22 (data exception) and 23
 * (integrity constraint violation) have many more; none of those is the record's fault:
 *
 * | SQLSTATE | Meaning | Whose fault |
 * |---|---|---|
 * | 22001, 22003 | a text too long, a number out of range | the record's |
 * | 22007, 22008, 22009 | a time that is none or out of range | the record's |
 * | 22018, 22P02, 22P03 | a text that is no value of its type | the record's |
 * | 22021, 22P05, 22024 | a character that no text can hold (NUL), or not this database's | the record's |
 * | 22000, 22002, 22004, 22005, 22010, 22022, 22023, 22026, 22027, 22P01, 22P04 | a null, parameter or indicator in the wrong place | the statement's |
 * | 2200B–2200D, 22019, 22025, 22P06, 2201B | escapes and regular expressions | the statement's |
 * | 2200F, 2200G, 22011–22016, 2201E–2201X, 2202E–2202H | functions, array indexes, windows and samples that no statement here uses, 2200H: sequences | the schema's, a trigger's |
 * | 2200L–2200T, 22030–2203G | XML and JSON, which nothing here is stored as | the schema's, a trigger's |
 * | 23502 | a null | the schema's: a column that this code does not fill yet, or no longer |
 * | 23503 | no entry for a posting | the schema's: both are in one statement |
 * | 23505 | the row exists already | nobody's: it has been posted at the same time |
 * | 23514 | a check | the record's if it is one of {@link checksOfValues}, else the schema's |
 * | 23000, 23001, 23P01 | other constraints, which the ledger does not have | the schema's |
 *
 * What is not the record's fault is fixed by the next deployment, or is transient.
 */
const valueErrors: ReadonlySet<string> = new Set([
  "22001",
  "22003",
  "22007",
  "22008",
  "22009",
  "22018",
  "22021",
  "22024",
  "22P02",
  "22P03",
  "22P05",
]);

/**
 * Constraints that only a record's own values can violate. Not `entries_kind_check`: during a
 * deployment the code may know a kind that the schema does not. Not one that this code does not
 * know: the schema may be ahead. Postings that do not sum to zero would be this code's mistake, made again
 * for the same change however often it comes, and for that change alone.
 */
const checksOfValues: ReadonlySet<string> = new Set([
  "entries_payment_id_check",
  "entries_version_check",
  "entries_currency_check",
  "postings_account_check",
  "postings_amount_check",
  "postings_sum_to_zero",
]);

/**
 * Whether the record itself is at fault. Whatever is not known to be its fault may be transient (a database
 * or a bucket that is unavailable, throttling, a timeout, a permission or a table that does not exist yet)
 * and must be retried: nothing may be lost.
 */
export function isPoison(error: unknown): error is Error {
  if (error instanceof PoisonError) return true;
  if (!(error instanceof Error && "code" in error && typeof error.code === "string")) return false;
  if (error.code === "23514")
    return (
      "constraint" in error &&
      typeof error.constraint === "string" &&
      checksOfValues.has(error.constraint)
    );
  return valueErrors.has(error.code);
}
