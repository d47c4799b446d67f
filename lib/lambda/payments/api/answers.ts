import type { Problem } from "../../http/problem";
import { json, problemAnswer } from "../../http/response";
import type { Answer } from "../../http/response";
import type { Payment } from "../domain/payment";
import { problemStyle } from "./problem";

/** A payment as an answer. */
export function paymentAnswer(statusCode: number, payment: Payment): Answer {
  return { ...json(statusCode, payment), ids: { transactionId: payment.transactionId } };
}

/** A refusal as the answer that is kept under its key. */
export function refusalAnswer(problem: Problem, requestId: string): Answer {
  return problemAnswer(problem, problemStyle, requestId);
}
