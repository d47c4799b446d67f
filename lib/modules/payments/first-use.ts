import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { FirstUseReport, UsableStack } from "../../foundation/first-use";

/** What the first payment is of. */
const requested = {
  userId: "user-1",
  amount: 1250,
  currency: "EUR",
  description: "First payment of a local cloud",
} as const;

/** The account of the ledger that it ends in. */
const account = `customer:${requested.userId}:paid`;

const outputsSchema = z.object({
  apiEndpoint: z.string("the program has no output apiEndpoint"),
  dbEndpoint: z.string(),
  dbName: z.string(),
  dynamoTableName: z.string(),
});

const paymentSchema = z.looseObject({
  transactionId: z.string(),
  userId: z.literal(requested.userId),
  amount: z.literal(requested.amount),
  currency: z.literal(requested.currency),
});

const balanceSchema = z.looseObject({
  balances: z.array(z.object({ currency: z.string(), amount: z.string() })),
});

/**
 * Makes a payment through the deployed API, reads it back, authorizes and captures it, and waits until the ledger
 * shows it: every part of the module has then done its work.
 *
 * @throws if a response is not as expected, or the ledger does not show it in time.
 */
export async function makeFirstPayment(stack: UsableStack): Promise<FirstUseReport> {
  const { apiEndpoint, dbEndpoint, dbName, dynamoTableName } = outputsSchema.parse(stack.outputs);
  const get = (path: string) => stack.send("GET", `${apiEndpoint}${path}`);
  const post = (path: string, body: object) =>
    stack.send("POST", `${apiEndpoint}${path}`, {
      body,
      headers: { "idempotency-key": randomUUID() },
    });

  const { transactionId } = paymentSchema.parse(await post("/payment", requested));
  const payment = paymentSchema.parse(await get(`/payment/${transactionId}`));
  if (payment.transactionId !== transactionId) {
    throw new Error(`payment ${transactionId} was read back as ${payment.transactionId}`);
  }
  await post(`/payment/${transactionId}/authorize`, { outcome: "APPROVED" });
  await post(`/payment/${transactionId}/capture`, { all: true });
  const { amount, currency } = requested;
  await stack.waitFor("The ledger's posting", async () => {
    const { balances } = balanceSchema.parse(await get(`/balance/${account}`));
    return balances.find((row) => row.currency === currency && row.amount === String(amount));
  });

  const { curl, awsOptions } = stack.shell;
  const body = JSON.stringify(requested);
  return {
    summary: `First payment: ${transactionId}, ${String(amount)} ${currency} in minor units: made, read back, captured, and in the ledger as ${account}.`,
    endpoints: { API: apiEndpoint, PostgreSQL: `${dbEndpoint}/${dbName} (TLS)` },
    next: {
      title: "Make another, read it, see the ledger and the table:",
      commands: [
        `${curl} -H 'content-type: application/json' -H "idempotency-key: $RANDOM-$RANDOM" -d '${body}' ${apiEndpoint}/payment`,
        `${curl} ${apiEndpoint}/payment/${transactionId}`,
        `${curl} ${apiEndpoint}/balance/${account}`,
        `aws dynamodb scan ${awsOptions} --table-name ${dynamoTableName}`,
      ],
    },
    values: { payment },
  };
}
