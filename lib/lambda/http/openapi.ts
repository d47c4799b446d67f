import * as z from "zod/mini";
import type { Authorization } from "./caller";
import type { ProblemKind } from "./problem";
import type { Route, RouteTable } from "./route";

/** JSON of a document. */
type Json = Readonly<Record<string, unknown>>;

/** What an OpenAPI document is made of. */
export interface OpenApiArgs {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly routes: RouteTable;
  /** Of every route that does not let everybody in. */
  readonly authorization: Exclude<Authorization, "NONE">;
  /** Every kind of problem that a route may name, and the common ones. */
  readonly problemKinds: Readonly<Record<string, ProblemKind>>;
  /** Kinds that are stored as responses under their key. */
  readonly finalProblems: readonly string[];
  /** Statuses and titles of what the gateway refuses before a function sees it. */
  readonly gatewayProblems: readonly (readonly [status: number, title: string])[];
  /** The schema of a problem document. */
  readonly problem: z.ZodMiniType;
  /** The header `Idempotency-Key`. */
  readonly idempotencyKey: {
    readonly schema: z.ZodMiniType;
    readonly description: string;
    readonly example: string;
  };
  /** A body that an operation accepts, by the operation. */
  readonly bodyExamples: Readonly<Record<string, Json>>;
  /** What can be done with what an operation responds with, by the operation: OpenAPI's link objects by name. */
  readonly links: Readonly<Record<string, Json>>;
}

const replayedHeader = header(
  "Idempotent-Replayed",
  "true where the response was sent before: it is final, and the same for 24 hours.",
);

/** How callers of an API are authorized. */
const securitySchemes = {
  AWS_IAM: {
    sigv4: {
      type: "apiKey",
      in: "header",
      name: "Authorization",
      description: "AWS Signature Version 4, service execute-api",
      "x-amazon-apigateway-authtype": "awsSigv4",
    },
  },
  COGNITO_USER_POOLS: {
    idToken: {
      type: "apiKey",
      in: "header",
      name: "Authorization",
      description: "An id token of the user pool",
      "x-amazon-apigateway-authtype": "cognito_user_pools",
    },
  },
} as const satisfies Record<OpenApiArgs["authorization"], Json>;

/** Kinds of problems of every operation in the function. */
const everywhere = ["invalid-request", "internal-error"];

/**
 * An API as an OpenAPI 3.1 document, from the table that the gateway and the functions follow. No function imports
 * this.
 */
export function openApiDocument(args: OpenApiArgs) {
  const { title, version, description, routes } = args;
  const schemes = securitySchemes[args.authorization];
  const paths: Record<string, Record<string, Json>> = {};
  for (const [operation, route] of Object.entries(routes)) {
    const methods = (paths[route.path] ??= {});
    methods[route.method.toLowerCase()] = describeOperation(operation, route, args);
  }
  return {
    openapi: "3.1.0",
    info: {
      title,
      version,
      description,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    security: Object.keys(schemes).map((scheme) => ({ [scheme]: [] })),
    paths,
    components: {
      schemas: { Problem: jsonSchema(args.problem, "output"), ...models(routes) },
      securitySchemes: schemes,
    },
  };
}

/** A kind by its name. */
function kindOf(name: string, { problemKinds }: OpenApiArgs): ProblemKind {
  const kind = problemKinds[name];
  if (kind === undefined) throw new Error(`There is no kind of problem ${name}`);
  return kind;
}

function models(routes: RouteTable): Record<string, Json> {
  return Object.fromEntries(
    Object.values(routes).flatMap(({ method, body, response }) => [
      ...(method === "POST" ? [[body.name, jsonSchema(body.schema, "input")] as const] : []),
      [response.name, jsonSchema(response.schema, "output")] as const,
    ]),
  );
}

function describeOperation(operationId: string, route: Route, args: OpenApiArgs): Json {
  const { idempotencyKey, bodyExamples, links } = args;
  return {
    operationId,
    summary: route.summary,
    ...(route.authorization === "NONE" && { security: [] }),
    parameters: [
      ...parameters("path", route.parameters),
      ...parameters("query", route.query),
      ...(route.isIdempotent
        ? [
            {
              name: "Idempotency-Key",
              in: "header",
              required: true,
              description: idempotencyKey.description,
              schema: jsonSchema(idempotencyKey.schema, "input"),
              example: idempotencyKey.example,
            },
          ]
        : []),
    ],
    ...(route.method === "POST" && {
      requestBody: {
        required: isRequired(route.body.schema),
        content: {
          "application/json": {
            schema: reference(route.body.name),
            ...(operationId in bodyExamples && { example: bodyExamples[operationId] }),
          },
        },
      },
    }),
    responses: {
      [route.response.status]: {
        description: route.summary,
        headers: {
          ...header("X-Request-Id", "Identifies the request in the logs."),
          ...(route.isIdempotent && replayedHeader),
        },
        content: { "application/json": { schema: reference(route.response.name) } },
        ...(operationId in links && { links: links[operationId] }),
      },
      ...problems(route, args),
    },
  };
}

function parameters(place: "path" | "query", schema: z.ZodMiniType): Json[] {
  const { properties, required = [] } = jsonSchema(schema, "input");
  return Object.entries({ ...properties }).map(([name, property]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: property,
  }));
}

/** One response for each status, whose description names its possible problems and which of them are final. */
function problems(route: Route, args: OpenApiArgs): Record<string, Json> {
  const { finalProblems, gatewayProblems } = args;
  const kinds = [...everywhere, ...route.problems];
  const own = kinds.map((kind) => {
    const { status, title } = kindOf(kind, args);
    return [status, finalProblems.includes(kind) ? `${title} (${kind}, final)` : title] as const;
  });
  const final = kinds.filter((kind) => finalProblems.includes(kind));
  const replayable = new Set<number>(final.map((kind) => kindOf(kind, args).status));
  const titles = new Map<number, Set<string>>();
  for (const [status, title] of [...own, ...gatewayProblems]) {
    titles.set(status, (titles.get(status) ?? new Set()).add(title));
  }
  return Object.fromEntries(
    [...titles].map(([status, reasons]) => [
      String(status),
      {
        description: [...reasons].join("; "),
        ...(replayable.has(status) && { headers: replayedHeader }),
        content: { "application/problem+json": { schema: reference("Problem") } },
      },
    ]),
  );
}

function header(name: string, description: string): Record<string, Json> {
  return { [name]: { description, schema: { type: "string" } } };
}

function reference(model: string): Json {
  return { $ref: `#/components/schemas/${model}` };
}

/** Whether a request without a body is refused. */
function isRequired(schema: z.ZodMiniType): boolean {
  return !schema.safeParse({}).success;
}

/** The schema in the dialect that OpenAPI 3.1 has by default, which it need not name. */
function jsonSchema(schema: z.ZodMiniType, io: "input" | "output") {
  const json = z.toJSONSchema(schema, { target: "draft-2020-12", io });
  delete json.$schema;
  return json;
}
