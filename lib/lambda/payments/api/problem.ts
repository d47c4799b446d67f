import { holdsCardNumber } from "../domain/card-number";
import type { PaymentStatus } from "../domain/payment";

/** Every kind of problem that is answered: its name in `type`, its status and its title. */
export const problemKinds = {
  "invalid-request": { status: 400, title: "The request is not valid" },
  "amount-exceeded": { status: 400, title: "The amount is more than there is" },
  "payment-not-found": { status: 404, title: "There is no such payment" },
  "route-not-found": { status: 404, title: "There is no such route" },
  "method-not-allowed": { status: 405, title: "The route does not have this method" },
  "wrong-status": { status: 409, title: "The payment's status does not allow this" },
  "request-in-progress": { status: 409, title: "Another request is at work" },
  "unsupported-media-type": { status: 415, title: "The body is not JSON" },
  "idempotency-mismatch": { status: 422, title: "The idempotency key was used otherwise" },
  "internal-error": { status: 500, title: "Something went wrong here" },
  unavailable: { status: 503, title: "Something that the service needs is not there" },
} as const;

/** The name of a kind of problem. */
export type ProblemKind = keyof typeof problemKinds;

/** Refusals that the payment's state decides: answers, kept under their key and given again. */
export const finalProblems: readonly ProblemKind[] = ["wrong-status", "amount-exceeded"];

/** What is wrong with one field, parameter or header. */
export interface FieldProblem {
  /** Its path: `metadata.order`, `Idempotency-Key`. */
  readonly field: string;
  readonly message: string;
}

/** What a problem tells beyond its kind. */
export interface ProblemDetails {
  /** What happened, for people. */
  readonly detail: string;
  readonly errors?: readonly FieldProblem[];
  /** The status that did not allow the action. */
  readonly currentStatus?: PaymentStatus;
  /** Further headers of the answer. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that is answered with an RFC 9457 problem document. */
export class Problem extends Error {
  override readonly name = "Problem";

  constructor(
    readonly kind: ProblemKind,
    readonly details: ProblemDetails,
  ) {
    super(kind);
  }

  get status(): number {
    return problemKinds[this.kind].status;
  }

  /** The document. */
  document(requestId: string): Record<string, unknown> {
    const { detail, errors, currentStatus } = this.details;
    return {
      type: `urn:payments:problem:${this.kind}`,
      ...problemKinds[this.kind],
      detail,
      requestId,
      ...(errors !== undefined && { errors }),
      ...(currentStatus !== undefined && { currentStatus }),
    };
  }
}

/** A request with fields that cannot be taken; one entry a field. */
export function invalidRequest(errors: readonly FieldProblem[]): Problem {
  const merged = new Map<string, string>();
  for (const { field, message } of errors) {
    const before = merged.get(field);
    merged.set(field, before === undefined ? message : `${before}; ${message}`);
  }
  const fields = [...merged].map(([field, message]) => ({ field: presentable(field), message }));
  return new Problem("invalid-request", {
    detail: `Not valid: ${fields.map(({ field }) => field).join(", ")}`,
    errors: fields,
  });
}

/** A field's name comes from the caller: it is not sent back whatever it holds. */
function presentable(field: string): string {
  if (holdsCardNumber(field)) return "(a name that looks like a card number)";
  return field.length > 100 ? `${field.slice(0, 100)}…` : field;
}
