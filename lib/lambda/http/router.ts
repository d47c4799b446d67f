import { commonProblem } from "./problem";
import { validRequest } from "./request";
import type { RoutedRequest, ValidRequest } from "./request";
import type { ApiResponse } from "./response";
import type { Route, RouteTable } from "./route";

/** A route and what serves it. */
export interface Endpoint {
  readonly route: Route;
  /** @throws a problem where the request cannot be served. */
  handle(request: RoutedRequest): Promise<ApiResponse>;
}

/** Joins a route with its handler, which gets only requests that the route's schemas accept. */
export function endpoint<Path, Query, Body, Value>(
  route: Route<Path, Query, Body, Value>,
  work: (request: ValidRequest<Path, Query, Body>) => Promise<ApiResponse>,
): Endpoint {
  return {
    route,
    handle: (request) => work(validRequest(route, request)),
  };
}

/** An endpoint and the parameters of the path that led to it. */
export interface Match {
  readonly endpoint: Endpoint;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The endpoint for a method and path. A request that matches no route reaches one of the functions, which
 * therefore knows the routes of the others too.
 *
 * @param routes - Those of the whole API.
 * @param endpoints - Those of this function.
 * @throws the problem `route-not-found` or `method-not-allowed`.
 */
export function match(
  routes: RouteTable,
  endpoints: readonly Endpoint[],
  method: string,
  path: string,
): Match {
  const onPath = Object.values(routes).flatMap((route) => {
    const parameters = parametersOf(route.path, path);
    return parameters === undefined ? [] : [{ route, parameters }];
  });
  const found = onPath.find(({ route }) => route.method === method);
  const endpoint = endpoints.find(({ route }) => route === found?.route);
  if (found !== undefined && endpoint !== undefined)
    return { endpoint, parameters: found.parameters };
  if (found !== undefined || onPath.length === 0)
    throw commonProblem("route-not-found", { detail: "No operation has this path" });
  const allow = [...onPath.map(({ route }) => route.method), "OPTIONS"].join(", ");
  throw commonProblem("method-not-allowed", {
    detail: `This path has ${allow}`,
    headers: { Allow: allow },
  });
}

/** The values of a template's parameters in a path; undefined for a path that does not match. */
function parametersOf(template: string, path: string): Record<string, string> | undefined {
  const pattern = template.replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  const found = new RegExp(`^${pattern}$`).exec(path);
  if (found === null) return undefined;
  const parts = Object.entries({ ...found.groups });
  return Object.fromEntries(parts.map(([name, part]) => [name, decoded(part)]));
}

/** A part of a path, percent-decoded; as it is where that is malformed. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
