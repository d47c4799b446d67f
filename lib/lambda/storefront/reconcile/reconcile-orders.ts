import type { Logger } from "@aws-lambda-powertools/logger";
import { inParallel } from "../../aws/in-parallel";
import type { OrderStatus, StoredOrder } from "../domain/order";
import type { OrderPosition, OrderSlice, OrderStore } from "../store/order-store";
import { checkOrder } from "./check-order";
import type { CheckDependencies } from "./check-order";
import { decidedAt } from "./plan";
import type { Schedule, Span } from "./plan";

/** What reconciling orders works with. */
export interface ReconcileDependencies extends CheckDependencies {
  readonly store: Pick<OrderStore, "find" | "change" | "placedUntil" | "slice">;
  readonly logger: Pick<Logger, "error">;
  readonly schedule: Schedule;
  /** When to begin no more, in epoch milliseconds. */
  readonly endBy: number;
}

/** Orders that are compared at the same time: the payments serve customers too, who share their throttle. */
const ordersAtOnce = 10;

/** Failures in a row after which a run ends: the payments or the table are down. */
const maxFailuresInARow = 25;

/** In the order in which orders move, so that one that changes meanwhile is found, if twice. */
const unpaid = ["PENDING", "PAYING"] as const satisfies OrderStatus[];
const decided = ["PAID", "CANCELED", "EXPIRED", "REFUNDED"] as const satisfies OrderStatus[];

/**
 * Compares orders with their payments: all that should be paid or ended and are not, those that must have become so
 * since the run before, and a slice of everything. Runs may overlap. The failure of one order does not keep the others.
 *
 * @returns whether all of them were compared, or the time was over or some failed.
 */
export async function reconcileOrders(
  dependencies: ReconcileDependencies,
  slice: OrderSlice,
): Promise<boolean> {
  const { store, findings, logger, now, endBy } = dependencies;
  let failuresInARow = 0;
  const isOver = () => now() >= endBy || failuresInARow >= maxFailuresInARow;

  /** @param read - The order, or undefined for one that is none any more. */
  const check = async (orderId: string, read: () => Promise<StoredOrder | undefined>) => {
    if (isOver()) return;
    try {
      const order = await read();
      if (order !== undefined) await checkOrder(dependencies, order);
      failuresInARow = 0;
    } catch (error) {
      findings.failed++;
      failuresInARow++;
      logger.error("An order could not be compared", { orderId, reason: String(error) });
    }
  };

  const comparePlaced = async (status: OrderStatus, { since, until }: Span) => {
    let after: OrderPosition | undefined;
    do {
      if (isOver()) return;
      const page = await store.placedUntil(until, status, after, since);
      await inParallel(
        page.orders,
        ({ orderId }) => check(orderId, () => store.find(orderId)),
        ordersAtOnce,
      );
      after = page.next;
    } while (after !== undefined);
  };

  const compareSlice = async () => {
    let after: string | undefined;
    do {
      if (isOver()) return;
      const page = await store.slice(slice, after);
      await inParallel(
        page.orders,
        async ({ orderId, order }) => {
          if (order === undefined) findings.add({ orderId, reason: "malformed-order" });
          else await check(orderId, () => Promise.resolve(order));
        },
        ordersAtOnce,
      );
      after = page.next;
    } while (after !== undefined);
  };

  const span = decidedAt(now(), dependencies.schedule);
  for (const status of unpaid) await comparePlaced(status, { ...span, since: 0 });
  for (const status of decided) await comparePlaced(status, span);
  await compareSlice();
  return !isOver() && findings.failed === 0;
}
