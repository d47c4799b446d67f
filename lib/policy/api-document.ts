import { parseDocument, visit } from "yaml";
import * as z from "zod";
import { isRecord } from "../core/is-record";

/** The parts of an OpenAPI document, as API Gateway imports it, that decide who may call. */
export interface ApiDocument {
  /** The operations without authorization: `POST /payment`. */
  readonly open: readonly string[];
  /** The API's resource policy; undefined if there is none. */
  readonly policy: unknown;
}

/** In characters. API Gateway imports no larger one; a larger one in YAML would take longer to read than all else. */
const largest = { json: 6 * 1024 * 1024, yaml: 256 * 1024 };

const scheme = z.looseObject({
  "x-amazon-apigateway-authtype": z.string().optional(),
  "x-amazon-apigateway-authorizer": z.looseObject({}).optional(),
});
const schemes = z.record(z.string(), scheme);

const operation = z.looseObject({
  security: z.array(z.record(z.string(), z.unknown())).optional(),
  "x-amazon-apigateway-auth": z.looseObject({ type: z.string().optional() }).optional(),
});

const document = z.looseObject({
  paths: z.record(z.string(), z.looseObject({ $ref: z.undefined().optional() })).default({}),
  securityDefinitions: schemes.default({}),
  components: z.looseObject({ securitySchemes: schemes.default({}) }).optional(),
  "x-amazon-apigateway-policy": z.unknown().optional(),
});

/** The keys of a path that are operations, and the methods they are called. Preflights come without credentials. */
const methods: Readonly<Record<string, string>> = {
  get: "GET",
  put: "PUT",
  post: "POST",
  delete: "DELETE",
  head: "HEAD",
  patch: "PATCH",
  trace: "TRACE",
  "x-amazon-apigateway-any-method": "ANY",
};

/**
 * Reads an OpenAPI document, 2.0 or 3, in JSON or YAML. API Gateway uses the `security` of an operation, and not that
 * of the document (https://github.com/amazon-archives/aws-apigateway-importer/issues/204).
 *
 * @returns undefined if it is none, or one that cannot be evaluated.
 */
export function readApiDocument(body: unknown): ApiDocument | undefined {
  const { data } = document.safeParse(typeof body === "string" ? parsed(body) : undefined);
  if (data === undefined) return undefined;
  const known = { ...data.securityDefinitions, ...data.components?.securitySchemes };
  const authorizing = Object.keys(known).filter((name) => authorizes(known[name]));
  const open = Object.entries(data.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(
        ([key, value]) =>
          key.toLowerCase() in methods && !requiresAuthorization(value, authorizing),
      )
      .map(([key]) => `${String(methods[key.toLowerCase()])} ${path}`),
  );
  return { open, policy: data["x-amazon-apigateway-policy"] };
}

function parsed(text: string): unknown {
  const isJson = text.trimStart().startsWith("{");
  if (text.length > (isJson ? largest.json : largest.yaml)) return undefined;
  try {
    return isJson ? JSON.parse(text) : fromYaml(text);
  } catch {
    return undefined;
  }
}

/** The library's own search for keys that are there twice takes hours for thousands of keys. */
function fromYaml(text: string): unknown {
  if (nesting(text) > deepest) return undefined;
  const document = parseDocument(text, { uniqueKeys: false });
  let isAmbiguous = document.errors.length > 0;
  visit(document, {
    Map: (_, { items }) => {
      const keys = items.map(({ key }) => String(key));
      isAmbiguous ||= new Set(keys).size < keys.length;
    },
  });
  return isAmbiguous ? undefined : document.toJS();
}

const deepest = 100;

/** How deep brackets are within brackets; those in texts count too. */
function nesting(text: string): number {
  let [depth, most] = [0, 0];
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === "[" || bracket === "{" ? 1 : -1;
    most = Math.max(most, depth);
  }
  return most;
}

/** An API key, or a token that no authorizer checks, does not authenticate callers. */
function authorizes(definition: z.output<typeof scheme> | undefined): boolean {
  return (
    isRecord(definition?.["x-amazon-apigateway-authorizer"]) ||
    definition?.["x-amazon-apigateway-authtype"]?.toLowerCase() === "awssigv4"
  );
}

/** Whether every alternative that an operation leaves its callers has one of the schemes. */
function requiresAuthorization(value: unknown, authorizing: readonly string[]): boolean {
  const { data } = operation.safeParse(value);
  const type = data?.["x-amazon-apigateway-auth"]?.type?.toUpperCase();
  if (type !== undefined) return type === "AWS_IAM";
  const alternatives = data?.security ?? [];
  return (
    alternatives.length > 0 &&
    alternatives.every((all) => Object.keys(all).some((name) => authorizing.includes(name)))
  );
}
