import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";

/** Bytes that DynamoDB charges for an item: names and values, and 100 for its being there and in an index. */
export function itemBytes(item: Readonly<Record<string, AttributeValue>>): number {
  return attributesBytes(unmarshall(item)) + 100;
}

function attributesBytes(attributes: object): number {
  return Object.entries(attributes).reduce(
    (sum, [name, value]) => sum + name.length + valueBytes(value),
    0,
  );
}

/** Lists and maps have 3 bytes of their own and 1 for each member; numbers never take more than their digits. */
function valueBytes(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + 1 + valueBytes(one), 3);
  if (typeof value === "object" && value !== null)
    return 3 + Object.keys(value).length + attributesBytes(value);
  return typeof value === "boolean" ? 1 : String(value).length;
}
