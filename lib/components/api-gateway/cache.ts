import { requestParameters } from "./route";
import type { ApiRoute } from "./route";

/**
 * The parameters of a route's cache key: all path and query parameters, for without them every path gets the first
 * one's response; and the origin, where the response names one of several.
 */
export function cachedParameters(
  route: ApiRoute,
  allowedOrigins: readonly string[],
): Record<string, boolean> {
  const namesOrigin = allowedOrigins.length > 1 && !allowedOrigins.includes("*");
  return {
    ...requestParameters(route),
    ...(namesOrigin && { "method.request.header.Origin": false }),
  };
}

/** How MethodSettings name a route's method; a slash alone stands escaped. */
export function methodPath({ path, method }: ApiRoute): string {
  return `${path.slice(1) || "~1"}/${method}`;
}

/** The settings of a method whose responses are cached. */
export function cacheSettings(seconds: number) {
  return {
    cachingEnabled: true,
    cacheTtlInSeconds: seconds,
    cacheDataEncrypted: true,
    // anyone may call the route, but not empty the cache: `Cache-Control: max-age=0` of unauthorized callers is ignored
    requireAuthorizationForCacheControl: true,
    unauthorizedCacheControlHeaderStrategy: "SUCCEED_WITHOUT_RESPONSE_HEADER",
  };
}
