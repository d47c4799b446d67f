import * as z from "zod/mini";

const text = z.optional(z.string());

/** The fields of API Gateway's event that are used; a test call in the console has no headers. */
export const apiEvent = z.object({
  httpMethod: z.string(),
  path: z.string(),
  headers: z.nullish(z.record(z.string(), text)),
  multiValueQueryStringParameters: z.nullish(z.record(z.string(), z.optional(z.array(z.string())))),
  body: z.nullish(z.string()),
  isBase64Encoded: z.nullish(z.boolean()),
  requestContext: z.looseObject({ requestId: z.string() }),
});

/** A request as API Gateway passes it. */
export type ApiEvent = z.infer<typeof apiEvent>;

/** A header's value; its name is in lower case, whatever the caller's was. */
export function header({ headers }: Pick<ApiEvent, "headers">, name: string): string | undefined {
  return Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
}
