import type { APIGatewayProxyEvent } from "aws-lambda";
import type * as z from "zod/mini";
import { parseJson } from "../api/json";
import { Problem, invalidRequest } from "../api/problem";
import type { FieldProblem } from "../api/problem";
import type { Route } from "../api/routes";
import { idempotencyKey } from "../api/schemas";

/** The largest body, in bytes; a payment with all its metadata takes less. */
const maxBodyBytes = 16 * 1024;

/** What of the gateway's event a request is read from. */
export type RequestEvent = Pick<
  APIGatewayProxyEvent,
  "body" | "headers" | "isBase64Encoded" | "multiValueQueryStringParameters"
>;

/** A request whose every part its route's schemas accept. */
export interface ValidRequest<Path, Query, Body> {
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
  /** Of a POST; of a GET it is empty. */
  readonly idempotencyKey: string;
}

/**
 * Checks a request against its route.
 *
 * @param parameters - Those of the path, as the router found them.
 * @throws {@link Problem} naming every field that cannot be taken.
 */
export function validRequest<Path, Query, Body>(
  route: Route<Path, Query, Body>,
  parameters: Readonly<Record<string, string>>,
  event: RequestEvent,
): ValidRequest<Path, Query, Body> {
  const writes = route.method === "POST";
  const body = writes ? bodyOf(event) : {};
  const problems: FieldProblem[] = [];
  const check = <T>(schema: z.ZodMiniType<T>, value: unknown, whole = "body") => {
    const result = schema.safeParse(value);
    if (!result.success) problems.push(...result.error.issues.flatMap((i) => explain(i, whole)));
    return result;
  };
  const key = check(
    idempotencyKey,
    writes ? header(event, "idempotency-key") : " ",
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
    idempotencyKey: key.data,
  };
}

/** A header's value; its name is in lower case, whatever the caller's was. */
export function header(event: Pick<RequestEvent, "headers">, name: string): string | undefined {
  return Object.entries(event.headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

function queryOf(
  event: RequestEvent,
  problems: FieldProblem[],
): Record<string, string | undefined> {
  const parameters = Object.entries(event.multiValueQueryStringParameters ?? {});
  for (const [field, values = []] of parameters) {
    if (values.length > 1) problems.push({ field, message: "must be there only once" });
  }
  return Object.fromEntries(parameters.map(([name, values]) => [name, values?.[0]]));
}

/** The body's value; no body counts as an empty object. */
function bodyOf(event: RequestEvent): unknown {
  if (event.body === null || event.body === "") return {};
  const type = header(event, "content-type") ?? "";
  if (!/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type))
    throw new Problem("unsupported-media-type", {
      detail: "Send the body as application/json in UTF-8",
    });
  const bytes = Buffer.from(event.body, event.isBase64Encoded ? "base64" : "utf8");
  if (bytes.length > maxBodyBytes)
    throw invalidRequest([
      { field: "body", message: `must have at most ${String(maxBodyBytes)} bytes` },
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
