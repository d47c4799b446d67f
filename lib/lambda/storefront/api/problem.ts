import { Problem, commonProblems } from "../../http/problem";
import type { ProblemDetails, ProblemKind, ProblemStyle } from "../../http/problem";
import { maskedField } from "../../values/schemas";

/** Every kind of problem of the storefront's API. */
export const problemKinds = {
  ...commonProblems,
  forbidden: { status: 403, title: "This is for administrators only" },
  "product-not-found": { status: 404, title: "There is no such product" },
  "order-not-found": { status: 404, title: "There is no such order" },
  "version-conflict": { status: 409, title: "The product has been changed since" },
  "stock-too-low": { status: 409, title: "The stock would be less than none" },
  "out-of-stock": { status: 409, title: "There is not enough in stock" },
  "product-unavailable": { status: 409, title: "A product is not for sale" },
  "price-changed": { status: 409, title: "A price is not the one that the caller saw" },
  "mixed-currencies": { status: 409, title: "An order has one currency" },
  "total-exceeded": { status: 409, title: "The total is more than a payment may be" },
  "wrong-status": { status: 409, title: "The order's status does not allow this" },
} as const satisfies Record<string, ProblemKind>;

/** The name of a kind of problem. */
export type StorefrontProblem = keyof typeof problemKinds;

/** Refusals that follow from the state of products and orders: they are stored under their key and replayed. */
export const finalProblems: readonly StorefrontProblem[] = [
  "version-conflict",
  "stock-too-low",
  "out-of-stock",
  "product-unavailable",
  "price-changed",
  "mixed-currencies",
  "total-exceeded",
  "wrong-status",
];

/** How the storefront's API writes its problem documents. */
export const problemStyle: ProblemStyle = {
  typePrefix: "urn:storefront:problem:",
  maskField: maskedField,
};

/** A problem of one of {@link problemKinds}. */
export function storefrontProblem(kind: StorefrontProblem, details: ProblemDetails): Problem {
  return new Problem(kind, problemKinds[kind], details);
}
