/**
 * A service's refusal of what the emulator takes.
 *
 * @param code - As AWS names it: `InvalidParameterCombination`.
 * @param message - AWS's, with what it is about.
 */
export function refusal(code: string, message: string): Error {
  return Object.assign(new Error(message), { name: code });
}
