import { randomUUID } from "node:crypto";
import { AwsClient } from "aws4fetch";
import * as z from "zod";
import type { RunningCloud } from "./local-cloud";
import { waitUntil } from "./wait-until";

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

const balanceSchema = z.looseObject({
  balances: z.array(z.object({ currency: z.string(), amount: z.string() })),
});

/** A payment as the API gives it. */
export type FirstPayment = z.infer<typeof paymentSchema>;

/** The account of the ledger that the first payment ends in. */
export const firstPaymentAccount = `customer:${firstPaymentRequest.userId}:paid`;

/** The URL that the API's paths are put after. */
export function apiEndpoint({ outputs }: RunningCloud): string {
  return z.string("the program has no output apiEndpoint").parse(outputs["apiEndpoint"]);
}

/**
 * Makes a payment through the deployed API, signed as a caller must, reads it back, authorizes and
 * captures it, and waits until the ledger shows it: every part of the stack has then done its work.
 *
 * @throws if a response is not as expected, or the ledger shows nothing in 15 seconds.
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
  const send = async (method: "GET" | "POST", path: string, body: unknown = {}) => {
    const response = await client.fetch(`${apiEndpoint(cloud)}${path}`, {
      method,
      ...(method === "POST" && {
        body: JSON.stringify(body),
        headers: { "content-type": "application/json", "idempotency-key": randomUUID() },
      }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path} responded ${String(response.status)}: ${text}`);
    }
    const parsed: unknown = JSON.parse(text);
    return parsed;
  };
  const { transactionId } = paymentSchema.parse(
    await send("POST", "/payment", firstPaymentRequest),
  );
  const read = paymentSchema.parse(await send("GET", `/payment/${transactionId}`));
  if (read.transactionId !== transactionId) {
    throw new Error(`payment ${transactionId} was read back as ${read.transactionId}`);
  }
  await send("POST", `/payment/${transactionId}/authorize`, { outcome: "APPROVED" });
  await send("POST", `/payment/${transactionId}/capture`, { all: true });
  const posted = async () => {
    const { balances } = balanceSchema.parse(await send("GET", `/balance/${firstPaymentAccount}`));
    const { amount, currency } = firstPaymentRequest;
    return balances.find((row) => row.currency === currency && row.amount === String(amount));
  };
  await waitUntil(posted, { title: "The ledger's posting", timeout: 15_000, interval: 100 });
  return read;
}
