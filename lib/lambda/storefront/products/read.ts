import { foreignCursor } from "../../http/cursor";
import { json } from "../../http/response";
import type { ApiResponse } from "../../http/response";
import { endpoint } from "../../http/router";
import { storefrontProblem } from "../api/problem";
import { routes } from "../api/routes";
import { adminOf } from "../api/user";
import type { Product } from "../domain/product";
import { decodeCursor, nextCursor } from "./cursor";
import type { Dependencies } from "./dependencies";
import type { ProductPosition, ProductStore } from "./product-store";
import { productResponse } from "./response";

/** The parameters of a list. */
interface ListRequest {
  readonly category: string;
  readonly name?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Reads products: those for sale for everybody, all of them for administrators. */
export function readEndpoints({ store, authorization }: Dependencies) {
  const list = async (
    { category, name: prefix = "", limit, cursor }: ListRequest,
    publishedOnly: boolean,
  ): Promise<ApiResponse> => {
    const from = JSON.stringify({ category, prefix, publishedOnly });
    const after =
      cursor === undefined ? undefined : await positionOf(store, cursor, { from, prefix });
    const page = await store.list({ category, prefix, publishedOnly, limit, after });
    return json(200, { data: page.products, nextCursor: nextCursor(page, from) });
  };

  return [
    endpoint(routes.browseProducts, ({ query }) => list(query, true)),
    endpoint(routes.getProduct, async ({ path: { id } }) => {
      const product = await existing(store, id);
      if (!product.published) throw notFound(id); // that it is there is for administrators to know
      return productResponse(200, product);
    }),
    endpoint(routes.listInventory, ({ query, context }) => {
      adminOf(context, authorization);
      return list(query, false);
    }),
    endpoint(routes.getInventory, async ({ path: { id }, context }) => {
      adminOf(context, authorization);
      return productResponse(200, await existing(store, id));
    }),
  ];
}

/**
 * The product with an id.
 *
 * @throws the problem `product-not-found`.
 */
export async function existing(store: ProductStore, id: string): Promise<Product> {
  const product = await store.find(id);
  if (product === undefined) throw notFound(id);
  return product;
}

const notFound = (id: string) =>
  storefrontProblem("product-not-found", { detail: `No product has the id ${id}` });

/**
 * Where a cursor's page starts.
 *
 * @throws the problem `invalid-request` where it is none of the query's: DynamoDB takes no start that the query
 * itself would not find.
 */
async function positionOf(
  store: ProductStore,
  cursor: string,
  { from, prefix }: { readonly from: string; readonly prefix: string },
): Promise<ProductPosition> {
  const position = decodeCursor(cursor, from);
  const name = position && (position.name ?? (await store.find(position.productId))?.name);
  if (position !== undefined && name?.startsWith(prefix) === true)
    return { productId: position.productId, name };
  throw foreignCursor();
}
