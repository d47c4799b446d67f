import Table from "cli-table3";
import * as z from "zod";
import { oneLine } from "../../lib/core/printable";
import { invoke } from "./invoke";
import type { Target } from "./target";

const partSchema = z.object({
  done: z.int(),
  isDone: z.boolean(),
  share: z.number().optional(),
});

const reportSchema = z.object({
  checked: z.int(),
  pending: z.int(),
  differenceCount: z.int(),
  differences: z.array(
    z.object({ paymentId: z.string(), kind: z.string(), version: z.int().optional() }),
  ),
  complete: z.boolean(),
  sweep: z
    .object({
      startedAt: z.string(),
      lagSeconds: z.int(),
      table: partSchema,
      ledger: partSchema,
      documents: partSchema,
    })
    .optional(),
  skipped: z.literal(true).optional(),
  continueFrom: z.unknown().optional(),
});

/** What the reconcile function found. */
export type ReconciliationReport = z.infer<typeof reportSchema>;

/** The progress of a sweep. */
export type SweepProgress = NonNullable<ReconciliationReport["sweep"]>;

/** The longest grace period of the function, in seconds. */
export const maxGraceSeconds = 240;

/** Compares what the schedule compares; the ledger may lag behind for as long as given. */
export function reconcile(target: Target, graceSeconds: number): Promise<ReconciliationReport> {
  return invokeReconcile(target, { graceSeconds });
}

/**
 * Compares everything, in as many invocations of the function as it takes.
 *
 * @param onProgress - Called with the progress after each invocation but the last.
 */
export async function reconcileEverything(
  target: Target,
  graceSeconds: number,
  onProgress: (sweep: SweepProgress) => void,
): Promise<ReconciliationReport> {
  const event = { graceSeconds, everything: true };
  let report = await invokeReconcile(target, event);
  while (!report.complete) {
    if (report.sweep !== undefined) onProgress(report.sweep);
    report = joined(
      report,
      await invokeReconcile(target, { ...event, continueFrom: report.continueFrom }),
    );
  }
  return report;
}

function invokeReconcile(target: Target, event: object): Promise<ReconciliationReport> {
  return invoke(target, target.outputs.reconcileLambdaName, event, reportSchema);
}

/** The reports of two invocations as one. */
function joined(one: ReconciliationReport, next: ReconciliationReport): ReconciliationReport {
  return {
    ...next,
    checked: one.checked + next.checked,
    pending: one.pending + next.pending,
    differenceCount: one.differenceCount + next.differenceCount,
    differences: [...one.differences, ...next.differences],
  };
}

/** A report for people. */
export function reportText(report: ReconciliationReport): string {
  const { checked, pending, differenceCount, differences, sweep, complete } = report;
  const lines = [
    `Reconciliation: ${String(checked)} payments checked, ${String(pending)} still changing, ` +
      `${String(differenceCount)} differences.`,
  ];
  if (sweep !== undefined) lines.push(sweepText(sweep));
  if (!complete) lines.push("The run timed out: the next one continues from there.");
  if (differences.length > 0) {
    const table = new Table({ head: ["payment", "difference"], style: { head: [], border: [] } });
    table.push(
      ...differences.map(({ paymentId, kind, version }) => [
        oneLine(paymentId),
        oneLine(version === undefined ? kind : `${kind} (version ${String(version)})`),
      ]),
    );
    lines.push(table.toString());
  }
  if (differences.length < differenceCount)
    lines.push(`These are the first ${String(differences.length)}; all are in the function's log.`);
  return lines.join("\n");
}

/** The progress of a sweep, in a line. */
export function sweepText({ startedAt, lagSeconds, ...parts }: SweepProgress): string {
  const of = ({ done, isDone, share }: SweepProgress["table"]) => {
    if (isDone) return `all ${String(done)}`;
    return share === undefined ? String(done) : `${String(done)} (${(share * 100).toFixed(0)} %)`;
  };
  const lag =
    lagSeconds === 0 ? "on time" : `${(lagSeconds / 3_600).toFixed(1)} hours behind its plan`;
  return (
    `Sweep since ${oneLine(startedAt)}: ${of(parts.table)} payments of the table, ` +
    `${of(parts.ledger)} of the ledger, ${of(parts.documents)} audit documents; ${lag}.`
  );
}
