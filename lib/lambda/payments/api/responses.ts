import type { Problem } from "../../http/problem";
import { json, problemResponse } from "../../http/response";
import type { ApiResponse } from "../../http/response";
import type { Payment } from "../domain/payment";
import { problemStyle } from "./problem";

/** A payment as a response. */
export function paymentResponse(statusCode: number, payment: Payment): ApiResponse {
  return { ...json(statusCode, payment), ids: { transactionId: payment.transactionId } };
}

/** A refusal as the response that is stored under its key. */
export function refusalResponse(problem: Problem, requestId: string): ApiResponse {
  return problemResponse(problem, problemStyle, requestId);
}
