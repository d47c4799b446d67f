import type * as pulumi from "@pulumi/pulumi";
import type { Alarm } from "../../components/monitoring/alarm";
import { line } from "../../components/monitoring/dashboard-graph";
import type { Graph } from "../../components/monitoring/dashboard-graph";
import { reportedMetric } from "../../components/monitoring/functions";
import { hour } from "../../components/monitoring/metric";
import type { Metric } from "../../components/monitoring/metric";
import { missingReconciliationAlarm } from "../../components/monitoring/reconciliation";
import { metricsNamespace } from "./functions";

/** The comparison of orders with their payments to monitor. */
export interface MonitoredOrderReconciliation {
  readonly functionName: pulumi.Input<string>;
  /** Minutes between two of them. */
  readonly everyMinutes: number;
  /** A metric of the storefront's that has data all the time, from before the first reconciliation on. */
  readonly alwaysReported: Metric;
}

/** Fire when orders and payments differ, when not all was compared that should be, and when nothing is. */
export function orderReconciliationAlarms(reconciliation: MonitoredOrderReconciliation): Alarm[] {
  const { everyMinutes, alwaysReported } = reconciliation;
  return [
    {
      purpose: "order-reconciliation-differences",
      description: "orders and their payments differ in more than 0 orders",
      threshold: 0,
      metric: { ...differences(reconciliation), statistic: "Sum" },
      treatMissingData: "ignore", // what a comparison found holds until the next
    },
    {
      purpose: "order-reconciliation-behind",
      description:
        "a comparison of orders with their payments could not compare all that it should",
      threshold: 1,
      comparison: "LessThanThreshold",
      metric: { ...complete(reconciliation), statistic: "Minimum" },
      treatMissingData: "ignore",
    },
    missingReconciliationAlarm({
      purpose: "order-reconciliation-missing",
      what: "orders with their payments",
      everyMinutes,
      ended: complete(reconciliation),
      alwaysReported,
    }),
  ];
}

/** What reconciliations found, in how many orders, and whether they end. */
export function orderReconciliationGraphs(reconciliation: MonitoredOrderReconciliation): Graph[] {
  return [
    {
      title: "Orders and payments differ",
      unit: "orders",
      lines: [line(differences(reconciliation), "Maximum", "differences")],
      alarms: [{ purpose: "order-reconciliation-differences", value: 0 }],
      period: hour,
    },
    {
      title: "Orders compared",
      unit: "orders in an hour",
      lines: [line(metricOf(reconciliation, "ReconciledOrders"), "Sum", "compared")],
      period: hour,
    },
    {
      title: "Comparisons of orders",
      unit: "comparisons in an hour",
      lines: [
        line(complete(reconciliation), "SampleCount", "ended"),
        line(complete(reconciliation), "Sum", "complete"),
      ],
      alarms: [{ purpose: "order-reconciliation-missing", value: 1, breaches: "below" }],
      period: hour,
    },
  ];
}

function differences(reconciliation: MonitoredOrderReconciliation): Metric {
  return metricOf(reconciliation, "OrderReconciliationDifferences");
}

/** 1 of each that has compared all that it should, 0 of each other one that has ended. */
function complete(reconciliation: MonitoredOrderReconciliation): Metric {
  return metricOf(reconciliation, "OrderReconciliationComplete");
}

function metricOf(reconciliation: MonitoredOrderReconciliation, metricName: string): Metric {
  return reportedMetric(reconciliation, metricsNamespace, metricName);
}
