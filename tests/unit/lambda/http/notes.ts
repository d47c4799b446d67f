import * as z from "zod/mini";
import { createApp } from "../../../../lib/lambda/http/app";
import type { ResponseStore } from "../../../../lib/lambda/http/idempotency/response-store";
import {
  replay,
  responseAfter,
  retryWithBackoff,
} from "../../../../lib/lambda/http/idempotency/replay";
import { keyedRequest } from "../../../../lib/lambda/http/idempotency/request";
import { Problem, commonProblems } from "../../../../lib/lambda/http/problem";
import { json } from "../../../../lib/lambda/http/response";
import type { Route } from "../../../../lib/lambda/http/route";
import { endpoint } from "../../../../lib/lambda/http/router";
import { idempotencyKey, nothing } from "../../../../lib/lambda/http/schemas";
import type { Service } from "../../../../lib/lambda/http/service";

const note = z.object({ text: z.string() });
const noteId = z.strictObject({ id: z.string().check(z.regex(/^\d+$/, "must be digits")) });

const route = <Path, Query, Body, Value, Method extends "GET" | "POST">(
  definition: Route<Path, Query, Body, Value, Method>,
) => definition;

/** Kinds of problems of notes. */
export const problemKinds = {
  ...commonProblems,
  "no-note": { status: 404, title: "There is no such note" },
};

/** The operations of notes: a minimal service, which has nothing to do with payments. */
export const routes = {
  addNote: route({
    method: "POST",
    function: "notes",
    path: "/note",
    summary: "Keeps a note.",
    isIdempotent: true,
    parameters: nothing,
    query: nothing,
    body: { name: "NewNote", schema: z.strictObject({ text: z.string().check(z.minLength(1)) }) },
    response: { name: "Note", schema: note, status: 201 },
    problems: ["request-in-progress"],
  }),
  searchNotes: route({
    method: "POST",
    function: "notes",
    path: "/search",
    summary: "Looks for notes.",
    isIdempotent: false,
    parameters: nothing,
    query: nothing,
    body: { name: "Search", schema: z.strictObject({ text: z.optional(z.string()) }) },
    response: { name: "Found", schema: z.object({ text: z.optional(z.string()) }), status: 200 },
    problems: [],
  }),
  getNote: route({
    method: "GET",
    function: "archive",
    path: "/note/{id}",
    summary: "A note.",
    isIdempotent: false,
    parameters: noteId,
    query: nothing,
    body: { name: "Nothing", schema: nothing },
    response: { name: "Note", schema: note, status: 200 },
    problems: ["no-note"],
  }),
};

/** The service of notes. */
export const notes: Service = {
  routes,
  problems: { typePrefix: "urn:notes:problem:" },
  idempotencyKey,
  maxBodyBytes: 100,
};

/** The function of notes. */
export function notesApp(responses: ResponseStore<string>) {
  return createApp({
    service: notes,
    endpoints: [
      endpoint(routes.addNote, async ({ body, idempotencyKey: key }) => {
        const request = keyedRequest(key, "add", body);
        const first = await responses.find(request);
        if (first !== undefined) return replay(request, first);
        const response = json(201, body);
        return retryWithBackoff("note", async () =>
          responseAfter(
            await responses.saveWith({ request, response }, [body.text]),
            request,
            response,
          ),
        );
      }),
      endpoint(routes.searchNotes, ({ body }) => Promise.resolve(json(200, body))),
      endpoint(routes.getNote, ({ path }) => {
        throw new Problem("no-note", problemKinds["no-note"], { detail: `No note ${path.id}` });
      }),
    ],
    logger: { debug: () => undefined, info: () => undefined, error: () => undefined },
    allowedOrigins: [],
    authorization: "NONE",
  });
}
