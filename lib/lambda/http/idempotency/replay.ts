import { setTimeout } from "node:timers/promises";
import { commonProblem } from "../problem";
import { replayed } from "../response";
import type { Answer } from "../response";
import type { StoredAnswer, WriteResult } from "./answers";
import type { KeyedRequest } from "./request";

/** How often a write is tried while others are at the same resource or key. */
const attempts = 6;

/** The first pause's upper bound, in milliseconds; each further one's is twice as long. */
const firstPause = 20;

/**
 * Tries until there is an answer.
 *
 * @param resource - What others may be at work on, for the problem's detail: `order`.
 * @param attempt - Reads what it needs anew; undefined where others were faster.
 * @throws the problem `request-in-progress` when they always were.
 */
export async function retryWithBackoff(
  resource: string,
  attempt: () => Promise<Answer | undefined>,
): Promise<Answer> {
  for (let tried = 0; tried < attempts; tried++) {
    // at random, so that those who met once do not meet again
    if (tried > 0) await setTimeout(Math.random() * firstPause * 2 ** (tried - 1));
    const answer = await attempt();
    if (answer !== undefined) return answer;
  }
  throw commonProblem("request-in-progress", {
    detail: `Others are at work on the same key or ${resource}; send the same request again`,
    headers: { "Retry-After": "1" },
  });
}

/** The answer after a write: the new one, the first one if the key was used, or none yet. */
export function answerAfter(
  write: WriteResult,
  request: KeyedRequest,
  answer: Answer,
): Answer | undefined {
  if (write.result === "written") return answer;
  return write.result === "answered" ? replay(request, write.answer) : undefined;
}

/**
 * The first answer once more.
 *
 * @throws the problem `idempotency-mismatch` if that was to another request.
 */
export function replay(request: KeyedRequest, stored: StoredAnswer): Answer {
  if (stored.requestHash !== request.requestHash)
    throw commonProblem("idempotency-mismatch", {
      detail: "The key belongs to another request of the last 24 hours; take a new one",
    });
  return replayed(stored);
}
