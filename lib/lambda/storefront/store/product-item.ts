import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { product as productSchema } from "../api/schemas";
import type { Product } from "../domain/product";

/** The product as an item of its table; what it does not have is no attribute. */
export function toProductItem(product: Product): Record<string, AttributeValue> {
  return marshall(product, { removeUndefinedValues: true });
}

/**
 * The product that an item holds.
 *
 * @throws where it holds none.
 */
export function toProduct(item: Record<string, AttributeValue>): Product {
  return productSchema.parse(unmarshall(item));
}
