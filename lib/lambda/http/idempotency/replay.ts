import { backOff } from "../../aws/backoff";
import { commonProblem } from "../problem";
import { replayed } from "../response";
import type { ApiResponse } from "../response";
import type { StoredResponse, WriteResult } from "./response-store";
import type { KeyedRequest } from "./request";

/** How often a write is tried while other requests write to the same resource or key. */
const attempts = 6;

/**
 * Retries until there is a result, with exponential backoff and jitter.
 *
 * @param resource - What other requests may be writing to, for the problem's detail: `order`.
 * @param attempt - Reads what it needs anew; undefined where another request was faster.
 * @throws the problem `request-in-progress` after the last attempt.
 */
export async function retryWithBackoff<Result>(
  resource: string,
  attempt: () => Promise<Result | undefined>,
): Promise<Result> {
  for (let tried = 0; tried < attempts; tried++) {
    if (tried > 0) await backOff(tried);
    const result = await attempt();
    if (result !== undefined) return result;
  }
  throw commonProblem("request-in-progress", {
    detail: `Others are at work on the same key or ${resource}; send the same request again`,
    headers: { "Retry-After": "1" },
  });
}

/** The response after a write: the new one, the first one if the key was used, or none yet. */
export function responseAfter(
  write: WriteResult,
  request: KeyedRequest,
  response: ApiResponse,
): ApiResponse | undefined {
  if (write.result === "written") return response;
  return write.result === "duplicate" ? replay(request, write.response) : undefined;
}

/**
 * Replays the first response.
 *
 * @throws the problem `idempotency-mismatch` if that was to another request.
 */
export function replay(request: KeyedRequest, stored: StoredResponse): ApiResponse {
  if (stored.requestHash !== request.requestHash)
    throw commonProblem("idempotency-mismatch", {
      detail: "The key belongs to another request of the last 24 hours; take a new one",
    });
  return replayed(stored);
}
