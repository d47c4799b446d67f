/** The shape of a body. */
export interface ApiModel {
  /** Letters and digits; names the same schema wherever it stands. */
  readonly name: string;
  /** A JSON schema, draft 4. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** One operation of the API. */
export interface ApiRoute {
  readonly method: "GET" | "POST";
  /** `/payment/{id}/capture`. */
  readonly path: string;
  /** Unique, camel case: `capturePayment`. */
  readonly operation: string;
  /** Which of the API's functions answers it; by default the one that answers unknown paths too. */
  readonly function?: string;
  /** Query parameters that a caller may give. */
  readonly queryParameters: readonly string[];
  /** The body's shape; absent where there is none. */
  readonly requestModel?: ApiModel;
  /** The shape of what success answers. */
  readonly responseModel: ApiModel;
  /** HTTP status of success. */
  readonly successStatus: 200 | 201;
}

/**
 * Which parameters a request has; true for those that it must have. Headers are not among them: a gateway
 * tells their names apart by case, and HTTP/2 has them in lower case only; the function looks for them.
 */
export function requestParameters(route: ApiRoute): Record<string, boolean> {
  const required = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => `path.${String(name)}`);
  const optional = route.queryParameters.map((parameter) => `querystring.${parameter}`);
  return Object.fromEntries([
    ...required.map((parameter) => [`method.request.${parameter}`, true] as const),
    ...optional.map((parameter) => [`method.request.${parameter}`, false] as const),
  ]);
}
