import { maxAmount } from "../../values/schemas";
import { storefrontProblem } from "../api/problem";
import type { Problem } from "../../http/problem";
import { totalOf } from "../domain/order";
import type { Order, OrderItem } from "../domain/order";
import type { Product } from "../domain/product";
import type { Wanted } from "./wanted";

/** What an order would be. */
export type Quote = Pick<Order, "items" | "currency" | "total">;

/** A product that is to be ordered and for sale. */
interface Line extends Wanted {
  readonly product: Product;
}

/**
 * What an order of products would be, as these are now, or why it is refused.
 *
 * Where several refusals apply, the first of: a product is not for sale, currencies are mixed, a price is not the one
 * that the caller saw, the total is too much, there is not enough in stock. So a caller first hears what only other
 * products mend, then what they cost, and last what may have passed when it asks again.
 */
export function quote(wanted: readonly Wanted[], products: readonly Product[]): Quote | Problem {
  const lines = wanted.flatMap((one): Line[] => {
    const product = products.find(({ productId }) => productId === one.productId);
    return product?.published === true ? [{ ...one, product }] : [];
  });
  const [first] = lines;
  if (first === undefined || lines.length < wanted.length) return unavailable(wanted, lines);

  const { currency } = first.product;
  const items = lines.map(({ quantity, product: { productId, name, price } }): OrderItem => ({
    productId,
    name,
    quantity,
    price,
  }));
  const total = totalOf(items);
  return (
    mixedCurrencies(lines, currency) ??
    changedPrices(lines) ??
    exceededTotal(lines, total) ??
    outOfStock(lines) ?? { items, currency, total }
  );
}

/** Unknown, deleted or unpublished: which, is nobody's concern. */
function unavailable(wanted: readonly Wanted[], lines: readonly Line[]): Problem {
  const missing = wanted.filter(
    (one) => !lines.some(({ productId }) => productId === one.productId),
  );
  return storefrontProblem("product-unavailable", {
    detail: "Order without the products that are not for sale",
    errors: missing.map(({ field }) => ({
      field: `${field}.productId`,
      message: "is no product that is for sale",
    })),
    extensions: { products: missing.map(({ productId }) => ({ productId })) },
  });
}

function mixedCurrencies(lines: readonly Line[], currency: string): Problem | undefined {
  const others = lines.filter(({ product }) => product.currency !== currency);
  if (others.length === 0) return undefined;
  return storefrontProblem("mixed-currencies", {
    detail: "Place one order for each currency",
    errors: others.map(({ field, product }) => ({
      field: `${field}.productId`,
      message: `is sold in ${product.currency}, the first product in ${currency}`,
    })),
    extensions: {
      products: lines.map(({ productId, product }) => ({ productId, currency: product.currency })),
    },
  });
}

/** Two prices that were seen of one product are refused by this too: one of them is not its price. */
function changedPrices(lines: readonly Line[]): Problem | undefined {
  const changed = lines.flatMap(({ productId, product: { price, currency }, seen }) =>
    seen
      .filter((one) => one.price !== price)
      .map((one) => ({
        field: one.field,
        refused: { productId, seenPrice: one.price, price, currency },
      })),
  );
  if (changed.length === 0) return undefined;
  return storefrontProblem("price-changed", {
    detail: "Show the prices of now, and order with these",
    errors: changed.map(({ field, refused: { price } }) => ({
      field: `${field}.price`,
      message: `is ${String(price)} now`,
    })),
    extensions: { products: changed.map(({ refused }) => refused) },
  });
}

function exceededTotal(lines: readonly Line[], total: number): Problem | undefined {
  // sums beyond the integers that a number has exactly are beyond this too
  if (total <= maxAmount) return undefined;
  return storefrontProblem("total-exceeded", {
    detail: `The total must be at most ${String(maxAmount)}, in minor units`,
    errors: [{ field: "items", message: `must cost at most ${String(maxAmount)} in all` }],
    extensions: {
      products: lines.map(({ productId, quantity, product: { price, currency } }) => ({
        productId,
        requested: quantity,
        price,
        currency,
      })),
    },
  });
}

function outOfStock(lines: readonly Line[]): Problem | undefined {
  const short = lines.filter(({ quantity, product }) => quantity > product.stock);
  if (short.length === 0) return undefined;
  return storefrontProblem("out-of-stock", {
    detail: "There are fewer of these products than were ordered",
    errors: short.map(({ field, product: { stock } }) => ({
      field: `${field}.quantity`,
      message: `is more than there are: ${String(stock)}`,
    })),
    extensions: {
      products: short.map(({ productId, quantity, product }) => ({
        productId,
        requested: quantity,
        available: product.stock,
      })),
    },
  });
}
