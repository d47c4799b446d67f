import { randomUUID } from "node:crypto";
import { AwsClient } from "aws4fetch";
import * as z from "zod";
import type { RunningCloud } from "./local-cloud";

/** What the first payment is of. */
export const firstPaymentRequest = {
  userId: "user-1",
  amount: 1250,
  currency: "EUR",
  description: "First payment of a local cloud",
} as const;

const paymentSchema = z.looseObject({
  transactionId: z.string(),
  userId: z.literal(firstPaymentRequest.userId),
  amount: z.literal(firstPaymentRequest.amount),
  currency: z.literal(firstPaymentRequest.currency),
});

/** A payment as the API gives it. */
export type FirstPayment = z.infer<typeof paymentSchema>;

/** The URL that the API's paths are put after. */
export function apiEndpoint({ outputs }: RunningCloud): string {
  return z.string("the program has no output apiEndpoint").parse(outputs["apiEndpoint"]);
}

/**
 * Makes a payment through the deployed API, signed as a caller must, and reads it back.
 *
 * @throws if the API's answer is another than a payment.
 */
export async function makeFirstPayment(cloud: RunningCloud): Promise<FirstPayment> {
  const { environment, region } = cloud;
  const client = new AwsClient({
    accessKeyId: environment["AWS_ACCESS_KEY_ID"] ?? "",
    secretAccessKey: environment["AWS_SECRET_ACCESS_KEY"] ?? "",
    service: "execute-api",
    region,
    retries: 0,
  });
  const send = async (method: string, path: string, body?: unknown) => {
    const response = await client.fetch(`${apiEndpoint(cloud)}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      headers: { "content-type": "application/json", "idempotency-key": randomUUID() },
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path} was answered ${String(response.status)}: ${text}`);
    }
    const answer: unknown = JSON.parse(text);
    return paymentSchema.parse(answer);
  };
  const made = await send("POST", "/payment", firstPaymentRequest);
  const read = await send("GET", `/payment/${made.transactionId}`);
  if (read.transactionId !== made.transactionId) {
    throw new Error(`payment ${made.transactionId} was read back as ${read.transactionId}`);
  }
  return read;
}
