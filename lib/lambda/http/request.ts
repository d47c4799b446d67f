import type * as z from "zod/mini";
import { callerKeyHash, callerOf } from "./caller";
import type { Authorization } from "./caller";
import { header } from "./event";
import type { ApiEvent } from "./event";
import { parseJson } from "./json";
import { commonProblem, invalidRequest } from "./problem";
import type { FieldProblem } from "./problem";
import type { Route } from "./route";
import type { Service } from "./service";

/** A request for a route, not yet validated. */
export interface RoutedRequest {
  /** Those of the path, as the router found them. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly event: ApiEvent;
  readonly authorization: Authorization;
  readonly service: Pick<Service, "idempotencyKey" | "maxBodyBytes">;
}

/** A request whose every part its route's schemas accept. */
export interface ValidRequest<Path, Query, Body> {
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
  /** The hash of the caller and its key, which is no other caller's; empty where the route takes none. */
  readonly idempotencyKey: string;
  readonly requestId: string;
  /** The gateway's context: who sent it, among others. */
  readonly context: ApiEvent["requestContext"];
}

/**
 * Validates a request against its route.
 *
 * @throws the problem `invalid-request`, naming every invalid field.
 */
export function validRequest<Path, Query, Body>(
  route: Route<Path, Query, Body>,
  { parameters, event, authorization, service }: RoutedRequest,
): ValidRequest<Path, Query, Body> {
  const body = route.method === "POST" ? bodyOf(event, service.maxBodyBytes) : {};
  const problems: FieldProblem[] = [];
  const check = <T>(schema: z.ZodMiniType<T>, value: unknown, whole = "body") => {
    const result = schema.safeParse(value);
    if (!result.success) problems.push(...result.error.issues.flatMap((i) => explain(i, whole)));
    return result;
  };
  const key = check(
    service.idempotencyKey,
    route.isIdempotent ? header(event, "idempotency-key") : " ",
    "Idempotency-Key",
  );
  const path = check(route.parameters, parameters);
  const query = check(route.query, queryOf(event, problems));
  const content = check(route.body.schema, body);
  if (problems.length > 0 || !key.success || !path.success || !query.success || !content.success)
    throw invalidRequest(problems);
  return {
    path: path.data,
    query: query.data,
    body: content.data,
    idempotencyKey: route.isIdempotent
      ? callerKeyHash(callerOf(event.requestContext, authorization), key.data)
      : "",
    requestId: event.requestContext.requestId,
    context: event.requestContext,
  };
}

function queryOf(event: ApiEvent, problems: FieldProblem[]): Record<string, string | undefined> {
  const parameters = Object.entries(event.multiValueQueryStringParameters ?? {});
  for (const [field, values = []] of parameters) {
    if (values.length > 1) problems.push({ field, message: "must be there only once" });
  }
  return Object.fromEntries(parameters.map(([name, values]) => [name, values?.[0]]));
}

/** The body's value; no body counts as an empty object. */
function bodyOf(event: ApiEvent, maxBytes: number): unknown {
  const { body } = event;
  if (body === null || body === undefined || body === "") return {};
  const type = header(event, "content-type") ?? "";
  if (!/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type))
    throw commonProblem("unsupported-media-type", {
      detail: "Send the body as application/json in UTF-8",
    });
  const encoding = header(event, "content-encoding") ?? "identity";
  if (encoding.trim().toLowerCase() !== "identity")
    throw commonProblem("unsupported-media-type", {
      detail: "Send the body as it is: without Content-Encoding, or with identity",
    });
  const bytes = Buffer.from(body, event.isBase64Encoded === true ? "base64" : "utf8");
  if (bytes.length > maxBytes)
    throw invalidRequest([
      { field: "body", message: `must have at most ${String(maxBytes)} bytes` },
    ]);
  return parseJson(utf8(bytes));
}

function utf8(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw invalidRequest([{ field: "body", message: "must be UTF-8" }]);
  }
}

/** zod's issue as one problem, or several where it is of several fields. */
function explain(issue: z.core.$ZodIssue, whole: string): FieldProblem[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((name) => ({
      field: [...issue.path, name].map(String).join("."),
      message: "is not known",
    }));
  const path = issue.path.map(String).join(".");
  // a name within a record has its problems in a list of its own
  const problems = issue.code === "invalid_key" ? issue.issues : [issue];
  return problems.map(({ message }) => ({ field: path === "" ? whole : path, message }));
}
