import { functionThresholds } from "./alarms";
import type { AlarmThresholds } from "./alarms";
import { converted, line, total } from "./graph";
import type { Graph } from "./graph";
import { gibibyte, hour, metricsOf, tableOperations } from "./watched";
import type { MonitoredResources } from "./watched";

/**
 * The dashboard's graphs in rows, from what matters most to what may be the cause: the money, the API, each
 * function, the table, the database.
 */
export function graphRows(watched: MonitoredResources, limits: AlarmThresholds): Graph[][] {
  return [
    money(watched, limits),
    safetyNet(watched, limits),
    api(watched, limits),
    ...functions(watched, limits),
    table(watched),
    database(watched, limits),
  ];
}

function money(watched: MonitoredResources, limits: AlarmThresholds): Graph[] {
  const { own, fn } = metricsOf(watched);
  const { reconciliation, streamConsumer } = watched;
  return [
    {
      title: "Table and ledger differ",
      unit: "payments",
      lines: [line(own(reconciliation, "ReconciliationDifferences"), "Maximum", "differences")],
      alarms: [{ purpose: "reconciliation-differences", value: 0 }],
      period: hour,
    },
    {
      title: "Reconciliation runs",
      unit: "payments",
      lines: [line(own(reconciliation, "PaymentsChecked"), "Maximum", "compared")],
      period: hour,
    },
    {
      title: "Changes set aside",
      unit: "changes in 5 min",
      lines: [line(own(streamConsumer, "DeadLetters"), "Sum", "dead letters")],
      alarms: [{ purpose: "dead-letters", value: 0 }],
    },
    {
      title: "Ledger behind the table",
      unit: "seconds",
      lines: converted(fn(streamConsumer, "IteratorAge"), "Maximum", "oldest change", "/ 1000"),
      alarms: [{ purpose: "stream-age", value: limits.streamAgeSeconds }],
    },
  ];
}

/** What catches the money that slipped through. */
function safetyNet(watched: MonitoredResources, limits: AlarmThresholds): Graph[] {
  const { own, fn, mapping } = metricsOf(watched);
  const { reconciliation, streamConsumer } = watched;
  return [
    {
      title: "Changes given up",
      unit: "changes in 5 min",
      lines: [
        line(mapping("OnFailureDestinationDeliveredEventCount"), "Sum", "kept as dead letters"),
        line(mapping("DroppedEventCount"), "Sum", "dropped"),
        line(fn(streamConsumer, "DestinationDeliveryFailures"), "Sum", "letters not written"),
      ],
      alarms: [
        { purpose: "expired-changes", value: 0 },
        { purpose: "lost-changes", value: 0 },
      ],
    },
    {
      title: "Reconciliations ended",
      unit: "runs in an hour",
      lines: [line(own(reconciliation, "ReconciliationEnded"), "Sum", "ended")],
      alarms: [{ purpose: "reconciliation-missing", value: 1, rings: "below" }],
      period: hour,
    },
    {
      title: "Comparison of everything",
      unit: "hours behind",
      lines: converted(
        own(reconciliation, "SweepLagSeconds"),
        "Maximum",
        "behind its plan",
        `/ ${String(hour)}`,
      ),
      alarms: [{ purpose: "sweep-behind", value: limits.sweepLagHours }],
      period: hour,
    },
  ];
}

function api(watched: MonitoredResources, limits: AlarmThresholds): Graph[] {
  const metric = metricsOf(watched).api;
  return [
    {
      title: "API requests",
      unit: "requests in 5 min",
      lines: [
        line(metric("Count"), "Sum", "all"),
        line(metric("4XXError"), "Sum", "refused (4XX)"),
      ],
    },
    {
      title: "API failures",
      unit: "requests in 5 min",
      lines: [line(metric("5XXError"), "Sum", "failed (5XX)")],
      alarms: [{ purpose: "api-5xx", value: limits.api5xxErrors }],
    },
    {
      title: "API latency",
      unit: "milliseconds",
      lines: [line(metric("Latency"), "p50", "p50"), line(metric("Latency"), "p99", "p99")],
      alarms: [{ purpose: "api-latency", value: limits.apiLatencyP99Ms }],
    },
  ];
}

