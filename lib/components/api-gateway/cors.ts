/** Request headers that a browser's code may send by default: those of an API, and those of a SigV4 signature. */
export const corsRequestHeaders = [
  "Content-Type",
  "Authorization",
  "Idempotency-Key",
  "X-Amz-Date",
  "X-Amz-Security-Token",
  "X-Amz-Content-Sha256",
] as const;

/** Seconds for which a browser may cache the response to a preflight; Chromium takes at most 7200. */
const preflightMaxAgeSeconds = 3600;

/** The response to a preflight, from a MOCK integration. */
export interface PreflightResponse {
  /** Header values by name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The mapping template (VTL) that picks the caller's origin from several; absent where there is one. */
  readonly template?: string;
}

/**
 * The response to a preflight of a browser (Fetch standard, "CORS-preflight request"). A mapping's header is one fixed
 * value: of several origins the first, which the template replaces by the caller's if that is allowed; a caller that
 * is not allowed reads another's and gives up.
 */
export function preflightResponse(
  allowedOrigins: readonly string[],
  methods: readonly string[],
  allowedHeaders: readonly string[] = corsRequestHeaders,
): PreflightResponse {
  const headers = {
    "Access-Control-Allow-Methods": [...methods.toSorted(), "OPTIONS"].join(","),
    "Access-Control-Allow-Headers": allowedHeaders.join(","),
    "Access-Control-Max-Age": String(preflightMaxAgeSeconds),
  };
  if (allowedOrigins.includes("*")) {
    return { headers: { ...headers, "Access-Control-Allow-Origin": "*" } };
  }
  const first = allowedOrigins.slice(0, 1).join();
  if (allowedOrigins.length <= 1) {
    return { headers: { ...headers, "Access-Control-Allow-Origin": first } };
  }
  return {
    headers: { ...headers, "Access-Control-Allow-Origin": first, Vary: "Origin" },
    template: callersOrigin(allowedOrigins),
  };
}

/** HTTP/2 spells header names in lower case, and the template's map does not ignore case. */
function callersOrigin(allowedOrigins: readonly string[]): string {
  const list = allowedOrigins.map((origin) => `'${origin}'`).join(", ");
  return [
    `#set($allowed = [${list}])`,
    "#set($origin = $input.params().header.get('Origin'))",
    "#if(!$origin || $origin == '')#set($origin = $input.params().header.get('origin'))#end",
    "#if($allowed.contains($origin))#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end",
  ].join("\n");
}

/**
 * The origin that may read the gateway's own errors, which know no templates with conditions: the only allowed one, or
 * any. They contain no data, and the API uses no cookies, so that another site's page gains nothing.
 */
export function errorOrigin(allowedOrigins: readonly string[]): string {
  return allowedOrigins.length === 1 ? allowedOrigins.join() : "*";
}
