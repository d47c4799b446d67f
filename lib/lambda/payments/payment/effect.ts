import { setTimeout } from "node:timers/promises";
import { Problem } from "../api/problem";
import type { KeyedRequest, StoredAnswer } from "../store/idempotency";
import type { WriteResult } from "../store/payment-store";
import { replayed } from "../../http/response";
import type { Answer } from "../../http/response";

/** How often a write is tried while others are at the same payment or key. */
const attempts = 6;

/** The first pause's upper bound, in milliseconds; each further one's is twice as long. */
const firstPause = 20;

/**
 * Tries until there is an answer.
 *
 * @param attempt - Reads what it needs anew; undefined where others were faster.
 * @throws {@link Problem} `request-in-progress` when they always were.
 */
export async function persistently(attempt: () => Promise<Answer | undefined>): Promise<Answer> {
  for (let tried = 0; tried < attempts; tried++) {
    // at random, so that those who met once do not meet again
    if (tried > 0) await setTimeout(Math.random() * firstPause * 2 ** (tried - 1));
    const answer = await attempt();
    if (answer !== undefined) return answer;
  }
  throw new Problem("request-in-progress", {
    detail: "Others are at work on the same key or payment; send the same request again",
    headers: { "Retry-After": "1" },
  });
}

/** The answer after a write: the new one, the first one if the key was used, or none yet. */
export function settled(
  request: KeyedRequest,
  write: WriteResult,
  answer: Answer,
): Answer | undefined {
  if (write.result === "written") return answer;
  return write.result === "answered" ? replay(request, write.answer) : undefined;
}

/**
 * The first answer once more.
 *
 * @throws {@link Problem} `idempotency-mismatch` if that was to another request.
 */
export function replay(request: KeyedRequest, stored: StoredAnswer): Answer {
  if (stored.requestHash !== request.requestHash)
    throw new Problem("idempotency-mismatch", {
      detail: "The key belongs to another request of the last 24 hours; take a new one",
    });
  return replayed(stored);
}
