import {
  TransactWriteItemsCommand,
  TransactionCanceledException,
  TransactionInProgressException,
} from "@aws-sdk/client-dynamodb";
import type { AttributeValue, DynamoDBClient, TransactWriteItem } from "@aws-sdk/client-dynamodb";

/**
 * How a transaction ended; unless `written`, it wrote nothing. `busy`: another one is at work on the same item, or a
 * table is throttled; try again. `refused`: conditions did not hold.
 */
export type Transacted =
  | { readonly result: "written" }
  | { readonly result: "busy" }
  | {
      readonly result: "refused";
      /** Whose condition did not hold, by the operation's index; with the item, if the operation asks for it. */
      readonly refused: ReadonlyMap<number, Record<string, AttributeValue> | undefined>;
    };

/** Transient reasons why DynamoDB cancels a transaction (API reference, `TransactWriteItems`). */
const transientReasons = [
  "TransactionConflict",
  "ProvisionedThroughputExceeded",
  "ThrottlingError",
];

/**
 * Writes to DynamoDB, all of it or nothing.
 *
 * @param operations - At most 100, each on another item.
 */
export async function transact(
  client: DynamoDBClient,
  operations: readonly TransactWriteItem[],
): Promise<Transacted> {
  try {
    await client.send(new TransactWriteItemsCommand({ TransactItems: [...operations] }));
    return { result: "written" };
  } catch (error) {
    if (error instanceof TransactionInProgressException) return { result: "busy" };
    if (!(error instanceof TransactionCanceledException)) throw error;
    const reasons = error.CancellationReasons ?? [];
    const refused = new Map(
      reasons.flatMap(({ Code, Item }, index) =>
        Code === "ConditionalCheckFailed" ? [[index, Item]] : [],
      ),
    );
    if (refused.size > 0) return { result: "refused", refused };
    const isTransient = reasons.some(({ Code }) =>
      transientReasons.some((reason) => reason === Code),
    );
    if (isTransient) return { result: "busy" };
    throw error;
  }
}