/** Two graphs a function, two functions a row. */
function functions(watched: MonitoredResources, limits: AlarmThresholds): Graph[][] {
  const { fn } = metricsOf(watched);
  const pairs = Object.entries(watched.functions).map(([purpose, name]): Graph[] => {
    const { errors, throttles } = functionThresholds(watched, limits, purpose);
    return [
      {
        title: `Function ${purpose}: failures`,
        unit: "failures in 5 min",
        rightUnit: "runs in 5 min",
        lines: [
          line(fn(name, "Errors"), "Sum", "errors"),
          line(fn(name, "Throttles"), "Sum", "throttles"),
          line(fn(name, "Invocations"), "Sum", "runs", "right"),
        ],
        alarms: [
          { purpose: `${purpose}-errors`, value: errors },
          { purpose: `${purpose}-throttles`, value: throttles },
        ],
      },
      {
        title: `Function ${purpose}: duration`,
        unit: "milliseconds",
        rightUnit: "runs at once",
        lines: [
          line(fn(name, "Duration"), "p50", "p50"),
          line(fn(name, "Duration"), "p99", "p99"),
          line(fn(name, "ConcurrentExecutions"), "Maximum", "runs at once", "right"),
        ],
      },
    ];
  });
  return Array.from({ length: Math.ceil(pairs.length / 2) }, (_, row) =>
    pairs.slice(2 * row, 2 * row + 2).flat(),
  );
}

function table(watched: MonitoredResources): Graph[] {
  const { table: metric, tableOperation, throttles, systemErrors } = metricsOf(watched);
  return [
    {
      title: "Table: capacity used",
      unit: "units in 5 min",
      lines: [
        line(metric("ConsumedReadCapacityUnits"), "Sum", "read units"),
        line(metric("ConsumedWriteCapacityUnits"), "Sum", "write units"),
      ],
    },
    {
      title: "Table: throttled",
      unit: "requests in 5 min",
      lines: total(throttles(), "tables and indexes"),
      alarms: [{ purpose: "table-throttles", value: 0 }],
    },
    {
      title: "Table: failed",
      unit: "requests in 5 min",
      lines: total(systemErrors(), "all operations"),
      alarms: [{ purpose: "table-errors", value: 0 }],
    },
    {
      title: "Table: latency",
      unit: "milliseconds",
      lines: tableOperations.map((operation) =>
        line(tableOperation("SuccessfulRequestLatency", operation), "Average", operation),
      ),
    },
  ];
}

function database(watched: MonitoredResources, limits: AlarmThresholds): Graph[] {
  const metric = metricsOf(watched).database;
  return [
    {
      title: "Database: CPU",
      unit: "percent",
      max: 100,
      lines: [line(metric("CPUUtilization"), "Average", "CPU")],
      alarms: [{ purpose: "database-cpu", value: limits.databaseCpuPercent }],
    },
    {
      title: "Database: connections",
      unit: "connections",
      lines: [line(metric("DatabaseConnections"), "Average", "open")],
      alarms: [{ purpose: "database-connections", value: limits.databaseConnections }],
    },
    {
      title: "Database: free storage",
      unit: "GiB",
      lines: converted(metric("FreeStorageSpace"), "Average", "free", `/ ${String(gibibyte)}`),
      alarms: [
        { purpose: "database-storage", value: limits.databaseFreeStorageGiB, rings: "below" },
      ],
    },
    {
      title: "Database: latency",
      unit: "milliseconds",
      lines: [
        ...converted(metric("ReadLatency"), "Average", "read", "* 1000"),
        ...converted(metric("WriteLatency"), "Average", "write", "* 1000"),
      ],
    },
  ];
}
