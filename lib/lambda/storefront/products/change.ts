import type * as z from "zod/mini";
import { replay, responseAfter, retryWithBackoff } from "../../http/idempotency/replay";
import { keyedRequest } from "../../http/idempotency/request";
import type { WriteResult } from "../../http/idempotency/response-store";
import { Problem, invalidRequest } from "../../http/problem";
import type { ValidRequest } from "../../http/request";
import type { ApiResponse } from "../../http/response";
import { endpoint } from "../../http/router";
import { storefrontProblem } from "../api/problem";
import { refusalResponse } from "../api/responses";
import { routes } from "../api/routes";
import type { productChange } from "../api/schemas";
import { adminOf } from "../api/user";
import { maxStock } from "../domain/product";
import type { Product } from "../domain/product";
import type { Dependencies } from "./dependencies";
import type { ProductWrite } from "./product-store";
import { existing } from "./read";
import { productResponse } from "./response";

/** A kind of change. */
interface Change {
  /** Its name, by which a key is another one's. */
  readonly operation: string;
  /** The product as it becomes, or why it does not, which is stored as the response under the key. */
  readonly apply: (before: Product) => Product | Problem;
  /** Stores it, if the product is still the one before. */
  readonly write: (write: ProductWrite, before: Product) => Promise<WriteResult>;
}

/** A request for a change, whatever it is. */
type ChangeRequest = ValidRequest<{ readonly id: string }, unknown, unknown>;

/** Changes products and their stock. */
export function changeEndpoints({ store, now, authorization }: Dependencies) {
  const change = async (
    { path: { id }, body, idempotencyKey, requestId, context }: ChangeRequest,
    { operation, apply, write }: Change,
  ): Promise<ApiResponse> => {
    adminOf(context, authorization);
    const request = keyedRequest(idempotencyKey, `${operation} ${id}`, body);
    const first = await store.findResponse(request);
    if (first !== undefined) return replay(request, first);

    return retryWithBackoff("product", async () => {
      const before = await existing(store, id);
      const product = apply(before);
      if (product instanceof Problem) {
        // stored: a late duplicate must not succeed where the first request was refused
        const refused = refusalResponse(product, requestId);
        return responseAfter(await store.refuse({ request, response: refused }), request, refused);
      }
      const response = productResponse(200, product);
      const result = await write({ product, request, response }, before);
      return responseAfter(result, request, response);
    });
  };

  return [
    endpoint(routes.changeProduct, (request) => {
      const time = now();
      return change(request, {
        operation: "changeProduct",
        apply: (before) => changed(before, request.body, time),
        write: (write) => store.change(write),
      });
    }),
    endpoint(routes.changeStock, (request) =>
      change(request, {
        operation: "changeStock",
        apply: (before) => restocked(before, request.body.change),
        write: (write, { stock }) => store.changeStock(write, stock),
      }),
    ),
  ];
}

/** A product with the changes that are asked for of it; a problem where the caller saw another version. */
function changed(
  before: Product,
  { version: seen, ...changes }: z.infer<typeof productChange>,
  time: number,
): Product | Problem {
  const { version } = before;
  if (version !== seen)
    return storefrontProblem("version-conflict", {
      detail: `Read it again: it is of version ${String(version)}`,
      extensions: { currentVersion: version },
    });
  return {
    ...before,
    name: changes.name ?? before.name,
    description: changes.description ?? before.description,
    category: changes.category ?? before.category,
    price: changes.price ?? before.price,
    currency: changes.currency ?? before.currency,
    published: changes.published ?? before.published,
    version: version + 1,
    updatedAt: time,
  };
}

/**
 * A product with a change of its stock; a problem where there is less than is taken away.
 *
 * @throws the problem `invalid-request` beyond the largest stock.
 */
function restocked(before: Product, change: number): Product | Problem {
  const stock = before.stock + change;
  if (stock < 0)
    return storefrontProblem("stock-too-low", {
      detail: `There are only ${String(before.stock)} to take away`,
      extensions: { stock: before.stock },
    });
  if (stock > maxStock)
    throw invalidRequest([
      { field: "change", message: `must be at most ${String(maxStock - before.stock)}` },
    ]);
  return { ...before, stock };
}
