import type { Alarm, MetricQueries } from "./alarm";
import { hour } from "./metric";
import type { Metric } from "./metric";

/** A reconciliation that a schedule begins. */
export interface ScheduledReconciliation {
  /** The purpose of its alarm: `reconciliation-missing`. */
  readonly purpose: string;
  /** What is compared: `table and ledger`. */
  readonly what: string;
  /** Minutes between two of them. */
  readonly everyMinutes: number;
  /** A metric whose sum is how many have ended. */
  readonly ended: Metric;
  /** A metric of the stack's that has data all the time, from before the first reconciliation on. */
  readonly alwaysReported: Metric;
}

/** Fires when no reconciliation has ended for three of its intervals, and for three hours at least. */
export function missingReconciliationAlarm(reconciliation: ScheduledReconciliation): Alarm {
  const { purpose, what, everyMinutes } = reconciliation;
  // three may fail or be late
  const hours = Math.max(3, Math.ceil((3 * everyMinutes) / 60));
  return {
    purpose,
    description: `no comparison of ${what} has ended for ${String(hours)} hours`,
    threshold: 1,
    comparison: "LessThanThreshold",
    periods: hours,
    metric: { metricQueries: endedWhileReported(reconciliation) },
    treatMissingData: "notBreaching",
  };
}

/**
 * The reconciliations that ended in each hour in which the other metric had data: a new stack, in which none could
 * end yet, has too few such hours for an alarm.
 */
function endedWhileReported({ alwaysReported, ended }: ScheduledReconciliation): MetricQueries {
  return [
    {
      id: "reconciliations",
      expression: "IF(reported >= 0, FILL(ended, 0), 1)",
      label: "reconciliations",
      returnData: true,
    },
    { id: "reported", metric: { ...alwaysReported, period: hour, stat: "Average" } },
    { id: "ended", metric: { ...ended, period: hour, stat: "Sum" } },
  ];
}
