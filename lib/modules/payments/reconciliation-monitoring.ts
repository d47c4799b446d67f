import type * as pulumi from "@pulumi/pulumi";
import type { Alarm } from "../../components/monitoring/alarm";
import { converted, line } from "../../components/monitoring/dashboard-graph";
import type { Graph } from "../../components/monitoring/dashboard-graph";
import { reportedMetric } from "../../components/monitoring/functions";
import { hour } from "../../components/monitoring/metric";
import type { Metric } from "../../components/monitoring/metric";
import { missingReconciliationAlarm } from "../../components/monitoring/reconciliation";
import { metricsNamespace } from "./functions";

/** The comparison of table and ledger to monitor. */
export interface MonitoredReconciliation {
  readonly functionName: pulumi.Input<string>;
  /** Minutes between two planned reconciliations. */
  readonly everyMinutes: number;
  /** A metric of the stack's that has data all the time, from before the first reconciliation on. */
  readonly alwaysReported: Metric;
}

/** Threshold of the reconciliation's alarms. */
export interface ReconciliationThresholds {
  /** How far the comparison of everything is behind its plan. */
  readonly sweepLagHours: number;
}

/** Fire when table and ledger differ, when no reconciliation ends, and when the sweep is behind. */
export function reconciliationAlarms(
  reconciliation: MonitoredReconciliation,
  { sweepLagHours }: ReconciliationThresholds,
): Alarm[] {
  const metric = (metricName: string) =>
    reportedMetric(reconciliation, metricsNamespace, metricName);
  return [
    {
      purpose: "reconciliation-differences",
      description: "table and ledger differ in more than 0 payments",
      threshold: 0,
      metric: { ...metric("ReconciliationDifferences"), statistic: "Sum" },
      treatMissingData: "ignore", // what a reconciliation found holds until the next
    },
    missingReconciliationAlarm({
      purpose: "reconciliation-missing",
      what: "table and ledger",
      everyMinutes: reconciliation.everyMinutes,
      ended: metric("ReconciliationEnded"),
      alwaysReported: reconciliation.alwaysReported,
    }),
    {
      purpose: "sweep-behind",
      description: `comparison of everything in table and ledger is more than ${String(sweepLagHours)} hours behind its plan`,
      threshold: sweepLagHours * hour,
      metric: { ...metric("SweepLagSeconds"), statistic: "Maximum" },
      treatMissingData: "ignore",
    },
  ];
}

/** What reconciliations found, and in how many payments. */
export function differencesGraphs(reconciliation: MonitoredReconciliation): Graph[] {
  const metric = (metricName: string) =>
    reportedMetric(reconciliation, metricsNamespace, metricName);
  return [
    {
      title: "Table and ledger differ",
      unit: "payments",
      lines: [line(metric("ReconciliationDifferences"), "Maximum", "differences")],
      alarms: [{ purpose: "reconciliation-differences", value: 0 }],
      period: hour,
    },
    {
      title: "Payments compared",
      unit: "payments",
      lines: [line(metric("PaymentsChecked"), "Maximum", "compared")],
      period: hour,
    },
  ];
}

/** Whether reconciliations end, and how far the sweep is behind. */
export function progressGraphs(
  reconciliation: MonitoredReconciliation,
  { sweepLagHours }: ReconciliationThresholds,
): Graph[] {
  const metric = (metricName: string) =>
    reportedMetric(reconciliation, metricsNamespace, metricName);
  return [
    {
      title: "Reconciliations ended",
      unit: "reconciliations in an hour",
      lines: [line(metric("ReconciliationEnded"), "Sum", "ended")],
      alarms: [{ purpose: "reconciliation-missing", value: 1, breaches: "below" }],
      period: hour,
    },
    {
      title: "Comparison of everything",
      unit: "hours behind",
      lines: converted(
        metric("SweepLagSeconds"),
        "Maximum",
        "behind its plan",
        `/ ${String(hour)}`,
      ),
      alarms: [{ purpose: "sweep-behind", value: sweepLagHours }],
      period: hour,
    },
  ];
}
