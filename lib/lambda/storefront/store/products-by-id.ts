import {
  BatchGetItemCommand,
  ProvisionedThroughputExceededException,
} from "@aws-sdk/client-dynamodb";
import type {
  BatchGetItemCommandOutput,
  DynamoDBClient,
  KeysAndAttributes,
} from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { backOff } from "../../aws/backoff";
import type { Product } from "../domain/product";
import { toProduct } from "./product-item";

/** How often keys are asked for that a throttled table has left out. */
const attempts = 5;

/**
 * Products of the table `products` as they are now; of ids that no product has, none.
 *
 * @param productIds - 1 to 100, each once.
 * @throws where the table is throttled for longer.
 */
export async function productsById(
  client: DynamoDBClient,
  products: string,
  productIds: readonly string[],
): Promise<readonly Product[]> {
  const found: Product[] = [];
  let missing: KeysAndAttributes | undefined = {
    Keys: productIds.map((productId) => marshall({ productId })),
    ConsistentRead: true,
  };
  for (let tried = 0; tried < attempts; tried++) {
    if (tried > 0) await backOff(tried);
    const output: BatchGetItemCommandOutput = await client.send(
      new BatchGetItemCommand({ RequestItems: { [products]: missing } }),
    );
    found.push(...(output.Responses?.[products] ?? []).map(toProduct));
    missing = output.UnprocessedKeys?.[products];
    if (missing === undefined) return found;
  }
  throw new ProvisionedThroughputExceededException({
    message: "The table of products has left out keys of a batch too often",
    $metadata: {},
  });
}
