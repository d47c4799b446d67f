import { isRecord } from "../core/is-record";

/** A number in a function's environment: an interval. Infinity without one: then nothing is ever done. */
export function intervalIn(
  inputs: Readonly<Record<string, unknown>> | undefined,
  name: string,
): number {
  const environment = inputs?.["environment"];
  const variables = isRecord(environment) ? environment["variables"] : undefined;
  return isRecord(variables) ? Number(variables[name] ?? Infinity) : Infinity;
}
