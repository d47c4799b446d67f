import { finalProblems, problemKinds } from "../../lambda/payments/api/problem";
import { routes } from "../../lambda/payments/api/routes";
import { problem } from "../../lambda/payments/api/schemas";
import { idempotencyKey } from "../../lambda/values/schemas";
import { apiDocument } from "../api-document";

/** A body that each operation accepts. */
const bodyExamples: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  createPayment: {
    userId: "user-1",
    amount: 1250,
    currency: "EUR",
    description: "Two coffees",
    metadata: { order: "1001" },
  },
  authorizePayment: { outcome: "APPROVED" },
  capturePayment: { all: true },
  refundPayment: { amount: 300 },
  payOut: { currency: "EUR", all: true },
};

/** A payment by its id, which tools cannot tell by its name. */
const ofPayment = (operationId: string) => ({
  operationId,
  parameters: { id: "$response.body#/transactionId" },
});

/** What can be done with a payment. */
const links = {
  createPayment: {
    get: ofPayment("getPayment"),
    authorize: ofPayment("authorizePayment"),
    cancel: ofPayment("cancelPayment"),
  },
  authorizePayment: {
    capture: ofPayment("capturePayment"),
    cancel: ofPayment("cancelPayment"),
  },
  capturePayment: { refund: ofPayment("refundPayment") },
};

/** The payments API as an OpenAPI document. */
export function paymentsDocument() {
  return apiDocument({
    title: "Payments",
    description:
      "Payments, their life from authorization to refund, and the balances of the ledger. Amounts " +
      "are integers of the currency's minor unit. Every POST is safe to repeat under its " +
      "Idempotency-Key: for 24 hours its final response is replayed. Final are a success and what the " +
      "payment's state refuses (wrong-status, amount-exceeded); to try again after such a refusal, take " +
      "a new key. Every other problem leaves the key free: send the same request again, or one put right.",
    routes,
    authorization: "AWS_IAM",
    problemKinds,
    finalProblems,
    problem,
    idempotencyKey: {
      schema: idempotencyKey,
      description:
        "Names the request for 24 hours, among those of the same caller only: an IAM user, a role " +
        "whatever its session. The same key with another request is refused (422).",
      example: "order-1001",
    },
    bodyExamples,
    links,
  });
}
