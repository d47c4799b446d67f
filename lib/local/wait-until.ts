import { setTimeout as delay } from "node:timers/promises";

/** How long to wait, and how often to probe, in milliseconds. */
export interface Waiting {
  readonly timeout: number;
  readonly interval: number;
  /** What is waited for, for the message: `The emulator`. */
  readonly title: string;
}

/**
 * Waits until `probe` gives a value.
 *
 * @throws when the time is over, with the reason of the last failure of `probe`.
 */
export async function waitUntil<T>(
  probe: () => Promise<T | undefined>,
  { timeout, interval, title }: Waiting,
): Promise<T> {
  const end = performance.now() + timeout;
  let reason = "";
  while (performance.now() < end) {
    try {
      const value = await probe();
      if (value !== undefined) return value;
    } catch (error) {
      reason = `: ${String(error)}`;
    }
    await delay(interval);
  }
  throw new Error(`${title} was not ready within ${String(timeout / 1000)} s${reason}`);
}
