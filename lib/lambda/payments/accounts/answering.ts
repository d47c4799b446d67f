import type { Logger } from "@aws-lambda-powertools/logger";
import type { WithDatabase } from "../../database/connection";
import { isOutage } from "../../database/outage";
import { commonProblem } from "../../http/problem";

/** How often work is tried: a kept connection may have died unnoticed, a fresh one has not. */
const attempts = 2;

/**
 * A database that answers soon or is said to be away. Work that fails because the database is away is
 * done once more on a fresh connection; it must be such that this does no harm: a read, or a payout,
 * which its key lets happen only once.
 */
export function answering(withDatabase: WithDatabase, logger: Pick<Logger, "error">): WithDatabase {
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
