/** The value of an environment variable that the deployment sets on the function. */
export function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "")
    throw new Error(`The environment variable ${name} is not set`);
  return value;
}
