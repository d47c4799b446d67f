import { line } from "../../components/monitoring/dashboard-graph";
import { functionMetric } from "../../components/monitoring/functions";
import type { MonitoredFunction } from "../../components/monitoring/functions";
import type { ModuleMonitoring } from "../contract";

/** The alarm of receipts and the graph that shows it. */
export function receiptsMonitoring(
  issue: Pick<MonitoredFunction, "functionName">,
): ModuleMonitoring {
  const purpose = "receipts-errors";
  const errors = functionMetric(issue, "Errors");
  return {
    alarms: [
      {
        purpose,
        description: "receipts were not issued more than 0 times in 5 minutes",
        threshold: 0,
        metric: { ...errors, statistic: "Sum" },
        treatMissingData: "notBreaching",
      },
    ],
    graphs: [
      [
        {
          title: "Receipts",
          unit: "receipts in 5 min",
          lines: [
            line(functionMetric(issue, "Invocations"), "Sum", "requested"),
            line(errors, "Sum", "failed"),
          ],
          alarms: [{ purpose, value: 0 }],
        },
      ],
    ],
  };
}
