import type { Logger } from "@aws-lambda-powertools/logger";
import { inParallel } from "../../aws/in-parallel";
import { retryWithBackoff } from "../../http/idempotency/replay";
import type { OrderStatus, StoredOrder } from "../domain/order";
import { endUnpaid } from "../orders/end-unpaid";
import type { EndingDependencies } from "../orders/end-unpaid";
import type { OrderPosition, OrderStore } from "../store/order-store";

/** What became of the orders that nobody paid in time. */
export interface ExpirySummary {
  /** They are EXPIRED now. */
  readonly expired: number;
  /** They are not: paid at the last moment, or canceled, ended by somebody else, or not due yet. */
  readonly kept: number;
  /** Their payment does not agree with them, so that they neither end nor are paid. */
  readonly differences: number;
  /** They could not be ended this time. */
  readonly failed: number;
  /** Whether all were looked at, or the time was over. */
  readonly complete: boolean;
}

/** What expiring orders works with. */
export interface ExpiryDependencies extends EndingDependencies {
  readonly store: Pick<OrderStore, "find" | "change" | "placedUntil">;
  readonly logger: Pick<Logger, "error">;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** How old an order is when it expires. */
  readonly expiryMinutes: number;
  /** When to begin no more, in epoch milliseconds. */
  readonly endBy: number;
}

/** Those without a payment first: the payments may be slow, and others wait for what those orders have taken. */
const unpaid = ["PENDING", "PAYING"] as const satisfies OrderStatus[];

/**
 * Ends the orders that nobody has paid in time, oldest first, as many as there is time for. Others may do so at the
 * same time; the failure of one order does not keep the others.
 */
export async function expireOrders(dependencies: ExpiryDependencies): Promise<ExpirySummary> {
  const { store, logger, now, expiryMinutes, endBy } = dependencies;
  const started = now();
  const count = { expired: 0, kept: 0, differences: 0, failed: 0 };
  const isOver = () => now() >= endBy;
  // the setting may have become shorter since the user was told a time
  const isDue = ({ status, expiresAt }: StoredOrder) =>
    (status === "PENDING" || status === "PAYING") && expiresAt <= started;

  const expire = (orderId: string) =>
    retryWithBackoff("order", async (): Promise<keyof typeof count | undefined> => {
      const order = await store.find(orderId);
      if (order === undefined || !isDue(order)) return "kept";
      const settled = await endUnpaid(dependencies, order, "EXPIRED");
      if (settled === undefined) return undefined;
      if (settled.result === "settled")
        return settled.order.status === "EXPIRED" ? "expired" : "kept";
      const { reason } = settled;
      logger.error("An order does not agree with its payment", { orderId, reason });
      return "differences";
    });

  for (const status of unpaid) {
    let after: OrderPosition | undefined;
    do {
      if (isOver()) return { ...count, complete: false };
      const until = started - expiryMinutes * 60_000;
      const page = await store.placedUntil(until, status, after);
      await inParallel(page.orders, async ({ orderId }) => {
        if (isOver()) return;
        try {
          count[await expire(orderId)]++;
        } catch (error) {
          count.failed++;
          logger.error("An order could not be ended", { orderId, reason: String(error) });
        }
      });
      after = page.next;
    } while (after !== undefined);
  }
  return { ...count, complete: !isOver() };
}
