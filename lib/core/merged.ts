import { isRecord } from "./is-record";

type Values = Readonly<Record<string, unknown>>;

/** Values laid over others: maps are merged key by key, lists and single values are replaced. */
export function merged(values: Values, over: Values): Values {
  const result: Record<string, unknown> = { ...values };
  for (const [key, value] of Object.entries(over)) {
    const before = result[key];
    result[key] = isRecord(before) && isRecord(value) ? merged(before, value) : value;
  }
  return result;
}
