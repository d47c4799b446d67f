import type { Statement } from "./statements";

/**
 * Operators by which a key must have one of the values. Not those with `IfExists` or `ForAllValues:`, `Null` and those
 * with `Not`: they hold for a request without the key.
 */
const demanding =
  /^(ForAnyValue:)?(StringEquals(IgnoreCase)?|StringLike|Arn(Equals|Like)|IpAddress)$/i;

/**
 * Whether the conditions of a statement hold only if a key has one of a list of values, each of which is as wanted.
 *
 * @param isKey - Whether the key, in lower case, is one that is looked for.
 * @param isWanted - Whether a value will do; of several, all must.
 */
export function demands(
  conditions: Statement["conditions"],
  isKey: (key: string) => boolean,
  isWanted: (value: unknown) => boolean,
): boolean {
  return demandedValues(conditions, isKey).some(
    (values) => values.length > 0 && values.every((value) => isWanted(value)),
  );
}

/** The lists of values, one of which a key must have, of every condition that demands one. */
export function demandedValues(
  conditions: Statement["conditions"],
  isKey: (key: string) => boolean,
): (readonly unknown[])[] {
  return Object.entries(conditions)
    .filter(([operator]) => demanding.test(operator))
    .flatMap(([, condition]) => Object.entries(condition))
    .filter(([key]) => isKey(key.toLowerCase()))
    .map(([, value]): readonly unknown[] => (Array.isArray(value) ? value : [value]));
}
