import { isRecord } from "./is-record";

type Values = Readonly<Record<string, unknown>>;

/**
 * Values with those at some paths replaced by what stands there in others, or left out where nothing does. What is no
 * map is replaced as a whole.
 */
export function mended(
  values: Values,
  others: Values,
  paths: readonly (readonly PropertyKey[])[],
): Values {
  return paths.reduce((before, path) => mendedAt(before, others, path.map(String)), values);
}

function mendedAt(values: Values, others: Values, [key, ...rest]: readonly string[]): Values {
  if (key === undefined) return others;
  const [inner, other] = [values[key], others[key]];
  const result = { ...values };
  if (rest.length > 0 && isRecord(inner) && isRecord(other))
    result[key] = mendedAt(inner, other, rest);
  else if (key in others) result[key] = other;
  else Reflect.deleteProperty(result, key);
  return result;
}
