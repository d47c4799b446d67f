import type * as apigateway from "@pulumi/aws/apigateway";
import type * as pulumi from "@pulumi/pulumi";
import type { LogGroupChoice, NewLogGroup, StackContext, Transform } from "../../types";
import type { ApiEndpoint } from "../shared/private-endpoint";
import type { ApiAuthorization, ApiRoute } from "./route";
import type { ApiUsagePlan } from "./usage-plans";

/** A function that API Gateway invokes. */
export interface ApiFunction {
  readonly name: pulumi.Input<string>;
  /** What API Gateway calls to invoke it. */
  readonly invokeArn: pulumi.Input<string>;
}

/** The memory of a stage's cache in GB (API reference, `CacheClusterSize`). */
export type ApiCacheSize = "0.5" | "1.6" | "6.1" | "13.5" | "28.4" | "58.2" | "118" | "237";

/** Arguments of `ApiGatewayComponent`. */
export interface ApiGatewayComponentArgs {
  readonly context: StackContext;
  /** What the API is for; part of its names: `api`. */
  readonly purpose: string;
  readonly description: string;
  /** By default the environment. */
  readonly stageName?: string;
  readonly routes: readonly ApiRoute[];
  /** What a private API is called by, and by nothing else; by default the API is regional, at a public address. */
  readonly endpoint?: ApiEndpoint;
  /**
   * Handles the routes that name neither a function nor a service, and requests for paths that no route has.
   * Without one API Gateway responds to these itself: 403, whether the path is unknown or the request not signed.
   */
  readonly function?: ApiFunction;
  /** Handle the routes that name a function, by that name; by default all name none. */
  readonly functions?: Readonly<Record<string, ApiFunction>>;
  /** Of the routes that declare no other, and of unknown paths. Preflights are never authorized. */
  readonly authorization: ApiAuthorization;
  /** Cognito user pools of the routes that are authorized by them, at most 1000; none by default. */
  readonly userPoolArns?: readonly pulumi.Input<string>[];
  /** Who may call the routes that require an API key, by name; none by default. */
  readonly usagePlans?: Readonly<Record<string, ApiUsagePlan>>;
  /** The stage's cache; by default none, and no route is cached. */
  readonly cacheSizeGb?: ApiCacheSize;
  /** Origins that browsers may call from; `*` for any. */
  readonly allowedOrigins: readonly string[];
  /** Request headers that a browser's code may send; by default `corsRequestHeaders`. */
  readonly allowedHeaders?: readonly string[];
  /** How the `type` of a problem document starts: `urn:payments:problem:`. */
  readonly problemTypePrefix: string;
  /** Requests of all callers together; an account has 10000 a second and a burst of 5000 a region. */
  readonly throttle: { readonly ratePerSecond: number; readonly burst: number };
  /** The timeout of an integration that declares no other, 50 to 29000 ms; 29000 by default. */
  readonly integrationTimeoutMs?: number;
  /** One line of JSON a request. */
  readonly accessLogs: LogGroupChoice;
  /** What goes wrong inside API Gateway; its name is AWS's, by the API's id. */
  readonly executionLogs: NewLogGroup;
  readonly transform?: {
    readonly restApi?: Transform<apigateway.RestApiArgs>;
    readonly stage?: Transform<apigateway.StageArgs>;
    /** Of all methods; those of cached routes follow. */
    readonly methodSettings?: Transform<apigateway.MethodSettingsArgs>;
  };
}
