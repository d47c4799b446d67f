import type { Logger } from "@aws-lambda-powertools/logger";
import * as z from "zod/mini";
import { inParallel } from "../../aws/in-parallel";
import type { Payment } from "../domain/payment";
import type { OrderStore } from "../store/order-store";
import { settlePayment } from "../store/settle-payment";
import { paymentRecord } from "./record";
import type { PaymentRecord } from "./record";

/** What became of some records of the stream. */
export interface SettleSummary {
  /** Their orders are what they make of them, now or before. */
  readonly settled: number;
  /** They concern no order. */
  readonly ignored: number;
  /** They name an order that they do not agree with. */
  readonly differences: number;
  /** They can never be read. */
  readonly malformed: number;
}

/** What settling records works with. */
export interface SettleDependencies {
  readonly store: Pick<OrderStore, "find" | "change">;
  readonly logger: Pick<Logger, "debug" | "error">;
}

type OfOrder = Extract<PaymentRecord, { kind: "payment" }>;

const identified = z.object({ eventID: z.string() });

/**
 * Makes orders what records of the payments' stream make of them: those of one payment in their order, different
 * payments in parallel. What can never succeed is logged, and the rest goes on.
 *
 * @throws what may succeed later; doing it all again changes nothing that was done.
 */
export async function settleRecords(
  records: readonly unknown[],
  { store, logger }: SettleDependencies,
): Promise<SettleSummary> {
  const count = { settled: 0, ignored: 0, differences: 0, malformed: 0 };
  const payments = new Map<string, OfOrder[]>();
  for (const record of records) {
    const read = paymentRecord(record);
    if (read.kind === "ignored") count.ignored++;
    else if (read.kind === "malformed") {
      count.malformed++;
      const { eventID } = identified.safeParse(record).data ?? {};
      logger.error("A record of a payment is malformed", { eventID, fields: read.fields });
    } else {
      const { transactionId } = read.payment;
      payments.set(transactionId, [...(payments.get(transactionId) ?? []), read]);
    }
  }
  logger.debug("Changes to settle", {
    changes: [...payments.values()].flat().map(({ payment }) => nameOf(payment)),
  });
  await inParallel([...payments.values()], async (versions) => {
    for (const { orderId, payment } of versions) {
      const settled = await settlePayment(store, orderId, payment);
      if (settled.result === "settled") count.settled++;
      else {
        count.differences++;
        logger.error("A payment does not agree with the order that it names", {
          orderId,
          transactionId: payment.transactionId,
          reason: settled.reason,
        });
      }
    }
  });
  return count;
}

/** A version of a payment, as the log names it. */
function nameOf({ transactionId, version }: Payment): string {
  return `${transactionId}/${String(version)}`;
}
