import { json } from "../../http/response";
import type { ApiResponse } from "../../http/response";
import type { Product } from "../domain/product";

/** A product as a response. */
export function productResponse(statusCode: number, product: Product): ApiResponse {
  return { ...json(statusCode, product), ids: { productId: product.productId } };
}
