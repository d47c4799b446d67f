import type { Logger } from "@aws-lambda-powertools/logger";
import * as z from "zod/mini";
import type { SignedRequest } from "../../aws/signed-fetch";
import { commonProblem } from "../../http/problem";
import type { Problem } from "../../http/problem";
import type { Payment } from "../domain/payment";
import { paymentIdPattern, payment as paymentSchema } from "./payment-schema";
import type { Payments } from "./payments";

/** Where the payments API is, and how it is called. */
export interface PaymentsApiOptions {
  /** The URL of its stage, without a slash at its end. */
  readonly url: string;
  /** Sends a request with the function's signature. */
  readonly send: (request: SignedRequest) => Promise<Response>;
  readonly logger: Pick<Logger, "error">;
}

/** What the kinds of the payments API's problems begin with. */
const typePrefix = "urn:payments:problem:";

const problemSchema = z.object({
  type: z.string().check(z.regex(/^urn:payments:problem:[a-z-]+$/)),
});

/** An answer of the API: its value, or what kind of problem it has. */
interface Answer {
  readonly status: number;
  readonly value: unknown;
  /** `unknown` where it is none of the API's own. */
  readonly problem: string;
}

/**
 * The payments as their API has them. Keys are an order's, so that an order has one payment whoever asks for it.
 *
 * The API tells callers apart by their role, and each has keys of its own: all functions that ask for the payments of
 * orders must have the same role, or an order would have a payment for each.
 */
export function paymentsApi({ url, send, logger }: PaymentsApiOptions): Payments {
  const call = async (request: Omit<SignedRequest, "url">, path: string): Promise<Answer> => {
    const answer = await received(send, { ...request, url: `${url}${path}` });
    if (typeof answer === "object" && !isTransient(answer)) return answer;
    // neither a path nor an error's message: of the latter nobody knows what it quotes
    const reason = typeof answer === "string" ? answer : { ...answer, value: undefined };
    logger.error("The payments did not answer", { reason });
    throw unavailable();
  };
  const post = (path: string, key: string, value?: unknown) => {
    const headers = { "Idempotency-Key": key };
    if (value === undefined) return call({ method: "POST", headers }, path);
    const body = JSON.stringify(value);
    const withType = { ...headers, "Content-Type": "application/json" };
    return call({ method: "POST", headers: withType, body }, path);
  };
  const get = (paymentId: string) => call({ method: "GET" }, `/payment/${paymentId}`);
  return {
    create: async ({ orderId, userId, total, currency }) =>
      paymentOf(
        await post("/payment", `order-${orderId}`, {
          userId,
          amount: total,
          currency,
          description: `Order ${orderId}`,
          metadata: { orderId },
        }),
      ),
    cancel: async ({ orderId }, paymentId) => {
      const answer = await post(`/payment/${paymentId}/cancel`, `order-${orderId}-cancel`);
      const { status, problem } = answer;
      return status === 409 && problem === "wrong-status" ? problem : paymentOf(answer);
    },
    find: async (paymentId) => {
      if (!paymentIdPattern.test(paymentId)) return undefined;
      const answer = await get(paymentId);
      const { status, problem } = answer;
      return status === 404 && problem === "payment-not-found" ? undefined : paymentOf(answer);
    },
    read: async (paymentId) => paymentOf(await get(paymentId)),
  };
}

/** The API's answer; the name of the failure where there is none. */
async function received(
  send: PaymentsApiOptions["send"],
  request: SignedRequest,
): Promise<Answer | string> {
  try {
    const response = await send(request);
    const value = jsonOf(await response.text());
    const { data } = problemSchema.safeParse(value);
    const problem = data?.type.slice(typePrefix.length) ?? "unknown";
    return { status: response.status, value, problem };
  } catch (error) {
    return error instanceof Error ? error.name : typeof error;
  }
}

/** A gateway's answer may be no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether the same request may have another answer later. */
function isTransient({ status, problem }: Answer): boolean {
  return status === 429 || status >= 500 || problem === "request-in-progress";
}

function unavailable(): Problem {
  return commonProblem("unavailable", {
    detail: "The payments do not answer; send the same request again later",
    headers: { "Retry-After": "5" },
  });
}

/** @throws what is the shop's own mistake, without anything of the answer that may be somebody's personal data. */
function paymentOf({ status, value, problem }: Answer): Payment {
  if (status >= 300)
    throw new Error(`The payments API refused with ${String(status)}, problem ${problem}`);
  const parsed = paymentSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path }) => path.join("."));
  throw new Error(`The payments API answered with what is no payment: ${fields.join(", ")}`);
}
