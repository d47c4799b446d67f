import * as z from "zod/mini";
import manifest from "../../../package.json";
import { gatewayProblems } from "../../components/api-gateway/gateway-problems";
import { finalProblems, problemKinds } from "../../lambda/payments/api/problem";
import type { ProblemKind } from "../../lambda/payments/api/problem";
import { routes } from "../../lambda/payments/api/routes";
import type { Route } from "../../lambda/payments/api/routes";
import { idempotencyKey, problem } from "../../lambda/payments/api/schemas";

/** Where the document is kept. */
export const openApiFile = "docs/openapi.json";

/** A body that each operation accepts. */
const bodyExamples: Readonly<Record<string, Json>> = {
  createPayment: {
    userId: "user-1",
    amount: 1250,
    currency: "EUR",
    description: "Two coffees",
    metadata: { order: "1001" },
  },
  authorizePayment: { outcome: "APPROVED" },
  capturePayment: { all: true },
  refundPayment: { amount: 300 },
  payOut: { currency: "EUR", all: true },
};

type Json = Readonly<Record<string, unknown>>;

/** What the gateway refuses before the function sees it. */
const gatewayStatuses = gatewayProblems.flatMap(({ status, title }) =>
  status === undefined ? [] : [[status, title] as const],
);

const replayedHeader = header(
  "Idempotent-Replayed",
  "true where the answer was given before: it is final, and the same for 24 hours.",
);

/** What may go wrong with every operation in the function. */
const commonProblems = ["invalid-request", "internal-error"] as const satisfies ProblemKind[];

/** The text of {@link openApiFile}. */
export function openApiText(): string {
  return `${JSON.stringify(openApiDocument(), null, 2)}\n`;
}

/** The payments API as an OpenAPI 3.1 document, from the table that the gateway and the function follow. */
export function openApiDocument() {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [operation, route] of Object.entries(routes)) {
    const methods = (paths[route.path] ??= {});
    methods[route.method.toLowerCase()] = describeOperation(operation, route);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Payments",
      version: manifest.version,
      description:
        "Payments, their life from authorization to refund, and the balances of the ledger. Amounts " +
        "are integers of the currency's minor unit. Every POST is safe to repeat under its " +
        "Idempotency-Key: for 24 hours its final answer is given again. Final are a success and what the " +
        "payment's state refuses (wrong-status, amount-exceeded); to try again after such a refusal, take " +
        "a new key. Every other problem leaves the key free: send the same request again, or one put right.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    security: [{ sigv4: [] }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problem, "output"), ...models() },
      securitySchemes: {
        sigv4: {
          type: "apiKey",
          in: "header",
          name: "Authorization",
          description: "AWS Signature Version 4, service execute-api",
          "x-amazon-apigateway-authtype": "awsSigv4",
        },
      },
    },
  };
}

function models(): Record<string, Json> {
  return Object.fromEntries(
    Object.values<Route>(routes).flatMap(({ method, body, answer }) => [
      ...(method === "POST" ? [[body.name, jsonSchema(body.schema, "input")] as const] : []),
      [answer.name, jsonSchema(answer.schema, "output")] as const,
    ]),
  );
}

function describeOperation(operationId: string, route: Route): Json {
  const writes = route.method === "POST";
  return {
    operationId,
    summary: route.summary,
    parameters: [
      ...parameters("path", route.parameters),
      ...parameters("query", route.query),
      ...(writes
        ? [
            {
              name: "Idempotency-Key",
              in: "header",
              required: true,
              description:
                "Names the request for 24 hours, among those of the same caller only: an IAM user, a role " +
                "whatever its session. The same key with another request is refused (422).",
              schema: jsonSchema(idempotencyKey, "input"),
              example: "order-1001",
            },
          ]
        : []),
    ],
    ...(writes && {
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
      [route.answer.status]: {
        description: route.summary,
        headers: {
          ...header("X-Request-Id", "Names the request in the logs."),
          ...(writes && replayedHeader),
        },
        content: { "application/json": { schema: reference(route.answer.name) } },
      },
      ...problems(route),
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

/** One response for each status, whose description tells what it may be about and what of that is final. */
function problems(route: Route): Record<string, Json> {
  const kinds = [...commonProblems, ...route.problems];
  const own = kinds.map((kind) => {
    const { status, title } = problemKinds[kind];
    return [status, finalProblems.includes(kind) ? `${title} (${kind}, final)` : title] as const;
  });
  const final = kinds.filter((kind) => finalProblems.includes(kind));
  const replayable = new Set<number>(final.map((kind) => problemKinds[kind].status));
  const titles = new Map<number, Set<string>>();
  for (const [status, title] of [...own, ...gatewayStatuses]) {
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
