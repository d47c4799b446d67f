import { randomInt } from "node:crypto";

const prefix = "rehearsal-";

/** Digits of a time in seconds, to base 36: enough until 2038. */
const timeDigits = 6;

/** Of two runs that start in the same second, no two have the same. */
const randomDigits = 4;

/** The name of a run's stack, which says when it has started. */
export function newStackName(now = Date.now()): string {
  const random = randomInt(36 ** randomDigits);
  const time = Math.floor(now / 1000).toString(36);
  return `${prefix}${time}${random.toString(36).padStart(randomDigits, "0")}`;
}

/** When the run with a stack has started, in milliseconds; undefined if the stack is no rehearsal's. */
export function startOf(stack: string): number | undefined {
  const digits = stack.startsWith(prefix) ? stack.slice(prefix.length) : "";
  if (!/^[0-9a-z]{10}$/.test(digits)) return undefined;
  return Number.parseInt(digits.slice(0, timeDigits), 36) * 1000;
}
