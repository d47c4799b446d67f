import { InvokeCommand } from "@aws-sdk/client-lambda";
import * as z from "zod";
import { aws, text } from "../deployed";

const reportSchema = z.object({
  checked: z.number(),
  pending: z.number(),
  differenceCount: z.number(),
  differences: z.array(z.object({ paymentId: z.string(), kind: z.string() })),
  complete: z.literal(true),
});

/** The result of the deployed reconciliation of everything, once the ledger has had time to catch up. */
export async function reconciled(): Promise<z.infer<typeof reportSchema>> {
  const { Payload } = await aws.lambda.send(
    new InvokeCommand({
      FunctionName: text("reconcileLambdaName"),
      Payload: JSON.stringify({ graceSeconds: 60, everything: true }),
    }),
  );
  return reportSchema.parse(JSON.parse(new TextDecoder().decode(Payload)));
}
