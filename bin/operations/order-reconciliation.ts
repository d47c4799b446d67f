import Table from "cli-table3";
import * as z from "zod";
import { oneLine } from "../../lib/core/printable";
import { CommandError } from "./command";
import { invoke } from "./invoke";
import type { Target } from "./target";

const reportSchema = z.object({
  checked: z.int(),
  healed: z.int(),
  failed: z.int(),
  differenceCount: z.int(),
  differences: z.array(
    z.object({ orderId: z.string(), paymentId: z.string().optional(), reason: z.string() }),
  ),
  slice: z.object({ index: z.int(), of: z.int() }),
  complete: z.boolean(),
});

/** What the storefront's reconcile function found. */
export type OrderReconciliationReport = z.infer<typeof reportSchema>;

const outputsSchema = z.object({ ReconcileOrdersLambdaName: z.string() });

/**
 * Compares orders with their payments as the schedule does.
 *
 * @param slice - The slice of all orders to be compared; by default that of the hour.
 * @throws {@link CommandError} where the stack has no storefront.
 */
export function reconcileOrders(
  target: Target,
  slice: number | undefined,
): Promise<OrderReconciliationReport> {
  const { data } = outputsSchema.safeParse(target.outputs);
  if (data === undefined)
    throw new CommandError("The stack has no orders: its module storefront is off.");
  return invoke(target, data.ReconcileOrdersLambdaName, { slice }, reportSchema);
}

/** A report for people. */
export function orderReportText(report: OrderReconciliationReport): string {
  const { checked, healed, failed, differenceCount, differences, slice, complete } = report;
  const lines = [
    `Reconciliation: ${String(checked)} orders compared, ${String(healed)} of them settled, ` +
      `${String(failed)} could not be compared, ${String(differenceCount)} differences.`,
    `Slice ${String(slice.index)} of ${String(slice.of)} of all orders, and those that are new.`,
  ];
  if (!complete) lines.push("Not all were compared: the function's log has why.");
  if (differences.length > 0) {
    const table = new Table({
      head: ["order", "payment", "difference"],
      style: { head: [], border: [] },
    });
    table.push(
      ...differences.map(({ orderId, paymentId = "", reason }) =>
        [orderId, paymentId, reason].map(oneLine),
      ),
    );
    lines.push(table.toString());
  }
  if (differences.length < differenceCount)
    lines.push(`These are the first ${String(differences.length)}; all are in the function's log.`);
  return lines.join("\n");
}
