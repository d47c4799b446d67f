import type { Problem } from "../../http/problem";
import { json, problemResponse } from "../../http/response";
import type { ApiResponse } from "../../http/response";
import type { Order, StoredOrder } from "../domain/order";
import { problemStyle } from "./problem";
import { order as orderSchema } from "./schemas";

/** What its user sees of an order. */
export function visible(order: StoredOrder): Order {
  return orderSchema.parse(order);
}

/** An order as a response. */
export function orderResponse(statusCode: number, order: StoredOrder): ApiResponse {
  return { ...json(statusCode, visible(order)), ids: { orderId: order.orderId } };
}

/** A refusal as the response that is stored under its key. */
export function refusalResponse(problem: Problem, requestId: string): ApiResponse {
  return problemResponse(problem, problemStyle, requestId);
}
