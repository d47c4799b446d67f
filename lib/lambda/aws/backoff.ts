import { setTimeout } from "node:timers/promises";

/** The first pause's upper bound, in milliseconds; each further one's is twice as long. */
const firstPause = 20;

/**
 * Waits before a further attempt, exponentially longer and for a random part of that: what collided once should not
 * collide again.
 *
 * @param failed - How many attempts there were, 1 or more.
 */
export async function backOff(failed: number): Promise<void> {
  await setTimeout(Math.random() * firstPause * 2 ** (failed - 1));
}
