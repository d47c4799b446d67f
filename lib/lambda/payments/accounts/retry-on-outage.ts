import type { Logger } from "@aws-lambda-powertools/logger";
import type { WithDatabase } from "../../database/connection";
import { isOutage } from "../../database/outage";
import { commonProblem } from "../../http/problem";

/** How often work is tried: a reused connection may be broken, a new one is not. */
const attempts = 2;

/**
 * A database that responds soon or is reported unavailable. Work that fails because the database is
 * unavailable is retried once on a new connection; it must be idempotent: a read, or a payout, which its
 * key makes so.
 */
export function retryOnOutage(
  withDatabase: WithDatabase,
  logger: Pick<Logger, "error">,
): WithDatabase {
  return async (work) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await withDatabase(work);
      } catch (error) {
        if (!isOutage(error)) throw error;
        logger.error("The database did not answer", { attempt, reason: String(error) });
        if (attempt === attempts)
          throw commonProblem("unavailable", {
            detail: "The ledger's database does not answer; send the same request again later",
            headers: { "Retry-After": "5" },
          });
      }
    }
  };
}
