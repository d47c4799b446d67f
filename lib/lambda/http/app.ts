import type { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { Problem } from "../api/problem";
import { paymentPath } from "../api/schemas";
import { corsHeaders } from "./cors";
import { match } from "./endpoint";
import type { Endpoint } from "./endpoint";
import { header } from "./request";
import { problemAnswer, toResult } from "./response";
import type { Answer } from "./response";

/** What of the gateway's event is used. */
export type ApiEvent = Pick<
  APIGatewayProxyEvent,
  "body" | "headers" | "httpMethod" | "isBase64Encoded" | "multiValueQueryStringParameters" | "path"
> & { readonly requestContext: { readonly requestId: string } };

/** Arguments of {@link createApp}. */
export interface AppArgs {
  /** What this function answers of the API. */
  readonly endpoints: readonly Endpoint[];
  readonly logger: Pick<Logger, "info" | "error">;
  /** Origins that browsers may call from; `*` for all. */
  readonly allowedOrigins: readonly string[];
}

/** What is logged of a request: no body, no header, no part of the path that was not checked. */
interface LogEntry {
  readonly requestId: string;
  readonly method: string;
  route?: string;
  transactionId?: string | undefined;
}

/** A part of the payments API as a function of the gateway's event. It always answers. */
export function createApp(args: AppArgs): (event: ApiEvent) => Promise<APIGatewayProxyResult> {
  const { endpoints, logger, allowedOrigins } = args;

  const answer = async (event: ApiEvent, entry: LogEntry): Promise<Answer> => {
    try {
      const { endpoint, parameters } = match(endpoints, event.httpMethod, event.path);
      entry.route = endpoint.route.path;
      entry.transactionId = paymentPath.safeParse(parameters).data?.id;
      return await endpoint.answer(parameters, event);
    } catch (error) {
      if (error instanceof Problem) return problemAnswer(error, entry.requestId);
      logger.error("Unexpected failure", { ...entry, ...described(error) });
      const detail = "The request may or may not have had its effect; send the same again";
      return problemAnswer(new Problem("internal-error", { detail }), entry.requestId);
    }
  };

  return async (event) => {
    const start = performance.now();
    const { requestId } = event.requestContext;
    const entry: LogEntry = { requestId, method: event.httpMethod };
    const result = await answer(event, entry);
    logger.info("Answered", {
      ...entry,
      ...(result.transactionId !== undefined && { transactionId: result.transactionId }),
      statusCode: result.statusCode,
      durationMs: Math.round(performance.now() - start),
    });
    return toResult(result, requestId, corsHeaders(allowedOrigins, header(event, "origin")));
  };
}

/** An error without what its class adds: a canceled transaction carries whole items, a query's its values. */
function described(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { errorName: typeof error };
  return { errorName: error.name, errorMessage: error.message, stack: error.stack };
}
