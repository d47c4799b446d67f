import Table from "cli-table3";
import * as z from "zod";
import { invoke } from "./invoke";
import type { Target } from "./target";

const reportSchema = z.object({
  checked: z.int(),
  pending: z.int(),
  differenceCount: z.int(),
  differences: z.array(z.object({ paymentId: z.string(), kind: z.string() })),
});

/** What the reconcile function found. */
export type ReconciliationReport = z.infer<typeof reportSchema>;

/** How long the function lets the ledger catch up, at most, in seconds. */
export const maxGraceSeconds = 240;

/** Has table and ledger compared; the ledger may lag behind for as long as given. */
export function reconcile(target: Target, graceSeconds: number): Promise<ReconciliationReport> {
  return invoke(target, target.outputs.reconcileLambdaName, { graceSeconds }, reportSchema);
}

/** A report for people. */
export function reportText(report: ReconciliationReport): string {
  const { checked, pending, differenceCount, differences } = report;
  const lines = [
    `Reconciliation: ${String(checked)} payments checked, ${String(pending)} still changing, ` +
      `${String(differenceCount)} differences.`,
  ];
  if (differences.length > 0) {
    const table = new Table({ head: ["payment", "difference"], style: { head: [], border: [] } });
    table.push(...differences.map(({ paymentId, kind }) => [paymentId, kind]));
    lines.push(table.toString());
  }
  if (differences.length < differenceCount)
    lines.push(`These are the first ${String(differences.length)}; all are in the function's log.`);
  return lines.join("\n");
}
