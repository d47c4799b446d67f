import { randomUUID } from "node:crypto";
import type { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyResult } from "aws-lambda";
import type { Authorization } from "./caller";
import { corsHeaders } from "./cors";
import { apiEvent, header } from "./event";
import { Problem, commonProblem } from "./problem";
import { problemResponse, toResult } from "./response";
import type { ApiResponse } from "./response";
import { match } from "./router";
import type { Endpoint } from "./router";
import type { Service } from "./service";

/** Arguments of {@link createApp}. */
export interface AppArgs {
  readonly service: Service;
  /** The operations that this function serves. */
  readonly endpoints: readonly Endpoint[];
  readonly logger: Pick<Logger, "debug" | "info" | "error">;
  /** Origins that browsers may call from; `*` for all. */
  readonly allowedOrigins: readonly string[];
  /** Who is authorized by the gateway, and so how a caller is identified. */
  readonly authorization: Authorization;
}

/** What is logged of a request: no body, no header, no caller, no part of the path that was not checked. */
interface LogEntry {
  /** That of the gateway; of an event that has none, one of its own, in the log and in the response. */
  readonly requestId: string;
  readonly method: string | undefined;
  route?: string;
  /** Of the path: what may be logged of it. */
  ids?: Readonly<Record<string, string>>;
}

/** The gateway's event, or why it is malformed. */
type Received = ReturnType<typeof apiEvent.safeParse>;

/** The part of an API that one function serves, as a function of the gateway's event. It always returns a response, whatever the event. */
export function createApp(args: AppArgs): (event: unknown) => Promise<APIGatewayProxyResult> {
  const { service, endpoints, logger, allowedOrigins, authorization } = args;

  const respond = async (received: Received, entry: LogEntry): Promise<ApiResponse> => {
    try {
      if (!received.success) throw received.error;
      const event = received.data;
      const { endpoint, parameters } = match(
        service.routes,
        endpoints,
        event.httpMethod,
        event.path,
      );
      entry.route = endpoint.route.path;
      entry.ids = service.loggedOf?.(parameters) ?? {};
      return await endpoint.handle({ parameters, event, authorization, service });
    } catch (error) {
      if (error instanceof Problem) {
        // its kind alone: fields and details may quote the caller
        logger.debug("Refused", { ...logged(entry), problem: error.kind });
        return problemResponse(error, service.problems, entry.requestId);
      }
      logger.error("Unexpected failure", { ...logged(entry), ...described(error) });
      const detail = "The request may or may not have had its effect; send the same again";
      const problem = commonProblem("internal-error", { detail });
      return problemResponse(problem, service.problems, entry.requestId);
    }
  };

  return async (event) => {
    const start = performance.now();
    const received = apiEvent.safeParse(event);
    const { data } = received;
    const entry: LogEntry = {
      requestId: data?.requestContext.requestId ?? randomUUID(),
      method: data?.httpMethod,
    };
    const result = await respond(received, entry);
    logger.info("Answered", {
      ...logged(entry),
      ...result.ids,
      statusCode: result.statusCode,
      durationMs: Math.round(performance.now() - start),
    });
    const origin = data && header(data, "origin");
    return toResult(result, entry.requestId, corsHeaders(allowedOrigins, origin));
  };
}

/** An entry as it is logged: ids are top-level keys, to be searched for. */
function logged({ ids, ...entry }: LogEntry): Record<string, unknown> {
  return { ...entry, ...ids };
}

/** An error without what its class adds: a canceled transaction carries whole items, a query's its values. */
function described(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { errorName: typeof error };
  return { errorName: error.name, errorMessage: error.message, stack: error.stack };
}
