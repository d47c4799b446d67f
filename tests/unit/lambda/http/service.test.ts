import * as z from "zod/mini";
import type {
  ResponseStore,
  StoredResponse,
} from "../../../../lib/lambda/http/idempotency/response-store";
import { openApiDocument } from "../../../../lib/lambda/http/openapi";
import { commonProblems } from "../../../../lib/lambda/http/problem";
import { notes, notesApp, problemKinds, routes } from "./notes";

const document = z.record(z.string(), z.unknown());

/** A store in memory. */
function memory(busy = 0) {
  const stored = new Map<string, StoredResponse>();
  const effects: string[] = [];
  let left = busy;
  const responses: ResponseStore<string> = {
    find: ({ keyHash }) => Promise.resolve(stored.get(keyHash)),
    save: () => Promise.resolve({ result: "busy" }),
    saveWith: ({ request: { keyHash, requestHash }, response }, written) => {
      if (left-- > 0) return Promise.resolve({ result: "busy" });
      stored.set(keyHash, { requestHash, ...response });
      effects.push(...written);
      return Promise.resolve({ result: "written" });
    },
  };
  return { responses, effects };
}

/** Sends a request to the function of notes. */
async function send(
  method: string,
  path: string,
  { text, key, store = memory() }: Sent = {},
): Promise<{ status: number; body: Record<string, unknown>; replayed: unknown }> {
  const result = await notesApp(store.responses)({
    httpMethod: method,
    path,
    headers: {
      "Content-Type": "application/json",
      ...(key !== undefined && { "Idempotency-Key": key }),
    },
    body: text,
    requestContext: { requestId: "request-1" },
  });
  return {
    status: result.statusCode,
    body: document.parse(JSON.parse(result.body)),
    replayed: result.headers?.["Idempotent-Replayed"],
  };
}

interface Sent {
  readonly text?: string;
  readonly key?: string;
  readonly store?: ReturnType<typeof memory>;
}

describe("a service on the toolkit", () => {
  it("writes problems of its own, and the common ones, in its own namespace", async () => {
    const own = await send("GET", "/note/7");
    const common = await send("GET", "/notes");

    expect(own.body).toMatchObject({ type: "urn:notes:problem:no-note", detail: "No note 7" });
    expect(common.body).toMatchObject({ type: "urn:notes:problem:route-not-found", status: 404 });
  });

  it("names every wrong field of path, body and key", async () => {
    const path = await send("GET", "/note/x");
    const body = await send("POST", "/note", { text: '{"text":"","more":1}' });

    expect(path.body["errors"]).toEqual([{ field: "id", message: "must be digits" }]);
    expect(body.body["errors"]).toMatchObject([
      { field: "Idempotency-Key" },
      { field: "text" },
      { field: "more" },
    ]);
  });

  it("refuses a body larger than its own limit", async () => {
    const { body } = await send("POST", "/search", { text: `{"text":"${"x".repeat(100)}"}` });

    expect(body["errors"]).toEqual([{ field: "body", message: "must have at most 100 bytes" }]);
  });

  it("takes a POST without a key where the route is not idempotent", async () => {
    const { status, body } = await send("POST", "/search", { text: '{"text":"milk"}' });

    expect([status, body]).toEqual([200, { text: "milk" }]);
  });

  it("has one effect for a request that is repeated, and the same response", async () => {
    const store = memory(2);
    const first = await send("POST", "/note", { text: '{"text":"milk"}', key: "k", store });
    const second = await send("POST", "/note", { text: '{"text":"milk"}', key: "k", store });

    expect([first.status, first.replayed]).toEqual([201, undefined]);
    expect([second.status, second.body, second.replayed]).toEqual([201, first.body, "true"]);
    expect(store.effects).toEqual(["milk"]);
  });

  it("refuses a key that belongs to another request", async () => {
    const store = memory();
    await send("POST", "/note", { text: '{"text":"milk"}', key: "k", store });
    const { status, body } = await send("POST", "/note", {
      text: '{"text":"tea"}',
      key: "k",
      store,
    });

    expect([status, body["type"]]).toEqual([422, "urn:notes:problem:idempotency-mismatch"]);
  });

  it("reports a request in progress while others always hold its key", async () => {
    const store = memory(6);
    const { status, body } = await send("POST", "/note", {
      text: '{"text":"milk"}',
      key: "k",
      store,
    });

    expect([status, body["detail"]]).toEqual([
      409,
      "Others are at work on the same key or note; send the same request again",
    ]);
  });
});

describe("the OpenAPI document of a service", () => {
  const args = {
    title: "Notes",
    version: "1.0.0",
    description: "Notes.",
    routes,
    authorization: "AWS_IAM",
    problemKinds,
    finalProblems: [],
    gatewayProblems: [],
    problem: z.object({ type: z.string() }),
    idempotencyKey: { schema: notes.idempotencyKey, description: "A key.", example: "note-1" },
    bodyExamples: {},
    links: {},
  } as const;

  it("names how callers are authorized, and the operations that everybody may call", () => {
    const open = { ...routes.getNote, authorization: "NONE" } as const;
    const signed = openApiDocument(args);
    const mixed = openApiDocument({
      ...args,
      authorization: "COGNITO_USER_POOLS",
      routes: { ...routes, getNote: open },
    });

    expect(signed.security).toEqual([{ sigv4: [] }]);
    expect(signed.paths["/note/{id}"]?.["get"]).not.toHaveProperty("security");
    expect(mixed.security).toEqual([{ idToken: [] }]);
    expect(Object.keys(mixed.components.securitySchemes)).toEqual(["idToken"]);
    expect(mixed.paths["/note/{id}"]?.["get"]).toHaveProperty("security", []);
    expect(mixed.paths["/note"]?.["post"]).not.toHaveProperty("security");
  });

  it("asks for a key where the route is idempotent, and for a body where it takes one", () => {
    const { paths } = openApiDocument(args);
    const key = [expect.objectContaining({ name: "Idempotency-Key" })];

    expect(paths["/note"]?.["post"]).toMatchObject({ parameters: key });
    expect(paths["/search"]?.["post"]).toMatchObject({
      parameters: [],
      requestBody: { required: false },
    });
    expect(paths["/note/{id}"]?.["get"]).not.toHaveProperty("requestBody");
  });

  it("says what can be done with a response, of the operations that have links", () => {
    const get = { operationId: "getNote", parameters: { id: "$response.body#/id" } };
    const { paths } = openApiDocument({ ...args, links: { addNote: { get } } });

    expect(paths["/note"]?.["post"]).toMatchObject({ responses: { 201: { links: { get } } } });
    expect(JSON.stringify(paths["/note/{id}"])).not.toContain("links");
  });

  it("is not made of a route with a kind of problem that there is not", () => {
    expect(() => openApiDocument({ ...args, problemKinds: commonProblems })).toThrow("no-note");
  });
});
