import type * as z from "zod/mini";

/** A schema whose checked value is `T`. */
export type Schema<T> = z.ZodMiniType<T>;

/** A schema under the name that the gateway and the OpenAPI document give it. */
export interface Model<T> {
  /** Alphanumeric, unique. */
  readonly name: string;
  readonly schema: Schema<T>;
}

/** One operation of an API. The gateway, the router, validation and the OpenAPI document follow it. */
export interface Route<
  Path = unknown,
  Query = unknown,
  Body = unknown,
  Value = unknown,
  Method extends "GET" | "POST" = "GET" | "POST",
  Kind extends string = string,
> {
  readonly method: Method;
  /** The function that serves it. */
  readonly function: string;
  /** Who may call it without being authorized: everybody; by default nobody may. */
  readonly authorization?: "NONE" | undefined;
  /** With parameters in braces: `/order/{id}`. */
  readonly path: string;
  readonly summary: string;
  /** Whether a request must have an `Idempotency-Key`, under which its response is stored. */
  readonly isIdempotent: boolean;
  /** Parameters of the path. */
  readonly parameters: Schema<Path>;
  readonly query: Schema<Query>;
  /** The body; of a GET, nothing. */
  readonly body: Model<Body>;
  readonly response: Model<Value> & { readonly status: 200 | 201 };
  /** Kinds of problems that it may have, beside those of every route. */
  readonly problems: readonly Kind[];
}

/** Every operation of an API by its name. */
export type RouteTable = Readonly<Record<string, Route>>;
