import type * as z from "zod/mini";
import { invalidRequest } from "../../http/problem";
import type { newOrder } from "../api/schemas";
import { maxQuantity } from "../domain/order";

/** An entry of a new order. */
type Entry = z.infer<typeof newOrder>["items"][number];

/** A product that is to be ordered, with all of its entries. */
export interface Wanted {
  readonly productId: string;
  /** Of all entries. */
  readonly quantity: number;
  /** The path of its first entry, `items.0`, for problems. */
  readonly field: string;
  /** The prices that the caller saw, each with the path of its entry. */
  readonly seen: readonly { readonly field: string; readonly price: number }[];
}

/**
 * The products of a new order, each once: a transaction of DynamoDB has one operation on an item.
 *
 * @throws the problem `invalid-request` where there are more of one than an order may have.
 */
export function wantedOf(entries: readonly Entry[]): readonly Wanted[] {
  const wanted = new Map<string, Wanted>();
  entries.forEach(({ productId, quantity, price }, index) => {
    const own = `items.${String(index)}`;
    const {
      quantity: before,
      field,
      seen,
    } = wanted.get(productId) ?? { quantity: 0, field: own, seen: [] };
    if (before + quantity > maxQuantity)
      throw invalidRequest([
        {
          field: `${own}.quantity`,
          message: `must be at most ${String(maxQuantity)} of one product, all entries together`,
        },
      ]);
    wanted.set(productId, {
      productId,
      quantity: before + quantity,
      field,
      seen: price === undefined ? seen : [...seen, { field: own, price }],
    });
  });
  return [...wanted.values()];
}
