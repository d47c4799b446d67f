/** The value of an environment variable that the deployment sets on the function. */
export function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "")
    throw new Error(`The environment variable ${name} is not set`);
  return value;
}

/**
 * The whole number in an environment variable.
 *
 * @throws if it is missing or out of bounds.
 */
export function integer(name: string, least: number, most: number): number {
  const text = required(name);
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Error(
    `The environment variable ${name} must be an integer from ${String(least)} to ${String(most)}, not ${text}`,
  );
}
