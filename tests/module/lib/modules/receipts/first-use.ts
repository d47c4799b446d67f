import * as z from "zod";
import type { FirstUse } from "../../foundation/first-use";

const outputsSchema = z.object({ receiptsEndpoint: z.string() });
const receiptSchema = z.object({ paymentId: z.string(), issuedAt: z.number() });

/** Issues a receipt, and once more: it must be the same one. Whoever does not sign must get none. */
export const issueFirstReceipt: FirstUse = async (stack) => {
  const { receiptsEndpoint } = outputsSchema.parse(stack.outputs);
  const url = `${receiptsEndpoint}/receipt/pay_1`;
  const issue = async () => receiptSchema.parse(await stack.send("POST", url));
  const first = await issue();
  const again = await issue();
  if (again.issuedAt !== first.issuedAt) throw new Error("a payment got two receipts");
  const unsigned = await stack.send("POST", url, { authorization: "none" }).catch(String);
  if (!String(unsigned).includes(" responded 403: ")) throw new Error("a receipt for anyone");
  return {
    summary: `The receipt of ${first.paymentId} is issued.`,
    endpoints: { Receipts: receiptsEndpoint },
    next: { title: "Issue another receipt:", commands: [`${stack.shell.curl} -X POST ${url}`] },
    values: { receipt: first },
  };
};
