import { InvokeCommand } from "@aws-sdk/client-lambda";
import * as z from "zod";
import type { Target } from "./target";

/** A function was invoked and failed. */
export class FunctionFailure extends Error {
  override readonly name = "FunctionFailure";
}

const failureSchema = z.object({ errorType: z.string(), errorMessage: z.string() }).partial();

/**
 * Invokes a function and waits for its response.
 *
 * @throws {@link FunctionFailure} if the function fails or its response has another form.
 */
export async function invoke<T>(
  { lambda }: Pick<Target, "lambda">,
  functionName: string,
  event: unknown,
  schema: z.ZodType<T>,
): Promise<T> {
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(event) }),
  );
  const text = Payload?.transformToString() ?? "";
  if (FunctionError !== undefined) {
    const { errorType = FunctionError, errorMessage = text } = failureSchema
      .catch({})
      .parse(json(text));
    throw new FunctionFailure(`${functionName} failed: ${errorType}: ${errorMessage}`);
  }
  const parsed = schema.safeParse(json(text));
  if (parsed.success) return parsed.data;
  throw new FunctionFailure(
    `${functionName} returned an unexpected response: ${text.slice(0, 200)}`,
  );
}

/** The value that a text holds as JSON; undefined if it is none. */
export function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
