import type { APIGatewayProxyResult } from "aws-lambda";
import type { Problem, ProblemStyle } from "./problem";

/** What an operation responds with. */
export interface ApiResponse {
  readonly statusCode: number;
  /** JSON text. */
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Ids of what it is about, by their name in the log. */
  readonly ids?: Readonly<Record<string, string>>;
}

/** A value as a response. */
export function json(statusCode: number, value: unknown): ApiResponse {
  return { statusCode, body: JSON.stringify(value) };
}

const problemType = { "Content-Type": "application/problem+json" };

/** A problem as a response. */
export function problemResponse(
  problem: Problem,
  style: ProblemStyle,
  requestId: string,
): ApiResponse {
  return {
    ...json(problem.status, problem.document(style, requestId)),
    headers: { ...problemType, ...problem.details.headers },
  };
}

/** A response that was sent before, byte for byte, and marked as replayed. */
export function replayed({
  statusCode,
  body,
}: Pick<ApiResponse, "statusCode" | "body">): ApiResponse {
  const headers = { ...(statusCode >= 400 && problemType), "Idempotent-Replayed": "true" };
  return { statusCode, body, headers };
}

/** A response as the gateway takes it, with the headers that every response has. */
export function toResult(
  response: ApiResponse,
  requestId: string,
  cors: Readonly<Record<string, string>>,
): APIGatewayProxyResult {
  return {
    statusCode: response.statusCode,
    headers: {
      "Content-Type": "application/json",
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      "X-Request-Id": requestId,
      ...cors,
      ...response.headers,
    },
    body: response.body,
  };
}
