import { errorOrigin } from "./cors";

/** An error response of API Gateway itself, before or after the function. */
export interface GatewayProblem {
  /** API Gateway's name of it (developer guide, "Gateway response types"). */
  readonly responseType: string;
  /** HTTP status; absent for the defaults, which stand for errors of several. */
  readonly status?: number;
  /** The end of the problem's type; where the function has the type too, with its title. */
  readonly slug: string;
  readonly title: string;
  readonly detail: string;
}

const forbidden = { status: 403, slug: "forbidden", title: "The caller may not do this" } as const;
const timeout = {
  status: 504,
  slug: "gateway-timeout",
  title: "There was no answer in time",
} as const;
const internal = { slug: "internal-error", title: "Something went wrong here" } as const;

/** The errors of the gateway that a caller of any API can meet, with the status that AWS gives them. */
export const gatewayProblems: readonly GatewayProblem[] = [
  {
    responseType: "BAD_REQUEST_PARAMETERS",
    status: 400,
    slug: "invalid-request",
    title: "The request is not valid",
    detail: "$context.error.message", // names the routes' own parameters only: nothing to escape
  },
  {
    responseType: "MISSING_AUTHENTICATION_TOKEN",
    ...forbidden,
    detail: "The request is not signed (AWS Signature Version 4).",
  },
  {
    responseType: "INVALID_SIGNATURE",
    ...forbidden,
    detail: "The request's signature does not match, or its clock is wrong.",
  },
  {
    responseType: "EXPIRED_TOKEN",
    ...forbidden,
    detail: "The credentials that signed the request have expired.",
  },
  {
    responseType: "ACCESS_DENIED",
    ...forbidden,
    detail: "The caller may not use this operation.",
  },
  {
    responseType: "WAF_FILTERED",
    ...forbidden,
    detail: "The request was refused by a rule of the web application firewall.",
  },
  {
    responseType: "REQUEST_TOO_LARGE",
    status: 413,
    slug: "payload-too-large",
    title: "The request is too large",
    detail: "The request is larger than 10 MB.",
  },
  {
    responseType: "THROTTLED",
    status: 429,
    slug: "too-many-requests",
    title: "There are too many requests",
    detail: "The API takes no more for the moment; try again later.",
  },
  {
    responseType: "INTEGRATION_FAILURE",
    ...timeout,
    detail: "The service did not answer. A request with an idempotency key may be repeated.",
  },
  {
    responseType: "INTEGRATION_TIMEOUT",
    ...timeout,
    detail:
      "The service did not answer in time. A request with an idempotency key may be repeated.",
  },
  {
    responseType: "API_CONFIGURATION_ERROR",
    status: 500,
    ...internal,
    detail: "The service is not set up rightly.",
  },
  {
    responseType: "DEFAULT_4XX",
    slug: "refused",
    title: "The request was refused",
    detail: "The API does not take such a request.",
  },
  { responseType: "DEFAULT_5XX", ...internal, detail: "The request could not be answered." },
];

/** What some of an API's routes have, and errors come from. */
export interface ProblemSources {
  /** A function that handles unknown paths. */
  readonly commonFunction: boolean;
  readonly userPools: boolean;
  readonly usagePlans: boolean;
  readonly services: boolean;
}

const unauthorized: GatewayProblem = {
  responseType: "UNAUTHORIZED",
  status: 401,
  slug: "unauthorized",
  title: "The caller is not known",
  detail: "The request has no valid token.",
};

const keyProblems: readonly GatewayProblem[] = [
  {
    responseType: "INVALID_API_KEY",
    ...forbidden,
    detail: "The request has no valid API key.",
  },
  {
    responseType: "QUOTA_EXCEEDED",
    status: 429,
    slug: "too-many-requests",
    title: "There are too many requests",
    detail: "The API key has no requests left for today.",
  },
];

/** A function would check the body by itself. */
const bodyProblems: readonly GatewayProblem[] = [
  {
    responseType: "BAD_REQUEST_BODY",
    status: 400,
    slug: "invalid-request",
    title: "The request is not valid",
    detail: "The body does not have the operation's schema.",
  },
  {
    responseType: "UNSUPPORTED_MEDIA_TYPE",
    status: 415,
    slug: "unsupported-media-type",
    title: "The body is not JSON",
    detail: "The operation takes application/json.",
  },
];

/** The errors of the gateway that a caller of an API with these sources can meet. */
export function gatewayProblemsOf(sources: ProblemSources): readonly GatewayProblem[] {
  const common = sources.commonFunction
    ? gatewayProblems
    : gatewayProblems.map((problem) =>
        problem.responseType === "MISSING_AUTHENTICATION_TOKEN"
          ? { ...problem, detail: `There is no such route, or: ${problem.detail}` }
          : problem,
      );
  return [
    ...common,
    ...(sources.userPools ? [unauthorized] : []),
    ...(sources.usagePlans ? keyProblems : []),
    ...(sources.services ? bodyProblems : []),
  ];
}

/** A problem document as a template: the request id is filled in by API Gateway. */
export function problemTemplate(
  { slug, title, status, detail }: Omit<GatewayProblem, "responseType">,
  typePrefix: string,
): string {
  return JSON.stringify({
    type: `${typePrefix}${slug}`,
    title,
    status,
    detail,
    requestId: "$context.requestId",
  });
}

/**
 * A gateway's error as an RFC 9457 problem document that a browser's code may read. The template
 * stands under `application/json`, the only type that API Gateway looks up whatever a caller accepts;
 * a header sets the type that it is sent with.
 */
export function gatewayResponse(
  problem: GatewayProblem,
  allowedOrigins: readonly string[],
  typePrefix: string,
) {
  const { responseType, status } = problem;
  const header = (name: string, value: string) => ({
    [`gatewayresponse.header.${name}`]: `'${value}'`,
  });
  return {
    responseType,
    // a status of a default would become that of every error without a response of its own
    ...(status !== undefined && { statusCode: String(status) }),
    responseParameters: {
      ...header("Content-Type", "application/problem+json"),
      ...header("Access-Control-Allow-Origin", errorOrigin(allowedOrigins)),
      ...header("Access-Control-Expose-Headers", "X-Amzn-RequestId,X-Amzn-ErrorType"),
    },
    responseTemplates: { "application/json": problemTemplate(problem, typePrefix) },
  };
}
