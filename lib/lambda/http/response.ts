import type { APIGatewayProxyResult } from "aws-lambda";
import type { Problem, ProblemStyle } from "./problem";

/** What an operation answers. */
export interface Answer {
  readonly statusCode: number;
  /** JSON text. */
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Ids of what it is about, by their name in the log. */
  readonly ids?: Readonly<Record<string, string>>;
}

/** A value as an answer. */
export function json(statusCode: number, value: unknown): Answer {
  return { statusCode, body: JSON.stringify(value) };
}

const problemType = { "Content-Type": "application/problem+json" };

/** A problem as an answer. */
export function problemAnswer(problem: Problem, style: ProblemStyle, requestId: string): Answer {
  return {
    ...json(problem.status, problem.document(style, requestId)),
    headers: { ...problemType, ...problem.details.headers },
  };
}

/** An answer that was given before, to the byte, and marked as such. */
export function replayed({ statusCode, body }: Pick<Answer, "statusCode" | "body">): Answer {
  const headers = { ...(statusCode >= 400 && problemType), "Idempotent-Replayed": "true" };
  return { statusCode, body, headers };
}

/** An answer as the gateway takes it, with the headers that every answer has. */
export function toResult(
  answer: Answer,
  requestId: string,
  cors: Readonly<Record<string, string>>,
): APIGatewayProxyResult {
  return {
    statusCode: answer.statusCode,
    headers: {
      "Content-Type": "application/json",
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      "X-Request-Id": requestId,
      ...cors,
      ...answer.headers,
    },
    body: answer.body,
  };
}
