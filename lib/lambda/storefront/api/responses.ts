import type { Problem } from "../../http/problem";
import { json, problemResponse } from "../../http/response";
import type { ApiResponse } from "../../http/response";
import type { StoredOrder } from "../domain/order";
import { problemStyle } from "./problem";

/** An order as its user sees it. */
export function orderResponse(statusCode: number, order: StoredOrder): ApiResponse {
  return json(statusCode, { ...order, ending: undefined, paymentVersion: undefined });
}

/** A refusal as the response that is stored under its key. */
export function refusalResponse(problem: Problem, requestId: string): ApiResponse {
  return problemResponse(problem, problemStyle, requestId);
}
