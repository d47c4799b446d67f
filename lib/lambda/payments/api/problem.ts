import { Problem, commonProblems } from "../../http/problem";
import type { ProblemDetails, ProblemKind, ProblemStyle } from "../../http/problem";
import { maskedField } from "../../values/schemas";

/** Every kind of problem of the payments API. */
export const problemKinds = {
  ...commonProblems,
  "amount-exceeded": { status: 400, title: "The amount is more than there is" },
  "payment-not-found": { status: 404, title: "There is no such payment" },
  "wrong-status": { status: 409, title: "The payment's status does not allow this" },
} as const satisfies Record<string, ProblemKind>;

/** The name of a kind of problem. */
export type PaymentProblem = keyof typeof problemKinds;

/** Refusals that follow from the payment's state: they are stored under their key and replayed. */
export const finalProblems: readonly PaymentProblem[] = ["wrong-status", "amount-exceeded"];

/** How the payments API writes its problem documents. */
export const problemStyle: ProblemStyle = {
  typePrefix: "urn:payments:problem:",
  maskField: maskedField,
};

/** A problem of one of {@link problemKinds}. */
export function paymentProblem(kind: PaymentProblem, details: ProblemDetails): Problem {
  return new Problem(kind, problemKinds[kind], details);
}
