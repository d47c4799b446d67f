import type * as pulumi from "@pulumi/pulumi";

/** The shape of a body. */
export interface ApiModel {
  /** Letters and digits; names the same schema wherever it stands. */
  readonly name: string;
  /** A JSON schema, draft 4. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/**
 * Who may call. AWS_IAM: callers sign their requests (SigV4). NONE: anyone. COGNITO_USER_POOLS: callers send an
 * id token of one of the API's user pools; with scopes, an access token that has one of them.
 */
export type ApiAuthorization =
  "AWS_IAM" | "NONE" | "COGNITO_USER_POOLS" | { readonly scopes: readonly [string, ...string[]] };

/** A function of the API, which gets the whole request (Lambda proxy integration). */
export interface FunctionIntegration {
  /** Its key in the API's `functions`; by default the API's common function. */
  readonly function?: string;
  /** How long it may take, 50 to 29000 ms; by default as long as any of the API's functions. */
  readonly timeoutMs?: number;
}

/**
 * An action of an AWS service, called with a role and without a function. Bodies that do not match the route's
 * request model are refused by the gateway. Any status of the service but 200 is a problem document with 503.
 */
export interface ServiceIntegration {
  /** The service's name in API Gateway's ARNs: `kinesis`. */
  readonly service: string;
  /** `PutRecords`. */
  readonly action: string;
  /** A role that API Gateway may assume, and that may call the action. */
  readonly roleArn: pulumi.Input<string>;
  /** The media type that the service takes: `application/x-amz-json-1.1`. */
  readonly contentType: string;
  /** VTL: the service's request from a JSON body. Whatever a caller wrote must be escaped. */
  readonly requestTemplate: pulumi.Input<string>;
  /** VTL: the body of success from the service's response. It may override the status. */
  readonly responseTemplate: string;
}

/** What every operation of an API declares. */
export interface ApiOperation {
  /** `/payment/{id}/capture`. */
  readonly path: string;
  /** Unique, camel case: `capturePayment`. */
  readonly operation: string;
  /** By default the API's common function. */
  readonly integration?: FunctionIntegration | ServiceIntegration;
  /** Whether callers must send a key of one of the API's usage plans in `X-Api-Key`; false by default. */
  readonly apiKeyRequired?: boolean;
  /** Query parameters that a caller may give. */
  readonly queryParameters: readonly string[];
  /** The body's shape; absent where there is none. */
  readonly requestModel?: ApiModel;
  /** The shape of the body of success. */
  readonly responseModel: ApiModel;
  /** HTTP status of success. */
  readonly successStatus: 200 | 201 | 202;
}

/** An operation whose every request reaches its integration. */
export interface UncachedRoute extends ApiOperation {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** By default the API's. */
  readonly authorization?: ApiAuthorization;
  readonly cacheSeconds?: never;
}

/**
 * An operation whose responses are cached by the stage, where the API has a cache. Only what is the same for all
 * callers may be cached: they are not part of the cache key. Each combination of path and query parameters is cached
 * by itself.
 */
export interface CachedRoute extends ApiOperation {
  readonly method: "GET";
  readonly authorization: "NONE";
  readonly integration?: FunctionIntegration;
  /** 1 to 3600. */
  readonly cacheSeconds: number;
}

/** One operation of the API. */
export type ApiRoute = UncachedRoute | CachedRoute;

/** The action of an AWS service that a route calls, if it calls one. */
export function serviceOf({ integration }: ApiRoute): ServiceIntegration | undefined {
  return integration !== undefined && "service" in integration ? integration : undefined;
}

/** The function integration of a route that calls no service. */
export function functionIntegrationOf({ integration }: ApiRoute): FunctionIntegration {
  return integration === undefined || "service" in integration ? {} : integration;
}

/**
 * Which parameters a request has; true for those that it must have. Headers are not among them: a gateway
 * distinguishes their names by case, and HTTP/2 has them in lower case only; the function checks them.
 */
export function requestParameters(
  route: Pick<ApiOperation, "path" | "queryParameters">,
): Record<string, boolean> {
  const required = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => `path.${String(name)}`);
  const optional = route.queryParameters.map((parameter) => `querystring.${parameter}`);
  return Object.fromEntries([
    ...required.map((parameter) => [`method.request.${parameter}`, true] as const),
    ...optional.map((parameter) => [`method.request.${parameter}`, false] as const),
  ]);
}
