/** A kind of problem: its HTTP status and its title. */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
}

/** The kinds that every service has, by their name in `type`. */
export const commonProblems = {
  "invalid-request": { status: 400, title: "The request is not valid" },
  "route-not-found": { status: 404, title: "There is no such route" },
  "method-not-allowed": { status: 405, title: "The route does not have this method" },
  "request-in-progress": { status: 409, title: "Another request is at work" },
  "unsupported-media-type": { status: 415, title: "The body is not JSON" },
  "idempotency-mismatch": { status: 422, title: "The idempotency key was used otherwise" },
  "internal-error": { status: 500, title: "Something went wrong here" },
  unavailable: { status: 503, title: "Something that the service needs is not there" },
} as const satisfies Record<string, ProblemKind>;

/** The name of a kind that every service has. */
export type CommonProblem = keyof typeof commonProblems;

/** What is wrong with one field, parameter or header. */
export interface FieldProblem {
  /** Its path: `metadata.order`, `Idempotency-Key`. */
  readonly field: string;
  readonly message: string;
}

/** What a problem document has beyond its kind. */
export interface ProblemDetails {
  /** What happened, for people; by default it names the fields in error. */
  readonly detail?: string;
  readonly errors?: readonly FieldProblem[];
  /** Members of the document that this kind has beside those of RFC 9457. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** Further headers of the response. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** How a service writes its problem documents. */
export interface ProblemStyle {
  /** What stands before a kind's name in `type`: `urn:SERVICE:problem:`. */
  readonly typePrefix: string;
  /** What stands for a field's name that must not be sent back; undefined for any other name. */
  readonly maskField?: (field: string) => string | undefined;
}

/** A request that is refused with an RFC 9457 problem document. */
export class Problem extends Error {
  override readonly name = "Problem";

  /** @param kind - Its name in `type`, which never changes. */
  constructor(
    readonly kind: string,
    private readonly meaning: ProblemKind,
    readonly details: ProblemDetails,
  ) {
    super(kind);
  }

  get status(): number {
    return this.meaning.status;
  }

  /** The document. */
  document({ typePrefix, maskField }: ProblemStyle, requestId: string): Record<string, unknown> {
    const { detail, errors = [], extensions } = this.details;
    const fields = errors.map(({ field, message }) => ({
      field: maskField?.(field) ?? shortened(field),
      message,
    }));
    return {
      type: `${typePrefix}${this.kind}`,
      status: this.meaning.status,
      title: this.meaning.title,
      detail: detail ?? `Not valid: ${fields.map(({ field }) => field).join(", ")}`,
      requestId,
      ...(fields.length > 0 && { errors: fields }),
      ...extensions,
    };
  }
}

/** A problem of a kind that every service has. */
export function commonProblem(kind: CommonProblem, details: ProblemDetails): Problem {
  return new Problem(kind, commonProblems[kind], details);
}

/** A request with invalid fields; one entry a field. */
export function invalidRequest(errors: readonly FieldProblem[]): Problem {
  const merged = new Map<string, string>();
  for (const { field, message } of errors) {
    const before = merged.get(field);
    merged.set(field, before === undefined ? message : `${before}; ${message}`);
  }
  return commonProblem("invalid-request", {
    errors: [...merged].map(([field, message]) => ({ field, message })),
  });
}

/** A field's name comes from the caller and may be of any length. */
function shortened(field: string): string {
  return field.length > 100 ? `${field.slice(0, 100)}…` : field;
}
